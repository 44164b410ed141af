"""What people coded: each code by how many people speak of it, and how far coders agree on it."""

from __future__ import annotations

from collections.abc import Callable

from nlp.agreement import written
from nlp.chapter.coded import CodedMonth
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
        *_agreement(month, leaving, t),
    ]


def _agreement(month: CodedMonth, leaving: Callable[[str], str], t: Voice) -> list[Block]:
    """Write how far coders agree on each code, or that nobody can know."""
    if not month.agreed:
        return [
            Paragraph(
                t(
                    "No text was finished by two coders: how far others would mark the same is not "
                    "known."
                )
            )
        ]
    return [
        Paragraph(
            t(
                "How far coders agree was measured in the texts that at least two of them "
                "finished, each blind to the others. The unit is a passage, one thought; "
                "passages that nobody marked with anything are left out, because they would make "
                "agreement look better than it is."
            )
        ),
        Table(
            caption=t(
                "Agreement of coders on each code, marked or not (Krippendorff’s alpha, nominal), "
                "with 95% intervals from drawing the people who wrote again; there is none where "
                "one person wrote all of it. A dash: everybody marked everything alike, and there "
                "is nothing to tell apart."
            ),
            head=(
                t("Coded as"),
                t("Agreement (alpha)"),
                t("Passages"),
                t("Coders"),
                t("marked by anybody"),
                t("marked by all"),
            ),
            rows=tuple(
                (
                    leaving(each.name),
                    written(each.measured.alpha, each.measured.low, each.measured.high),
                    str(each.measured.units),
                    str(each.measured.coders),
                    str(each.marked),
                    str(each.together),
                )
                for each in month.agreed
            ),
        ),
    ]
