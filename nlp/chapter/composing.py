"""Composing a chapter: which sections it has and what each says, in one language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_percent

from data.tables import Theme
from i18n import DEFAULT_LANGUAGE, Message, best, say, translate
from nlp.chapter.differences import differences
from nlp.chapter.document import (
    Block,
    Document,
    Figure,
    Heading,
    Paragraph,
    Quotation,
    Table,
)
from nlp.chapter.material import Material
from nlp.charts import png, svg, theme_chart
from nlp.names import country_name, language_name
from nlp.results import Found, Grouping, title_of

NOTICE = say("Computed, unreviewed draft. Quotations are not released.")
WORDS = 6
"""Keywords printed for each language."""


class Voice:
    """Says things in the chapter's language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.locale = language.replace("-", "_")

    def __call__(self, text: str, /, **fields: object) -> str:
        """Say a sentence."""
        return translate(Message(text, dict(fields)), self.language)

    def tell(self, message: Message) -> str:
        """Say a message that comes from below."""
        return translate(message, self.language)

    def percent(self, share: float) -> str:
        """Say a share."""
        return format_percent(
            share, format="#,##0 %" if self.language == "de" else "#,##0%", locale=self.locale
        )

    def together(self, items: list[str]) -> str:
        """Say several things in one breath."""
        return format_list(items, locale=self.locale)

    def of(self, texts: dict[str, str], default: str = "") -> str:
        """Return the text by language that fits best."""
        first = next(iter(texts), "")
        return texts.get(best([self.language, DEFAULT_LANGUAGE], texts, default=first), default)


def compose(material: Material, *, language: str) -> Document:
    """Write the chapter's text from its material."""
    t = Voice(language)
    title = t.of(material.study.texts.get("title", {}), material.study.slug)
    document = Document(
        title=t("{study}: what people wrote and said", study=title),
        language=language,
        notice=t.tell(NOTICE),
    )
    if material.study.invented:
        document.add(
            Paragraph(t("This study is invented: no person, no word in it is real."), quiet=True)
        )
    sections: tuple[Callable[[Material, Voice], list[Block]], ...] = (
        _basis,
        _themes,
        _comparisons,
        _method,
        _limits,
    )
    for section in sections:
        document.add(*section(material, t))
    return document


def _basis(material: Material, t: Voice) -> list[Block]:
    found = material.found
    languages = found.passages["language"].value_counts()
    named = [language_name(tag, t.language) for tag in languages.index if tag not in {"und", "mul"}]
    blocks: list[Block] = [
        Heading(t("What this chapter rests on")),
        Paragraph(
            t(
                "{people} people take part. They sent {entries} entries and gave {interviews} "
                "interviews. Cut into passages of one thought each, this makes {passages} "
                "passages by {writers} people in {languages}.",
                people=material.people,
                entries=material.entries,
                interviews=material.interviews,
                passages=len(found.passages),
                writers=found.passages["person"].nunique(),
                languages=t.together(named),
            )
        ),
    ]
    if material.planned:
        blocks.append(
            Paragraph(
                t(
                    "Of {planned} dated entries asked for so far, {written} were written "
                    "({share}).",
                    planned=material.planned,
                    written=material.written,
                    share=t.percent(material.written / material.planned),
                )
            )
        )
    if material.withdrawn:
        blocks.append(
            Paragraph(
                t("{count} people withdrew; nothing of theirs is here.", count=material.withdrawn)
            )
        )
    return blocks


def _themes(material: Material, t: Voice) -> list[Block]:
    found = material.found
    shares = found.theme_shares
    titles = {theme.number: title_of(theme, t.language) for theme in found.themes}
    drawn = theme_chart(
        [
            (titles[theme.number], float(shares[theme.number]), int(theme.measures["voices"]))
            for theme in found.themes
        ],
        translate=t.tell,
    )
    blocks: list[Block] = [
        Heading(t("Themes")),
        Paragraph(
            t(
                "The computer found {count} themes: groups of passages that mean something "
                "similar, whatever language they are in. A share says how much of what a person "
                "writes belongs to a theme, averaged over people, so that everyone counts once. "
                "{unassigned} of it is in no theme. Titles were suggested by the computer.",
                count=len(found.themes) + len(found.hidden) + len(found.decisions.into),
                unassigned=t.percent(
                    max(0.0, 1 - float(shares.sum()) - float(found.set_aside.sum()))
                ),
            )
        ),
        *_decisions(found, t),
        Figure(
            caption=t("Figure 1. Themes by their share of what a person writes."),
            alternative=" ".join(t.tell(message) for message in drawn.alt),
            svg=svg(drawn.chart),
            png=png(drawn.chart),
        ),
    ]
    for theme in found.themes:
        blocks += _theme(theme, material, t)
    return blocks


def _decisions(found: Found, t: Voice) -> list[Block]:
    """Say what people decided about what the computer found."""
    decisions = found.decisions
    if not decisions.edits:
        return []
    return [
        Paragraph(
            t(
                "People decided about this: {named} themes have a name that a person gave them, "
                "{merged} became part of another, {aside} were set aside and are not shown here "
                "({share} of what a person writes), {moved} passages were moved.",
                named=sum(theme.number in decisions.names for theme in found.themes),
                merged=len(decisions.into),
                aside=len(found.hidden),
                share=t.percent(float(found.set_aside.sum())),
                moved=len(decisions.moved),
            )
        )
    ]


def _theme(theme: Theme, material: Material, t: Voice) -> list[Block]:
    share = float(material.found.theme_shares[theme.number])
    voices = int(theme.measures["voices"])
    carried = (
        t("One person alone stands behind it.")
        if voices == 1
        else t("{voices} people stand behind it.", voices=voices)
    )
    blocks: list[Block] = [
        Heading(title_of(theme, t.language), level=3),
        Paragraph(t("{share} of what a person writes.", share=t.percent(share)) + " " + carried),
    ]
    if described := t.of(material.found.decisions.descriptions.get(theme.number, {})):
        blocks.append(Paragraph(described))
    words = [
        f"{language_name(tag, t.language)}: {', '.join(terms[:WORDS])}"
        for tag, terms in theme.keywords.items()
        if terms and tag not in {"und", "mul"}
    ]
    if words:
        blocks.append(Paragraph(t("Its words: {words}.", words="; ".join(words))))
    quoted = material.quotable(theme.number, language=t.language)
    for text, tag in quoted:
        blocks.append(Quotation(text, t("not released"), tag))
    if not quoted:
        blocks.append(
            Paragraph(t("No passage of it can be quoted without pointing to a person."), quiet=True)
        )
    return blocks


def _comparisons(material: Material, t: Voice) -> list[Block]:
    blocks: list[Block] = [Heading(t("Teams and nationalities"))]
    questions: list[tuple[Grouping, str]] = [
        ("team", t("Do teams write about different things?")),
        ("nationality", t("Do nationalities?")),
    ]
    compared = False
    for by, question in questions:
        names = _group_names(material, by, t)
        result = differences(material.found, by, threshold=material.study.threshold)
        if result is None:
            continue
        compared = True
        titles = {theme.number: title_of(theme, t.language) for theme in material.found.themes}
        blocks.append(Heading(question, level=3))
        blocks += [Paragraph(t.tell(sentence)) for sentence in result.sentences(titles, names)]
        blocks += _difference_table(result.pairs(), titles, names, t)
    if not compared:
        blocks.append(
            Paragraph(
                t(
                    "There are no two groups of at least {threshold} people here, so nothing is "
                    "compared.",
                    threshold=material.study.threshold,
                )
            )
        )
    return blocks


def _group_names(material: Material, by: Grouping, t: Voice) -> dict[str, str]:
    sizes = material.sizes[by]
    if by == "nationality":
        return {code: country_name(code, t.language) for code in sizes.index}
    known = material.group_names.get(by, {})
    return {code: t.of(known.get(code, {}), code) for code in sizes.index}


def _difference_table(
    rows: list[tuple[int, str, str, float, float, float, float]],
    titles: dict[int, str],
    names: dict[str, str],
    t: Voice,
) -> list[Block]:
    if not rows:
        return []
    return [
        Table(
            caption=t(
                "Pairs of groups in the themes that differ, in percentage points of what a person "
                "writes, with 95 % intervals; p adjusted first over themes, then over pairs."
            ),
            head=(t("Theme"), t("Groups"), t("Difference"), t("Interval"), t("p, adjusted")),
            rows=tuple(
                (
                    titles[theme],
                    f"{names.get(group, group)} – {names.get(other, other)}",
                    f"{difference * 100:+.0f}",
                    f"{low * 100:+.0f} … {high * 100:+.0f}",
                    f"{p:.3f}",
                )
                for theme, group, other, difference, low, high, p in rows
            ),
        )
    ]


def _method(material: Material, t: Voice) -> list[Block]:
    run, quality = material.found.run, material.found.run.quality
    blocks: list[Block] = [
        Heading(t("How it was computed")),
        Paragraph(
            t(
                "Known names were masked before anything else. Each passage was turned into a "
                "vector of its meaning ({encoder}); what a language alone adds to it was removed "
                "with a parallel reference corpus that does not come from this study. Themes are "
                "what many clusterings of parts of the passages agree upon; passages are weighted "
                "so that a talkative person does not drown the others. Everything ran on the "
                "study’s own machine.",
                encoder=run.encoder,
            )
        ),
    ]
    facts = [
        (
            t("Themes found again on parts of the passages (adjusted Rand index)"),
            quality.get("stability"),
        ),
        (
            t("Translated reference sentences in the same theme, vectors as they were"),
            _bias(quality, "before"),
        ),
        (
            t("The same after what a language alone adds was removed"),
            _bias(quality, "after"),
        ),
        (
            t("Agreement of theme with language (adjusted mutual information)"),
            (quality.get("agreement") or {}).get("language"),
        ),
        (t("Coherence of keywords within a language (NPMI)"), quality.get("coherence")),
        (t("Empty answers set apart"), quality.get("empty")),
        (t("Seed"), run.settings.get("seed")),
    ]
    rows = tuple(
        (name, f"{value:.2f}" if isinstance(value, float) else str(value))
        for name, value in facts
        if value is not None
    )
    if rows:
        blocks.append(Table(t("The run’s card."), (t("What"), t("Value")), rows))
    versions = quality.get("versions") or {}
    made = format_date(material.made_at, locale=t.locale)
    blocks.append(
        Paragraph(
            t(
                "Computed on {day} with {versions}.",
                day=made,
                versions=", ".join(f"{name} {version}" for name, version in versions.items())
                or run.encoder,
            ),
            quiet=True,
        )
    )
    return blocks


def _bias(quality: dict[str, Any], when: str) -> float | None:
    share = ((quality.get("language_bias") or {}).get(when) or {}).get("same_theme")
    return None if share is None else float(share)


def _limits(material: Material, t: Voice) -> list[Block]:
    return [
        Heading(t("What this cannot say")),
        Paragraph(
            t(
                "These are the words of {people} people, not of film makers at large; p describes "
                "random regrouping of these people only. A difference that was not found is not "
                "proof that there is none. Themes and titles were made by a computer and reviewed "
                "by nobody yet. Masking names does not make people unknown: every quotation needs "
                "the release of the person who said it before anything is printed.",
                people=material.found.passages["person"].nunique(),
            )
        ),
        *_unchecked(material, t),
    ]


def _unchecked(material: Material, t: Voice) -> list[Block]:
    tags = material.found.run.quality.get("unchecked_languages") or []
    if len(tags) < 2:
        return []
    return [
        Paragraph(
            t(
                "The reference sentences in {languages} have not been checked by a native speaker "
                "yet; what is said between these languages rests on them.",
                languages=t.together([language_name(tag, t.language) for tag in tags]),
            )
        )
    ]
