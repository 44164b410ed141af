"""What can be told apart between teams and between nationalities, and what cannot."""

from __future__ import annotations

from collections.abc import Hashable

from nlp.chapter.differences import LEVEL, Differences, differences
from nlp.chapter.document import Block, Heading, Paragraph, Table
from nlp.chapter.material import Material
from nlp.chapter.sections.themes import figure
from nlp.chapter.voice import Voice
from nlp.charts import group_chart
from nlp.charts.drawing import points
from nlp.checking import left_out
from nlp.names import country_name
from nlp.results import Found, Grouping, title_of

DRAWN = 5
"""Themes drawn where none differs."""


def comparisons(material: Material, t: Voice) -> list[Block]:
    """Compare teams, nationalities and roles, in words that say what is and is not supported."""
    blocks: list[Block] = [Heading(t("Teams, nationalities and roles"))]
    asked: list[tuple[Grouping, str]] = [
        ("team", t("Do teams write about different things?")),
        ("nationality", t("And nationalities?")),
        ("role", t("And roles?")),
    ]
    told: list[Block] = []
    for by, question in asked:
        result = differences(
            material.found, by, threshold=material.study.threshold, failing=material.failing
        )
        if result is not None:
            told += [Heading(question, level=3), *_told(result, by, material, t)]
    blocks += told or [
        Paragraph(
            t(
                "There are no two groups of at least {threshold} people here, so nothing is "
                "compared.",
                threshold=material.study.threshold,
            )
        )
    ]
    return [*blocks, *_left_out(material, t)]


def _left_out(material: Material, t: Voice) -> list[Block]:
    """Say which themes are not compared across a language."""
    told = left_out(material.failing, _titles(material.found, t), t.language)
    return [Paragraph(t.space.join(t.tell(message) for message in told))] if told else []


def group_names(material: Material, by: Grouping, t: Voice) -> dict[str, str]:
    """Return what the groups are called."""
    codes = [str(code) for code in material.found.groups(by).unique()]
    if by == "nationality":
        return {code: country_name(code, t.language) for code in codes}
    if by == "team":
        return {code: material.team_name(code) for code in codes}
    return {code: code for code in codes}


def _told(result: Differences, by: Grouping, material: Material, t: Voice) -> list[Block]:
    names = group_names(material, by, t)
    titles = _titles(material.found, t)
    blocks: list[Block] = [
        Paragraph(t.tell(sentence)) for sentence in result.sentences(titles, names)
    ]
    blocks += _before(by, names, material, t)
    if by == "team":
        shown = result.themes or [theme.number for theme in material.found.themes[:DRAWN]]
        levels = result.levels[result.levels["theme"].isin(shown)]
        called: dict[Hashable, str] = dict(titles.items()) | dict(names.items())
        drawn = group_chart(levels, names=called, translate=t.tell)
        caption = t("Mean share of what a person writes, by team, with 95% intervals.")
        blocks.append(figure(drawn, caption, t))
    return [*blocks, *_pairs(result, titles, names, t)]


def _titles(found: Found, t: Voice) -> dict[int, str]:
    return {theme.number: title_of(theme, t.language) for theme in found.themes}


def _before(by: Grouping, names: dict[str, str], material: Material, t: Voice) -> list[Block]:
    """Say what the same comparison says of the themes before people decided about them."""
    decisions = material.found.decisions
    if not (decisions.into or decisions.splits or decisions.moved or decisions.hidden):
        return []
    result = differences(material.proposed, by, threshold=material.study.threshold)
    if result is None:
        return []
    said = [t.tell(sentence) for sentence in result.sentences(_titles(material.proposed, t), names)]
    return [
        Paragraph(
            t("Before people decided about the themes: {said}", said=t.space.join(said)), quiet=True
        )
    ]


def _pairs(
    result: Differences, titles: dict[int, str], names: dict[str, str], t: Voice
) -> list[Block]:
    rows = result.pairs()
    if not rows:
        return []
    alone = t(
        "No pair holds by itself, although groups differ: with so few people, asking about each "
        "pair leaves too little to go by."
    )
    return [
        *([Paragraph(alone)] if min(row[-1] for row in rows) > LEVEL else []),
        Table(
            caption=t(
                "Pairs of groups in the themes that differ, in percentage points of what a person "
                "writes, with 95% intervals; p adjusted first over themes, then over pairs."
            ),
            head=(t("Theme"), t("Groups"), t("Difference"), t("Interval"), t("p, adjusted")),
            rows=tuple(
                (
                    titles[theme],
                    f"{names.get(group, group)} – {names.get(other, other)}",
                    points(difference),
                    t("{low} to {high}", low=points(low), high=points(high)),
                    f"{p:.3f}",
                )
                for theme, group, other, difference, low, high, p in rows
            ),
        ),
    ]
