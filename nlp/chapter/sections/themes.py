"""The themes: overview, then each below the research question it answers, then the small ones."""

from __future__ import annotations

from collections.abc import Mapping

from data.tables import Theme
from nlp.chapter.authors import question_slot
from nlp.chapter.document import Block, Figure, Heading, Paragraph, Quotation
from nlp.chapter.material import Material
from nlp.chapter.sections.checks import reviewed
from nlp.chapter.sections.facts import own_words
from nlp.chapter.voice import Voice
from nlp.charts import Drawing, png, svg, theme_chart
from nlp.names import language_name
from nlp.quoting import Printed
from nlp.results import title_of

WORDS = 6
"""Keywords printed for each language."""
PAPER = "#FFFFFF"
"""Behind a figure that is printed."""
MINOR = 0.03
"""Share of what a person writes below which a theme is a minor one."""


def themes(material: Material, t: Voice) -> list[Block]:
    """Write the overview and every theme."""
    blocks = _overview(material, t)
    minor = {theme.number for theme in material.found.themes if is_minor(theme, material)}
    told: set[int] = set()
    for key, texts in material.questions:
        numbers = [number for number in material.themes_of(key) if number not in told]
        blocks += _question(key, texts, numbers, material, t)
        told |= set(numbers)
    rest = [theme for theme in material.found.themes if theme.number not in told | minor]
    if rest and told:
        blocks.append(Heading(t("Further themes")))
    for theme in rest:
        blocks += _theme(theme, material, t)
    return [*blocks, *_minor(minor - told, material, t)]


def is_minor(theme: Theme, material: Material) -> bool:
    """Whether a theme is small, or carried by one person: told of, but not built upon."""
    share = float(material.found.theme_shares[theme.number])
    return share < MINOR or int(theme.measures["voices"]) == 1


def figure(drawing: Drawing, caption: str, t: Voice) -> Figure:
    """Return a chart as a figure."""
    return Figure(
        caption=caption,
        alternative=t.space.join(t.tell(message) for message in drawing.alt),
        svg=svg(drawing.chart),
        png=png(drawing.chart.properties(background=PAPER)),
    )


def _overview(material: Material, t: Voice) -> list[Block]:
    found = material.found
    shares = found.theme_shares
    drawn = theme_chart(
        [
            (
                title_of(theme, t.language),
                float(shares[theme.number]),
                int(theme.measures["voices"]),
            )
            for theme in found.themes
        ],
        translate=t.tell,
    )
    unassigned = max(0.0, 1 - float(shares.sum()) - float(found.set_aside.sum()))
    return [
        Heading(t("Themes")),
        Paragraph(
            t(
                "The computer found {count} themes: groups of passages that mean something "
                "similar, whatever language they are in. A share says how much of what a person "
                "writes belongs to a theme, averaged over people, so that everyone counts once. "
                "{unassigned} of it is in no theme.",
                count=len(material.proposed.themes),
                unassigned=t.percent(unassigned),
            )
        ),
        *_decisions(material, t),
        figure(drawn, t("Themes by their share of what a person writes."), t),
    ]


def _decisions(material: Material, t: Voice) -> list[Block]:
    """Say what people decided about what the computer found."""
    found, decisions = material.found, material.found.decisions
    if not decisions.edits:
        return [Paragraph(t("Titles were suggested by the computer."))]
    begun = len(decisions.begun)
    by_people = t.n(
        "One theme was begun by people, from a code of theirs.",
        "{count} themes were begun by people, from codes of theirs.",
        begun,
    )
    return [
        *([Paragraph(by_people)] if begun else []),
        Paragraph(
            t(
                "People decided about this: {named} themes have a name that a person gave them, "
                "{merged} became part of another, {split} came apart, {aside} were set aside and "
                "are not shown here ({share} of what a person writes), {moved} passages were "
                "moved. The other titles were suggested by the computer.",
                named=sum(theme.number in decisions.names for theme in found.themes),
                merged=len(decisions.into),
                split=len(decisions.splits),
                aside=len(found.hidden),
                share=t.percent(float(found.set_aside.sum())),
                moved=len(decisions.moved),
            )
        ),
    ]


def _question(
    key: str, texts: Mapping[str, str], numbers: list[int], material: Material, t: Voice
) -> list[Block]:
    """Write a research question: the authors' answer, then the themes people put to it."""
    asked = t.of(dict(texts), key)
    answer = own_words(question_slot(key, asked), material)
    if not answer and not numbers:
        return []
    by_number = {theme.number: theme for theme in material.found.themes}
    blocks: list[Block] = [Heading(asked), *answer]
    for number in numbers:
        blocks += _theme(by_number[number], material, t)
    return blocks


def _theme(theme: Theme, material: Material, t: Voice) -> list[Block]:
    blocks: list[Block] = [
        Heading(title_of(theme, t.language), level=3),
        Paragraph(_size(theme, material, t)),
    ]
    if described := t.of(material.found.decisions.descriptions.get(theme.number, {})):
        blocks.append(Paragraph(described))
    words = [
        f"{language_name(tag, t.language)}{t.colon}{t.comma.join(terms[:WORDS])}"
        for tag, terms in theme.keywords.items()
        if terms and tag not in {"und", "mul"}
    ]
    if words:
        blocks.append(Paragraph(t("Its words: {words}.", words=t.semicolon.join(words))))
    return [*blocks, *_quotations(theme.number, material, t)]


def _size(theme: Theme, material: Material, t: Voice) -> str:
    share = float(material.found.theme_shares[theme.number])
    voices = int(theme.measures["voices"])
    carried = (
        t("One person alone stands behind it.")
        if voices == 1
        else t("{voices} people stand behind it.", voices=voices)
    )
    said = t("{share} of what a person writes.", share=t.percent(share))
    return t.space.join((said, carried, reviewed(material.checked.get(theme.number), t)))


def _quotations(number: int, material: Material, t: Voice) -> list[Block]:
    """Quote what was released; as long as nothing is, what is typical, marked as not released."""
    released = material.shelf.printable(number, t.language)
    if released:
        return [_printed(each, t) for each in released]
    if material.shelf.quotations:
        return []
    quoted = material.quotable(number)
    if not quoted:
        return [
            Paragraph(t("No passage of it can be quoted without pointing to a person."), quiet=True)
        ]
    return [Quotation(text, t("not released"), tag) for text, tag in quoted]


def _printed(each: Printed, t: Voice) -> Quotation:
    notes = [each.name] if each.name else []
    if each.translation:
        by = t("{name} (a programme)", name=each.translator) if each.machine else each.translator
        notes.append(
            t(
                "translated by {translator}, checked by {checker}",
                translator=by,
                checker=each.checker,
            )
        )
    return Quotation(
        text=each.original or each.translation,
        note=t.semicolon.join(notes) or t("released without a name"),
        language=each.language or each.translation_language,
        translation=each.translation if each.original else "",
    )


def _minor(numbers: set[int], material: Material, t: Voice) -> list[Block]:
    """Name the small themes and the single voices: what is rare may matter most."""
    small = [theme for theme in material.found.themes if theme.number in numbers]
    if not small:
        return []
    blocks: list[Block] = [
        Heading(t("Minor themes and single voices")),
        Paragraph(
            t(
                "Each of these is less than {share} of what a person writes, or carried by one "
                "person alone. They are no basis for comparison; they may contradict what the "
                "others say.",
                share=t.percent(MINOR),
            )
        ),
    ]
    for theme in small:
        blocks += _theme(theme, material, t)
    return blocks
