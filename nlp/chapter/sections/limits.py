"""What the chapter cannot say."""

from __future__ import annotations

from nlp.chapter.document import Block, Heading, Paragraph
from nlp.chapter.material import Material
from nlp.chapter.voice import Voice
from nlp.names import language_name


def limits(material: Material, t: Voice) -> list[Block]:
    """Say what must not be read into the chapter."""
    return [
        Heading(t("What this cannot say")),
        Paragraph(
            t(
                "These are the words of {people} people, not of film makers at large; p describes "
                "random regrouping of these people only. A difference that was not found is not "
                "proof that there is none. Masking names does not make people unknown: every "
                "quotation needs the release of the person who said it before anything is printed.",
                people=material.found.passages["person"].nunique(),
            )
        ),
        *_unnamed(material, t),
        *_unchecked(material, t),
    ]


def _unnamed(material: Material, t: Voice) -> list[Block]:
    seen = {number for number, check in material.checked.items() if check.counts and check.verdicts}
    seen |= set(material.found.decisions.names)
    unread = sum(theme.number not in seen for theme in material.found.themes)
    if not unread:
        return []
    return [
        Paragraph(
            t.n(
                "One theme is as the computer proposed it: computed, unreviewed.",
                "{count} themes are as the computer proposed them: computed, unreviewed.",
                unread,
            )
        )
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
