"""Putting together what a theme run gives."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from importlib.metadata import version

import numpy as np
import numpy.typing as npt
import pandas as pd

from nlp.keywords import diversity
from nlp.themes.agreement import adjusted_mutual_information
from nlp.themes.bearing import carried
from nlp.themes.grouping import Grouping
from nlp.themes.guiding import answers
from nlp.themes.quality import Quality
from nlp.themes.result import Themes
from nlp.themes.settings import ThemeSettings
from nlp.themes.shares import person_shares
from nlp.themes.typical import typical_passages
from nlp.themes.units import Floats, Indices, Table, Units, person_weights, unit_length
from nlp.themes.wording import keywords, titles

# Columns besides language whose agreement with the themes is told.
_DESCRIBED = ("language", "person", "source", "team", "question")
_COMPUTED_WITH = ("numpy", "scipy", "scikit-learn", "pandas", "spacy", "jieba", "snowballstemmer")


def build(
    table: Table,
    passages: pd.DataFrame,
    *,
    rows: Indices,
    units: Units,
    grouping: Grouping,
    asked: Floats,
    settings: ThemeSettings,
    encoder: str,
    seconds: dict[str, float],
) -> Themes:
    """Put the result together.

    Args:
        table: All passages.
        passages: The same as they came, for further columns.
        rows: Which passages are not empty.
        units: The different ones among them.
        grouping: Their themes.
        asked: Unit vectors of the research questions.
        settings: What was asked for.
        encoder: What made the vectors.
        seconds: How long the steps took so far.
    """
    start = time.perf_counter()
    count = grouping.shares.shape[1]
    theme = np.full(len(table), -1)
    theme[rows] = grouping.themes[units.of_row]
    values = np.zeros((len(table), count))
    values[rows] = grouping.shares[units.of_row]
    shares = pd.DataFrame(values, index=table.ids, columns=pd.RangeIndex(count, name="theme"))
    taking_part = np.zeros(len(table), dtype=bool)
    taking_part[rows] = True
    owners = _owners(table, rows, units)
    wording = keywords(units, grouping.themes, owners)
    best = wording.keywords
    seconds["describe"] = round(time.perf_counter() - start, 3)
    empty = table.ids[~taking_part].tolist()
    by_person = person_shares(shares, table.people, taking_part)
    quality = Quality(
        people=len({person for person in table.people if person is not None}),
        passages=len(table),
        languages=_counted(table.languages),
        themes=count,
        empty=len(empty),
        unassigned=float(np.mean(theme[rows] < 0)) if len(rows) else 0.0,
        coherence=wording.coherence,
        diversity=diversity(best),
        stability=grouping.whole,
        stability_by_number=grouping.by_number,
        agreement=_agreement(passages, theme, rows),
        language_bias={},
        weight_of_most_talkative=_most_talkative(table, rows),
        encoder=encoder,
        seed=settings.seed,
        versions={name: version(name) for name in _COMPUTED_WITH},
        seconds=seconds,
    )
    return Themes(
        assignments=pd.Series(theme, index=table.ids, name="theme"),
        shares=shares,
        person_shares=by_person,
        keywords=best,
        titles=titles(best),
        typical=_typical(table, rows, units, grouping),
        voices=_voices(table, theme, count),
        stability=pd.Series(grouping.stability, index=range(count), name="stability"),
        clarity=pd.Series(wording.clarity, index=range(count), name="clarity", dtype=float),
        empty=empty,
        quality=quality,
        settings=settings,
        hierarchy=grouping.hierarchy,
        answers=answers(settings.questions, asked, units.vectors, grouping.themes),
        carried=carried(by_person, _teams(table, passages)),
    )


def _teams(table: Table, passages: pd.DataFrame) -> dict[str, str]:
    """Return the team of each person: the one most of the person's passages have."""
    if "team" not in passages.columns:
        return {}
    pairs = Counter(
        (person, str(team))
        for person, team in zip(table.people, passages["team"].tolist(), strict=True)
        if person is not None and not pd.isna(team) and str(team)
    )
    # The most frequent last, so that it stays; of equal ones the name that sorts first.
    ordered = sorted(pairs.items(), key=lambda item: item[0][1], reverse=True)
    return {person: team for (person, team), _ in sorted(ordered, key=lambda item: item[1])}


def _owners(table: Table, rows: Indices, units: Units) -> list[str]:
    """Say who wrote each unit; a text that several wrote belongs to all of them together."""
    people: dict[int, set[str]] = defaultdict(set)
    for row, unit in zip(rows, units.of_row, strict=True):
        people[int(unit)].add(table.people[row] or f"\0{table.texts[row]}")
    return ["\0".join(sorted(people[unit])) for unit in range(len(units))]


def _voices(table: Table, theme: npt.NDArray[np.intp], count: int) -> pd.Series[int]:
    named: list[set[str]] = [set() for _ in range(count)]
    unnamed = [0] * count
    for person, own in zip(table.people, theme.tolist(), strict=True):
        if own >= 0 and person is None:
            unnamed[own] += 1
        elif own >= 0 and person is not None:
            named[own].add(person)
    counts = [len(people) + others for people, others in zip(named, unnamed, strict=True)]
    return pd.Series(counts, index=range(count), name="voices", dtype="int64")


def _counted(values: Sequence[str]) -> dict[str, int]:
    counts = Counter(values)
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _agreement(
    passages: pd.DataFrame, theme: npt.NDArray[np.intp], rows: Indices
) -> dict[str, float]:
    inside = rows[theme[rows] >= 0]
    return {
        column: adjusted_mutual_information(
            theme[inside].tolist(), passages[column].iloc[inside].tolist()
        )
        for column in _DESCRIBED
        if column in passages.columns
    }


def _most_talkative(table: Table, rows: Indices) -> float:
    people = [table.people[row] for row in rows]
    weights = person_weights(people)
    if not len(weights):
        return 0.0
    own: Counter[str] = Counter()
    for place, (person, weight) in enumerate(zip(people, weights.tolist(), strict=True)):
        own[person or f"\0{place}"] += weight
    return float(max(own.values()) / weights.sum())


def _typical(
    table: Table, rows: Indices, units: Units, grouping: Grouping
) -> dict[int, list[object]]:
    """Choose typical passages of each theme; of equal ones the id that sorts first."""
    ids: dict[int, object] = {}
    writers: dict[int, str | None] = {}
    order = sorted(
        range(len(rows)),
        key=lambda place: (table.people[rows[place]] or "", str(table.ids[rows[place]])),
    )
    for place in order:
        ids.setdefault(int(units.of_row[place]), table.ids[rows[place]])
        writers.setdefault(int(units.of_row[place]), table.people[rows[place]])
    lengths = np.array([len(text) for text in units.texts], dtype=float)
    for tag in set(units.languages):
        own = np.array([language == tag for language in units.languages])
        lengths[own] /= max(1.0, float(np.median(lengths[own])))
    found: dict[int, list[object]] = {}
    for theme in range(grouping.shares.shape[1]):
        inside = np.flatnonzero(grouping.themes == theme)
        share = grouping.shares[inside, theme].astype(float)
        middle = unit_length(
            (units.vectors[inside] * (units.weights[inside] * share)[:, None]).sum(
                axis=0, keepdims=True
            )
        )[0]
        chosen = typical_passages(
            0.5 * share + units.vectors[inside] @ middle,
            units.vectors[inside],
            [writers[int(unit)] for unit in inside],
            [units.languages[unit] for unit in inside],
            lengths[inside],
        )
        found[theme] = [ids[int(inside[place])] for place in chosen]
    return found
