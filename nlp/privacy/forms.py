"""The forms in which a known name may be written in an alphabet.

A form is kept as its folded letters without separators, with the places where a space, a hyphen
or the like may stand: "Xiao-Ming Wang" and "xiaoming wang" are one form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cache
from itertools import permutations, product

from nlp.privacy import pinyin, words
from nlp.privacy.folding import folded
from nlp.privacy.inflection import inflections

LETTERS = re.compile(
    r"[a-z\u0180-\u02af]+|[\u0370-\u03ff]+|[\u0400-\u052f]+|[\u0531-\u058f]+|[\u0590-\u05ff]+"
    r"|[\u0620-\u06ff]+|[\u0900-\u0d7f]+|[\u10a0-\u10ff\u1c90-\u1cbf]+|[\u1200-\u139f]+"
)
ALIAS = re.compile(r"[\"“„«(（]([^\"”“»)）]+)[\"”“»)）]")
EXPANDED = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"}
DIGRAPH = re.compile(r"(?:(?<=[bcdfghjklmnprstwyz])|^)(?:ae|oe|ue)(?=[bcdfghklmnprstwz])")
TEAM_LABELS = ("team", "group", "gruppe", "equipe", "equipo", "grupo", "squadra", "команда")
MOST_PARTS = 5
# Two ordinary words may meet by chance ("will young"); long ones hardly do.
CAREFUL = 10


def is_team(code: str) -> bool:
    """Whether a code names a group of people rather than a person ("team:A")."""
    return ":" in code


class Strength(IntEnum):
    """How much a form needs around it to be taken for the person."""

    TITLED = 0  # only behind or before a title
    WEAK = 1  # an ordinary word as well: the words around it decide
    SOFT = 2  # a name when capitalised
    STRONG = 3  # a name, also when written small
    FULL = 4  # given and family name together


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a known name.

    Attributes:
        key: Folded letters without separators.
        code: Whose name it is.
        strength: What it needs around it.
        cuts: Places in the key where a separator may stand.
        initials: How many of its letters are initials, which need a capital and a stop.
        language: Where an ending belongs to one language, that language; `*` any.
        umlaut: Whether it holds only where the text has an umlaut ("Jörg" for a given "Joerg").
        accents: Whether the name may be written with accents or tone marks.
        swapped: Whether the family name comes first, so that a comma may follow it.
        careful: Whether all of its parts are ordinary words as well ("Will Young"), so that each
            must be capitalised.
    """

    key: str
    code: str
    strength: Strength
    cuts: frozenset[int] = frozenset()
    initials: int = 0
    language: str = "*"
    umlaut: bool = False
    accents: bool = False
    swapped: bool = False
    careful: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A given name, a family name with its particles, or the like, in one of its spellings."""

    key: str
    cuts: frozenset[int]
    umlaut: bool = False
    accents: bool = False
    chinese: bool = False
    alone: Strength = Strength.STRONG


def alphabetic(code: str, spelling: str, *, team: bool) -> Iterator[Form]:
    """Make the forms of a name written in an alphabet."""
    for alias in ALIAS.findall(spelling):
        yield from alphabetic(code, alias, team=team)
    spelling = ALIAS.sub(" ", spelling)
    if "," in spelling:
        family, _, given = spelling.partition(",")
        spelling = f"{given} {family}"
    groups = _groups(spelling)
    if not groups:
        return
    if team:
        yield from _team(code, groups)
        return
    yield from person(code, groups)


def person(code: str, groups: Sequence[Sequence[Part]]) -> Iterator[Form]:
    """Make the forms of a person from the parts of the name, each with its spellings."""
    named = [group for group in groups if len(group[0].key) > 1][:MOST_PARTS]
    yield from _complete(code, groups[:MOST_PARTS])
    for (one, first), (two, second) in permutations(enumerate(named), 2):
        for parts in product(first, second):
            yield _join(code, parts, Strength.FULL, swapped=one > two)
            yield from _with_initials(code, *parts)
    for part in (part for group in named for part in group):
        yield from _single(code, part)
    if len(named) > 2:
        for family in (0, len(named) - 1):
            letters = "".join(group[0].key[0] for group in named if group is not named[family])
            for part in named[family]:
                yield from _initialled(code, letters, part)


def _complete(code: str, groups: Sequence[Sequence[Part]]) -> Iterator[Form]:
    """Write all parts, as they are and with the last or the first moved to the other end."""
    order = tuple(range(len(groups)))
    if len(order) < 2:
        return
    for swapped in sorted({order, (order[-1], *order[:-1]), (*order[1:], order[0])}):
        for parts in product(*(groups[index] for index in swapped)):
            yield _join(code, parts, Strength.FULL, swapped=swapped != order)


def _team(code: str, groups: Sequence[Sequence[Part]]) -> Iterator[Form]:
    """Make the forms of a team's name: it has no parts that stand for it but its article."""
    if len(groups) > 1:
        for parts in product(*groups):
            yield _join(code, parts, Strength.FULL)
        if groups[0][0].key in words.DETERMINERS:
            for form in _team(code, groups[1:]):
                yield replace(form, careful=True)
        return
    for part in groups[0]:
        common = part.key in words.COMMON or len(part.key) < 4
        strength = Strength.WEAK if common else Strength.SOFT
        yield _form(code, part, Strength.TITLED if len(part.key) < 3 else strength)
        for label in TEAM_LABELS:
            yield Form(label + part.key, code, Strength.FULL, frozenset({len(label)}))
            if len(part.key) > 2:
                yield Form(part.key + label, code, Strength.FULL, frozenset({len(part.key)}))


def _groups(spelling: str) -> list[list[Part]]:
    """Part a spelling into names; particles go with the name behind them."""
    tokens = [token for token in spelling.split() if LETTERS.search(folded(token))]
    while len(tokens) > 1 and folded(tokens[0]).strip(".") in words.TITLES:
        tokens = tokens[1:]
    chinese = _looks_chinese([folded(token) for token in tokens])
    groups: list[list[Part]] = []
    particles: list[str] = []
    for index, token in enumerate(tokens):
        plain = token.lower().strip(".")
        if 0 < index < len(tokens) - 1 and plain in words.PARTICLES and len(plain) > 1:
            particles.append(token)
            continue
        bare = _spellings(token, chinese=chinese)
        if particles:
            whole = _spellings(" ".join([*particles, token]), chinese=False)
            groups.append([*(replace(part, alone=bare[0].alone) for part in whole), *bare])
        else:
            groups.append(bare)
        particles = []
    return groups


def _spellings(token: str, *, chinese: bool) -> list[Part]:
    """List the ways to spell one part: plain, with umlauts written out, with umlauts restored."""
    lower = token.lower()
    accents = folded(lower) != lower
    ways = {folded(lower): False}
    if any(letter in EXPANDED for letter in lower):
        ways[folded("".join(EXPANDED.get(letter, letter) for letter in lower))] = False
    elif DIGRAPH.search(folded(lower)):
        ways[DIGRAPH.sub(lambda found: found.group()[0], folded(lower))] = True
    parts = []
    for spelled, umlaut in ways.items():
        pieces = LETTERS.findall(spelled)
        key = "".join(pieces)
        cuts, place = set(), 0
        for piece in pieces:
            if chinese:
                cuts |= {place + cut for cut in pinyin.cuts(piece)}
            place += len(piece)
            cuts.add(place)
        parts.append(
            Part(
                key,
                frozenset(cuts - {len(key)}),
                umlaut=umlaut,
                accents=accents or chinese,
                chinese=chinese,
                alone=_alone(key),
            )
        )
    return parts


def _alone(key: str) -> Strength:
    """Say what a name needs around it when it stands alone."""
    if len(key) < 2:
        return Strength.TITLED
    if key in words.FUNCTION_WORDS:
        return Strength.WEAK
    if key in words.SOFT or (len(key) == 3 and key not in words.COMMON):
        return Strength.SOFT
    if key in words.COMMON or (len(key) == 2 and key.isascii()):
        return Strength.WEAK
    return Strength.STRONG


def _looks_chinese(tokens: Sequence[str]) -> bool:
    """Whether folded tokens read like a Chinese name in pinyin."""
    pieces = [piece for token in tokens for piece in LETTERS.findall(token)]
    if not 2 <= len(pieces) <= 4 or not all(pinyin.is_pinyin(piece) for piece in pieces):
        return False
    return pieces[0] in _surname_readings() or pieces[-1] in _surname_readings()


@cache
def _surname_readings() -> frozenset[str]:
    """Return the readings of Chinese family names."""
    surnames: Iterable[str] = (*words.CHINESE_SURNAMES, *words.COMPOUND_SURNAMES)
    return frozenset(
        "".join(way) for name in surnames for way in pinyin.readings(name, surname=True)
    )


def _join(code: str, parts: Sequence[Part], strength: Strength, *, swapped: bool = False) -> Form:
    """Write parts one behind the other."""
    key, cuts = "", set()
    for part in parts:
        cuts |= {len(key) + cut for cut in part.cuts} | {len(key)}
        key += part.key
    return Form(
        key,
        code,
        strength,
        frozenset(cuts - {0}),
        umlaut=any(part.umlaut for part in parts),
        accents=any(part.accents for part in parts),
        swapped=swapped,
        careful=len(key) < CAREFUL and all(part.alone <= Strength.WEAK for part in parts),
    )


def _form(code: str, part: Part, strength: Strength) -> Form:
    """Write a part alone."""
    return Form(part.key, code, strength, part.cuts, umlaut=part.umlaut, accents=part.accents)


def _single(code: str, part: Part) -> Iterator[Form]:
    """Write a part alone, and with the endings that languages give it."""
    yield _form(code, part, part.alone)
    if part.alone < Strength.SOFT or part.chinese or not part.key.isalpha():
        return
    for key, language in inflections(part.key):
        if key in words.COMMON or key in words.OTHER_NAMES or key in words.FUNCTION_WORDS:
            continue
        yield Form(
            key,
            code,
            Strength.SOFT,
            part.cuts,
            language=language,
            umlaut=part.umlaut,
            accents=part.accents,
        )


def _with_initials(code: str, given: Part, family: Part) -> Iterator[Form]:
    """Write "A. Müller", "Müller A.", and both letters of "X.M. Wang" and "J.-P. Roux"."""
    letters = {given.key[0]}
    syllables = sorted(given.cuts)[:1]
    if syllables:
        letters.add(given.key[0] + given.key[syllables[0]])
    for initials in letters:
        yield from _initialled(code, initials, family)


def _initialled(code: str, initials: str, family: Part) -> Iterator[Form]:
    """Write initials before and behind a family name."""
    count, size = len(initials), len(family.key)
    before = frozenset({*range(1, count + 1), *(count + cut for cut in family.cuts)})
    behind = frozenset({*family.cuts, *range(size, size + count)})
    for key, cuts, swapped in (
        (initials + family.key, before, False),
        (family.key + initials, behind, True),
    ):
        yield Form(
            key,
            code,
            Strength.FULL,
            cuts,
            initials=count,
            umlaut=family.umlaut,
            accents=family.accents,
            swapped=swapped,
        )
