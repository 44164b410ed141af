"""Applying what people decided to what the computer proposed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

import pandas as pd

from data.tables import Theme
from nlp.deciding.decisions import Decisions


@dataclass(frozen=True)
class Parts:
    """What a run is made of.

    Attributes:
        themes: Its themes.
        shares: Passage x theme number.
        typical: For each theme number, passages in the order in which to read them.

    The parts that a person split a theme into are among them, with the shares they have from it,
    and the themes that a person began from a code; whether they count is for the decisions to say.
    """

    themes: list[Theme]
    shares: pd.DataFrame
    typical: dict[int, list[str]]


def apply(proposed: Parts, decisions: Decisions) -> Parts:
    """Return the parts as people decided them; what was proposed is not changed.

    A merged theme has the sum of its parts' shares and their words in turns; a moved passage
    belongs wholly to the theme it was moved to.
    """
    roots = {theme.number: decisions.root(theme.number) for theme in proposed.themes}
    kept = [theme for theme in proposed.themes if roots[theme.number] == theme.number]
    shares = _shares(come_apart(proposed, decisions), roots, decisions)
    families = {
        theme.number: [
            theme,
            *(
                each
                for each in proposed.themes
                if each.number != theme.number and roots[each.number] == theme.number
            ),
        ]
        for theme in kept
    }
    return Parts(
        themes=[_theme(families[theme.number], decisions) for theme in kept],
        shares=shares,
        typical={
            theme.number: _typical(families[theme.number], proposed.typical, decisions)
            for theme in kept
        },
    )


def is_part(theme: Theme) -> bool:
    """Whether a theme is a part that a person split another one into."""
    return "split_from" in theme.measures


def is_begun(theme: Theme) -> bool:
    """Whether a theme was begun by a person, from a code."""
    return "from_code" in theme.measures


def come_apart(parts: Parts, decisions: Decisions) -> pd.DataFrame:
    """Return the shares with every theme emptied that was split, and every part that was not.

    A theme that others had been merged into comes apart with them. The passages of a theme that was
    begun from a code belong to it alone, or in equal parts to several such themes.
    """
    themes = {theme.number: theme for theme in parts.themes}

    def holds(number: int) -> bool:
        if is_begun(themes[number]) and number not in decisions.begun:
            return False
        source = themes[number].measures.get("split_from")
        return source is None or (number in decisions.splits.get(source, ()) and holds(source))

    empty = [number for number in themes if not holds(number)]
    for number in decisions.splits:
        if number in themes and holds(number):
            empty += decisions.edits["split", number].after["of"]
    shares = parts.shares.copy()
    taken = _take(shares, [number for number in decisions.begun if number in themes], themes)
    shares[[number for number in empty if number in shares.columns]] = 0.0
    left = shares.loc[taken].sum(axis=1)
    shares.loc[taken] = shares.loc[taken].div(left.where(left > 0, 1.0), axis=0)
    return shares


def _take(shares: pd.DataFrame, begun: Sequence[int], themes: Mapping[int, Theme]) -> pd.Index:
    """Take the passages of themes that were begun out of all others; return these passages."""
    within = set(begun)
    for number in sorted(themes):
        if themes[number].measures.get("split_from") in within:
            within.add(number)
    taken = shares.index[(shares[list(begun)] > 0).any(axis=1)]
    others = shares.columns[~shares.columns.isin(list(within))]
    shares.loc[taken, others] = 0.0
    return taken


def _shares(shares: pd.DataFrame, roots: dict[int, int], decisions: Decisions) -> pd.DataFrame:
    gone = [number for number, root in roots.items() if root != number]
    decided = shares.drop(columns=gone)
    for number in gone:
        decided[roots[number]] += shares[number]
    moved = {
        key: None if to is None else decisions.root(to)
        for key, to in decisions.moved.items()
        if key in decided.index
    }
    for key, to in moved.items():
        if to in decisions.splits:
            # Moved to a theme before it came apart: it is where it came to be then.
            parts = [roots[part] for part in decisions.splits[to]]
            decided.loc[key, decided.columns.difference(parts)] = 0.0
            continue
        decided.loc[key] = 0.0
        if to is not None:
            decided.loc[key, to] = 1.0
    return decided


def _theme(family: Sequence[Theme], decisions: Decisions) -> Theme:
    """Return a copy of a theme as people decided it; a copy no session knows of."""
    theme = family[0]
    measures = dict(theme.measures)
    if len(family) > 1:
        # Known for each part, not for the whole.
        measures.pop("stability", None)
        measures.pop("clarity", None)
    return Theme(
        id=theme.id,
        run_id=theme.run_id,
        number=theme.number,
        titles=decisions.names.get(theme.number, theme.titles),
        keywords=_keywords(family),
        measures=measures,
    )


def _keywords(family: Sequence[Theme]) -> dict[str, list[str]]:
    """Take the words of each part in turns, each word once."""
    tags = dict.fromkeys(tag for theme in family for tag in theme.keywords)
    return {tag: _in_turns([theme.keywords.get(tag, []) for theme in family]) for tag in tags}


def _typical(
    family: Sequence[Theme], typical: dict[int, list[str]], decisions: Decisions
) -> list[str]:
    """Take the passages of each part in turns, without those moved away, then those moved here."""
    number = family[0].number
    here = [
        key
        for key, to in decisions.moved.items()
        if to is not None and decisions.root(to) == number
    ]
    listed = _in_turns([typical.get(theme.number, []) for theme in family])
    return [key for key in listed if key not in decisions.moved] + here


def _in_turns(lists: Sequence[Sequence[str]]) -> list[str]:
    return list(
        dict.fromkeys(item for row in zip_longest(*lists) for item in row if item is not None)
    )
