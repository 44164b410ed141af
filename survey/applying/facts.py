"""What an application says about its person, found by the names of the questions.

A form that has questions of these names is understood without being told: `name`, `phone`,
`birthday`, `nationality` (or `country`), `languages` (or `language`) and `role`. What identifies
somebody is marked in the form by the appearance `identifying`, on a question or on its group;
`name`, `phone` and `birthday` always do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from i18n import canonical
from survey.xlsform.model import Form, Group, Question, Repeat

MARK = "identifying"
ALWAYS = frozenset({"name", "phone", "birthday", "email", "address"})


@dataclass(frozen=True)
class Facts:
    """What an application says about its person; what is not asked is empty."""

    name: str = ""
    phone: str = ""
    birthday: str = ""
    nationalities: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    role: str = ""


def facts_of(answers: Mapping[str, Any]) -> Facts:
    """Read the facts out of answers, wherever in them they stand."""
    found: dict[str, Any] = {}
    for name, value in _walk(answers):
        found.setdefault(name, value)
    return Facts(
        name=str(found.get("name") or ""),
        phone=str(found.get("phone") or ""),
        birthday=str(found.get("birthday") or ""),
        nationalities=tuple(
            each.upper() for each in _many(found.get("nationality") or found.get("country"))
        ),
        languages=tuple(
            canonical(each) for each in _many(found.get("languages") or found.get("language"))
        ),
        role=str(found.get("role") or "").replace("_", " "),
    )


def _walk(answers: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in answers.items():
        if isinstance(value, Mapping):
            yield from _walk(value)
        elif value is not None:
            yield name, value


def _many(value: object) -> list[str]:
    items = value if isinstance(value, list) else re.split(r"[,;\s]+", str(value or ""))
    return [str(each).strip() for each in items if str(each).strip()]


@lru_cache(maxsize=16)
def identifying(form: Form) -> frozenset[str]:
    """Return the paths (`/data/name`) of the questions that tell who somebody is."""

    def within(children: tuple[Question | Group | Repeat, ...], marked: bool) -> Iterator[str]:
        for element in children:
            here = marked or MARK in element.appearance
            if not isinstance(element, Question):
                yield from within(element.children, here)
            elif here or element.name in ALWAYS:
                yield f"/{'/'.join(element.path)}"

    return frozenset(within(form.root.children, False))
