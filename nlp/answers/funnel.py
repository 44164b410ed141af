"""Numbers that become fewer from stage to stage: made, looked at, kept; and the reasons."""

from __future__ import annotations

from collections.abc import Sequence

from i18n import Message, say
from nlp.answers.answers import Asked
from nlp.answers.cells import Cell, Part, protected
from nlp.answers.generic import choice_parts
from nlp.answers.making import Maker, answered, ids, people
from survey.answers import Entry
from survey.figures import FunnelFigure

Flow = tuple[Entry, list[float]]


def funnel_parts(maker: Maker, asked: Asked, wanted: FunnelFigure) -> list[Part]:
    """Return the stages over all entries, by team, and each kind of reason."""
    variables = [asked.joined.variable(path) for path in wanted.stages]
    stages = [variable for variable in variables if variable is not None]
    flows = [
        (entry, [float(value) for value in values])
        for entry, values in asked.turns(stages)
        if all(isinstance(value, int | float) for value in values)
    ]
    if not flows:
        return []
    labels = [maker.label(variable) for variable in stages]
    colors = {label: place for place, label in enumerate(labels)}
    whole = protected(_cells(maker, "", labels, flows), maker.threshold)
    said = [
        answered(len(flows), people(entry for entry, _ in flows)),
        *_steps(whole),
    ]
    parts = [
        maker.bars(
            "stages", maker.tell(say("From the first to the last")), whole,
            axis=say("Sum over the entries"), sentences=said, colors=colors,
        )
    ]  # fmt: skip
    teams = {entry.team for entry, _ in flows if entry.team}
    if len(teams) > 1:
        cells = [
            cell
            for code in sorted(teams)
            for cell in _cells(
                maker, maker.team(code), labels, [flow for flow in flows if flow[0].team == code]
            )
        ]
        by_team = [
            say(
                "{team}: {last} of {first}.",
                team=maker.team(code),
                last=maker.number(_sum(flows, code, -1)),
                first=maker.number(_sum(flows, code, 0)),
            )
            for code in sorted(teams)
            if people(entry for entry, _ in flows if entry.team == code) >= maker.threshold
        ]
        parts.append(
            maker.bars(
                "teams", maker.tell(say("By team")), cells,
                axis=say("Sum over the entries"), sentences=by_team, colors=colors,
            )
        )  # fmt: skip
    return [*parts, *_reasons(maker, asked, wanted)]


def _sum(flows: Sequence[Flow], team: str, stage: int) -> float:
    return sum(values[stage] for entry, values in flows if entry.team == team)


def _cells(maker: Maker, panel: str, labels: Sequence[str], flows: Sequence[Flow]) -> list[Cell]:
    entries = [entry for entry, _ in flows]
    sums = [sum(values[place] for _, values in flows) for place in range(len(labels))]
    return [
        Cell(
            panel=panel,
            row=label,
            value=total,
            text=_text(maker, total, sums[0]) if place else maker.number(total),
            people=people(entries),
            entries=ids(entries),
        )
        for place, (label, total) in enumerate(zip(labels, sums, strict=True))
    ]


def _text(maker: Maker, total: float, first: float) -> str:
    if not first:
        return maker.number(total)
    return maker.tell(
        say("{count} ({share}%)", count=maker.number(total), share=_percent(total, first))
    )


def _percent(total: float, first: float) -> str:
    share = 100 * total / first
    return f"{share:.0f}" if share >= 10 else f"{share:.1f}"


def _steps(cells: Sequence[Cell]) -> list[Message]:
    return [
        say("“{what}” {count}.", what=cell.row, count=cell.text) for cell in cells if cell.shown
    ]


def _reasons(maker: Maker, asked: Asked, wanted: FunnelFigure) -> list[Part]:
    found = []
    for place, path in enumerate(wanted.reasons):
        variable = asked.joined.variable(path)
        if variable is None:
            continue
        for part in choice_parts(maker, asked, variable)[:1]:
            cells = sorted(part.cells, key=lambda cell: -(cell.value if cell.shown else -1))
            found.append(
                maker.bars(
                    f"reasons-{place}", maker.label(variable), cells,
                    axis=say("Answers"), sentences=part.sentences,
                )
            )  # fmt: skip
    return found
