"""Applications that may be one person's twice, for a coordinator to look at; never decided here."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from itertools import combinations
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from data.tables import Application, Attachment, Call, EntryFile, Person, Response
from i18n import Message, say
from survey.applying.calls import sent_form
from survey.applying.facts import facts_of
from survey.applying.states import HERE
from survey.corrections import flat

SHORTEST = 120
"""Texts with fewer characters are alike by chance."""
PIECE = 12
"""Characters that are compared at a time."""
ONE_IN = 8
"""Of the pieces every such is kept, by its own hash: the same ones in every text (Broder 1997)."""
ALIKE = 0.5
"""From this share of common pieces on two texts are nearly the same."""
MOST_ALIKE = 20
"""What more applications have in common than this is not what tells people apart."""


@dataclass(frozen=True)
class Double:
    """Two applications that may be one person's, and why."""

    one: UUID
    other: UUID
    reasons: tuple[Message, ...]


def doubles(*, session: Session, call: Call) -> list[Double]:
    """Return the pairs that have something in common that only one person should have."""
    rows = session.exec(
        select(Application.id, Response.id, Response.answers)
        .join(Person, col(Person.id) == col(Application.person_id))
        .join(Response, col(Response.person_id) == col(Person.id))
        .where(
            Application.study_id == call.study_id,
            sent_form(call.study_id),
            col(Application.state).in_([state.value for state in HERE]),
        )
        .order_by(col(Application.created_at), col(Application.id))
    ).all()
    reasons: dict[tuple[UUID, UUID], list[Message]] = defaultdict(list)
    order = {key: number for number, (key, _, _) in enumerate(rows)}
    for marks, reason in (
        (((key, _name(answers)) for key, _, answers in rows), say("the same name")),
        (((key, _phone(answers)) for key, _, answers in rows), say("the same phone number")),
        (
            ((key, _born(answers)) for key, _, answers in rows),
            say("the same day of birth and a similar name"),
        ),
        (_files({entry: key for key, entry, _ in rows}, session=session), say("the same file")),
    ):
        for pair in _pairs(marks, order):
            reasons[pair].append(reason)
    for pair in _alike({key: answers for key, _, answers in rows}, order):
        reasons[pair].append(say("nearly the same texts"))
    return [
        Double(*pair, tuple(found))
        for pair, found in sorted(
            reasons.items(), key=lambda item: (-len(item[1]), order[item[0][0]], order[item[0][1]])
        )
    ]


def _name(answers: Mapping[str, Any]) -> str:
    return " ".join(sorted(_words(facts_of(answers).name)))


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return re.findall(r"\w+", "".join(each for each in plain if not unicodedata.combining(each)))


def _phone(answers: Mapping[str, Any]) -> str:
    digits = re.sub(r"\D", "", facts_of(answers).phone)
    return digits[-9:] if len(digits) >= 7 else ""


def _born(answers: Mapping[str, Any]) -> str:
    facts = facts_of(answers)
    initials = "".join(sorted(word[0] for word in _words(facts.name)))
    return f"{facts.birthday}/{initials}" if facts.birthday and initials else ""


def _files(entries: Mapping[UUID, UUID], *, session: Session) -> Iterator[tuple[UUID, str]]:
    """Yield the applications with what their files hold."""
    found = session.exec(
        select(EntryFile.instance_id, Attachment.sha256)
        .join(Attachment, col(Attachment.id) == col(EntryFile.attachment_id))
        .where(col(EntryFile.instance_id).in_(list(entries)))
    ).all()
    yield from ((entries[entry], digest) for entry, digest in found)


def _pairs(
    marks: Iterable[tuple[UUID, Hashable]], order: Mapping[UUID, int]
) -> set[tuple[UUID, UUID]]:
    """Return the pairs that share a mark; an empty mark is none."""
    by_mark: dict[Hashable, set[UUID]] = defaultdict(set)
    for key, mark in marks:
        if mark:
            by_mark[mark].add(key)
    return {
        pair
        for keys in by_mark.values()
        if len(keys) <= MOST_ALIKE
        for pair in combinations(sorted(keys, key=order.__getitem__), 2)
    }


def _alike(
    answers: Mapping[UUID, Mapping[str, Any]], order: Mapping[UUID, int]
) -> Iterator[tuple[UUID, UUID]]:
    """Yield the pairs that answered something with texts that share most of their pieces."""
    texts = {
        (key, path): pieces
        for key, each in answers.items()
        for path, value in flat("", dict(each))
        if isinstance(value, str) and (pieces := _pieces(value))
    }
    holders: dict[int, list[tuple[UUID, str]]] = defaultdict(list)
    for key, pieces in texts.items():
        for piece in pieces:
            holders[piece].append(key)
    common: dict[tuple[tuple[UUID, str], tuple[UUID, str]], int] = defaultdict(int)
    for keys in holders.values():
        if 1 < len(keys) <= MOST_ALIKE:
            for one, other in combinations(sorted(keys, key=lambda key: order[key[0]]), 2):
                common[one, other] += 1
    found = {
        (one[0], other[0])
        for (one, other), number in common.items()
        if one[0] != other[0] and number >= ALIKE * min(len(texts[one]), len(texts[other]))
    }
    yield from sorted(found, key=lambda pair: (order[pair[0]], order[pair[1]]))


def _pieces(answer: str) -> frozenset[int]:
    """Return a sample of the stretches of a text, the same for the same stretches."""
    text = "".join(re.findall(r"\w+", answer.casefold()))
    if len(text) < SHORTEST:
        return frozenset()
    numbers = (
        int.from_bytes(blake2b(text[start : start + PIECE].encode(), digest_size=8).digest(), "big")
        for start in range(len(text) - PIECE + 1)
    )
    return frozenset(number for number in numbers if number % ONE_IN == 0)
