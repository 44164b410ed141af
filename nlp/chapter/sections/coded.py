"""What people coded: every code in use by how many people speak of it."""

from __future__ import annotations

from nlp.chapter.document import Block, Heading, Paragraph, Table
from nlp.chapter.material import Material
from nlp.chapter.voice import Voice
from nlp.privacy.leaving import without_codes


def coded(material: Material, t: Voice) -> list[Block]:
    """Write what people coded; nothing where no code is in use."""
    month = material.coded
    if month is None:
        return []

    def leaving(text: str) -> str:
        return without_codes(text, material.codes, t.language)

    return [
        Heading(t("What people coded")),
        Paragraph(
            t(
                "Researchers read texts of {people} people and marked {stretches} stretches in "
                "them with codes of their own. Where several coded the same text, what they "
                "decided together counts; where they decided nothing, what each of them marked. A "
                "code counts with those below it, and everyone counts once.",
                people=month.people,
                stretches=month.stretches,
            )
        ),
        Table(
            caption=t("Codes by how many of {people} people speak of them.", people=month.people),
            head=(t("Coded as"), t("What it means"), t("People")),
            rows=tuple(
                (
                    leaving(row.name),
                    leaving(row.description),
                    t("fewer than {threshold}", threshold=material.study.threshold)
                    if row.people < material.study.threshold
                    else t(
                        "{people} ({share})",
                        people=row.people,
                        share=t.percent(row.people / month.people),
                    ),
                )
                for row in month.rows
            ),
        ),
    ]
