"""What happens to a name's ending in languages that inflect names.

Only endings that are formed by rule are made; irregular ones have to be given as spellings.
Names are folded, so the endings are written without accents.
"""

from __future__ import annotations

from functools import cache, lru_cache

from nlp.privacy.folding import folded

VOWELS = "аеиоуыэюя"
# Ending of the nominative: endings that replace it.
RUSSIAN = {
    "ия": "ии ию ией иею",
    "ая": "ой ую ою",
    "ья": "ьи ье ью ьей",
    "а": "ы и е у ой ою ей ам ами ах",
    "я": "и е ю ей ею",
    "ий": "ия ию ием ии ого ому им ом его ему ем",
    "ый": "ого ому ым ом",
    "ой": "ого ому ым ом",
    "ей": "ея ею еем ее",
    "ай": "ая аю аем ае",
    "ев": "ева еву евым еве евы евых евым евыми",
    "ов": "ова ову овым ове овы овых овым овыми",
    "ин": "ина ину иным ине ины иных иным иными ином",
    "ова": "овой ову",
    "ева": "евой еву",
    "ина": "иной ину ины ине",
    "ь": "я ю ем е и ью",
    "": "а у ом е ы ов ам ами ах ем",
}
POLISH = {
    "ska": "skiej ska",
    "cka": "ckiej cka",
    "ski": "skiego skiemu skim scy skich",
    "cki": "ckiego ckiemu ckim cki ckich",
    "ia": "ii ie io",
    "ja": "ji je jo",
    "ka": "ki ce ke ko",
    "ga": "gi dze ge go",
    "ra": "ry rze re ro",
    "ta": "ty cie te to",
    "da": "dy dzie de do",
    "la": "li le lo",
    "a": "y ie e o i",
    "ek": "ka kowi kiem ku ki",
    "el": "la lowi lem lu",
    "sz": "sza szowi szem szu",
    "tr": "tra trowi trem trze",
    "o": "a owi em ie",
    "y": "ego emu ym",
    "i": "ego emu im",
    "": "a owi em ie u iem",
}
CZECH = {"a": "y e u o ou ove", "": "a ovi em e u uv ova"}
SUFFIXES = {
    "de": "s",
    "nl": "s",
    "sv": "s",
    "da": "s",
    "nb": "s",
    "no": "s",
    "fi": "n a lla lle lta ssa sta n kin ta aa",
    "hu": "t nak nek val vel hoz hez tol rol nal nel ban ben ert on en",
    "et": "l le lt s st ga",
}
TABLES = {"pl": POLISH, "cs": CZECH, "sk": CZECH}


@lru_cache(maxsize=8192)
def inflections(word: str) -> frozenset[tuple[str, str]]:
    """Return the forms a folded name takes, each with the language in which it takes it.

    Cyrillic names are inflected the Russian way in whatever text they stand, marked `*`.

    Example:
        >>> sorted(inflections("петр"))[:2]
        [('петра', '*'), ('петрам', '*')]
    """
    if len(word) < 3:
        return frozenset()
    if "\u0400" <= word[0] <= "\u052f":
        return frozenset((form, "*") for form in _by_table(word, _folded_russian()))
    if not word.isascii():
        return frozenset()
    found = {(word + suffix, tag) for tag, all_ in SUFFIXES.items() for suffix in all_.split()}
    for tag, table in TABLES.items():
        found |= {(form, tag) for form in _by_table(word, table)}
    return frozenset(found)


@cache
def _folded_russian() -> dict[str, str]:
    """Fold the Russian endings as names are folded."""
    return {folded(ending): folded(others) for ending, others in RUSSIAN.items()}


def _by_table(word: str, table: dict[str, str]) -> set[str]:
    """Replace the longest ending that a table knows."""
    for size in (3, 2, 1, 0):
        ending = word[len(word) - size :]
        if ending in table and len(word) - size >= 2:
            if not size and word[-1] in VOWELS + "aeiouy":
                return set()
            stem = word[: len(word) - size]
            return {stem + other for other in table[ending].split()} - {word}
    return set()
