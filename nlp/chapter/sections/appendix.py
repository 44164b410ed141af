"""The appendix: what was asked, the run's card, what people decided, what reports must say."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.chapter.checklists import COREQ, SRQR, Item
from nlp.chapter.document import Block, Heading, Paragraph, Table
from nlp.chapter.material import Material
from nlp.chapter.sections.checks import checks
from nlp.chapter.sections.method import card
from nlp.chapter.voice import Voice
from nlp.deciding import sentence
from nlp.names import language_name
from nlp.results import title_of
from survey.questionnaires import form_of
from survey.xlsform import Form


def appendix(material: Material, t: Voice) -> list[Block]:
    """Write everything a reader needs to check the chapter."""
    return [
        Heading(t("Appendix")),
        Heading(t("What was asked"), level=3),
        *_questions(material, t),
        *_guide(material, t),
        Heading(t("The computation"), level=3),
        *card(material, t),
        Heading(t("What people said who checked the computer"), level=3),
        *checks(material, t),
        Heading(t("What people decided about the themes"), level=3),
        *_decided(material, t),
        Heading(t("What reports of qualitative research are asked to say"), level=3),
        _checklist(t("COREQ, 32 items."), COREQ, t),
        _checklist(t("SRQR, 21 items."), SRQR, t),
    ]


def _questions(material: Material, t: Voice) -> list[Block]:
    """List every question in every language it was asked in."""
    blocks: list[Block] = []
    for questionnaire in material.questionnaires:
        form = form_of(questionnaire)
        tags = _tags(form, material.study.languages)
        rows = tuple(
            tuple(question.label.get(tag, "") for tag in tags)
            for question in form.questions()
            if any(question.label.values())
        )
        if rows:
            blocks.append(
                Table(
                    caption=t(
                        "Questionnaire {name}, version {version}.",
                        name=questionnaire.name,
                        version=questionnaire.version,
                    ),
                    head=tuple(language_name(tag, t.language) for tag in tags),
                    rows=rows,
                )
            )
    return blocks


def _tags(form: Form, languages: Sequence[str]) -> list[str]:
    """Return the languages a questionnaire was asked in, those of the study first."""
    asked = {tag for question in form.questions() for tag in question.label}
    return [tag for tag in languages if tag in asked] + sorted(asked - set(languages))


def _guide(material: Material, t: Voice) -> list[Block]:
    guide = t.of(material.study.design.get("guide") or {})
    if not guide.strip():
        return []
    # Its first line is its title, which stands here as the heading.
    lines = [line.lstrip("#-* ").strip() for line in guide.strip().splitlines()[1:]]
    return [
        Heading(t("Interview guide"), level=3),
        *(Paragraph(line) for line in lines if line),
    ]


def _decided(material: Material, t: Voice) -> list[Block]:
    if not material.decided:
        return [Paragraph(t("Nothing: the themes are as the computer proposed them."))]
    titles = {theme.number: title_of(theme, t.language) for theme in material.proposed.themes}
    titles |= {
        theme.number: title_of(theme, t.language) for theme in material.proposed.parts.themes
    }
    rows = tuple(
        (
            t.day(edit.created_at.date()),
            t.tell(sentence(edit, material.decided, titles, t.language)),
        )
        for edit in material.decided
        if edit.action != "undone"
    )
    return [Table(t("Decisions that hold, in their order."), (t("Day"), t("Decision")), rows)]


def _checklist(caption: str, items: Sequence[Item], t: Voice) -> Table:
    return Table(
        caption=caption,
        head=(t("Item"), t("Topic"), t("Where")),
        rows=tuple(
            (
                item.number,
                t.tell(item.topic),
                t.tell(item.where) if item.where else t("Left for the authors."),
            )
            for item in items
        ),
    )
