"""What the chapter rests on: people, participation, sample."""

from __future__ import annotations

from collections import Counter

from nlp.chapter.document import Block, Heading, Paragraph, Table
from nlp.chapter.material import Material
from nlp.chapter.participation import planned, written
from nlp.chapter.sections.applicants import applicants
from nlp.chapter.voice import Voice
from nlp.compare import crosstab
from nlp.compare.crosstab import EVERYBODY
from nlp.names import country_name, language_name
from survey.progress import Mark

HIDDEN = "–"
"""Stands for a number that could point to single people."""


def basis(material: Material, t: Voice) -> list[Block]:
    """Say who takes part, what they gave, how much of what was asked came, and who they are."""
    return [
        Heading(t("What this chapter rests on")),
        *_given(material, t),
        *applicants(material, t),
        *_participation(material, t),
        *_sample(material, t),
    ]


def _given(material: Material, t: Voice) -> list[Block]:
    passages = material.found.passages
    named = [
        language_name(tag, t.language)
        for tag in passages["language"].value_counts().index
        if tag not in {"und", "mul"}
    ]
    blocks: list[Block] = [
        Paragraph(
            t(
                "{people} people take part. They sent {entries} entries and gave {interviews} "
                "interviews. Cut into passages of one thought each, this makes {passages} "
                "passages by {writers} people in {languages}.",
                people=t.number(material.taking_part),
                entries=t.number(material.entries),
                interviews=t.number(material.interviews),
                passages=t.number(len(passages)),
                writers=passages["person"].nunique(),
                languages=t.together(named),
            )
        )
    ]
    if material.withdrawn:
        blocks.append(
            Paragraph(
                t.n(
                    "One person withdrew; nothing of theirs is here.",
                    "{count} people withdrew; nothing of theirs is here.",
                    material.withdrawn,
                )
            )
        )
    if material.left:
        blocks.append(
            Paragraph(
                t.n(
                    "One person stopped before the end; what they had given is here.",
                    "{count} people stopped before the end; what they had given is here.",
                    material.left,
                )
            )
        )
    return blocks


def _participation(material: Material, t: Voice) -> list[Block]:
    counted = material.participation
    if not counted.planned:
        return []
    blocks: list[Block] = [
        Paragraph(
            t(
                "Of {planned} dated entries asked for so far, {written} were written ({share}), "
                "{late} of them late; {missed} are missing.",
                planned=t.number(counted.planned),
                written=t.number(counted.written),
                share=t.percent(counted.written / counted.planned),
                late=t.number(counted.marks[Mark.LATE]),
                missed=t.number(counted.planned - counted.written),
            )
        )
    ]
    if excused := counted.marks[Mark.EXCUSED]:
        blocks.append(
            Paragraph(
                t.n(
                    "For one further day the person was excused.",
                    "For {count} further days people were excused.",
                    excused,
                )
            )
        )
    if counted.teams:
        blocks.append(
            Table(
                caption=t("Dated entries by team."),
                head=(t("Team"), t("Asked for"), t("Written"), t("Late"), t("Share")),
                rows=tuple(
                    (material.team_name(code), *_counts(marks, t))
                    for code, marks in counted.teams.items()
                ),
            )
        )
    return blocks


def _counts(marks: Counter[Mark], t: Voice) -> tuple[str, ...]:
    asked, came = planned(marks), written(marks)
    share = t.percent(came / asked) if asked else HIDDEN
    return str(asked), str(came), str(marks[Mark.LATE]), share


def _sample(material: Material, t: Voice) -> list[Block]:
    if material.sample.empty or material.sample["team"].nunique() < 2:
        return []
    table = crosstab(material.sample, ["nationality", "team"], threshold=material.study.threshold)
    cells = {
        (row.nationality, row.team): HIDDEN if row.suppressed else f"{row.people:.0f}"
        for row in table.itertuples()
    }
    teams = list(dict.fromkeys(table["team"]))
    return [
        Table(
            caption=t(
                "People whose words are here, by nationality and team. A dash stands for fewer "
                "than {threshold} people, and for numbers that would give those away.",
                threshold=material.study.threshold,
            ),
            head=(t("Nationality"), *(_team(code, material, t) for code in teams)),
            rows=tuple(
                (_nation(code, t), *(cells[code, team] for team in teams))
                for code in dict.fromkeys(table["nationality"])
            ),
        )
    ]


def _team(code: str, material: Material, t: Voice) -> str:
    return t("Together") if code == EVERYBODY else material.team_name(code)


def _nation(code: str, t: Voice) -> str:
    if code == EVERYBODY:
        return t("Together")
    return country_name(code, t.language) if code else t("not known")
