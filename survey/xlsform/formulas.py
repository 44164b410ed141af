"""A formula of a form: the author's text, the path expression it stands for, what it looks at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from survey import xpath
from survey.xlsform.references import Names, Path, resolve
from survey.xlsform.turnwise import turnwise
from survey.xpath import Expression

# What a condition may be written as instead of a formula.
WORDS = {
    word: f"{truth}()"
    for truth, words in (
        ("true", "yes Yes YES true True TRUE"),
        ("false", "no No NO false False FALSE"),
    )
    for word in words.split()
}


@dataclass(frozen=True, slots=True)
class Reading:
    """A place in the answers that a formula looks at.

    Attributes:
        path: The path of the question, group or repeat; `*` for any child and `**` for
            anything below stand in it as in `xpath.Reference`.
        shared: How many leading steps it shares with the formula's own place by standing near it
            (`../kept`): within those, each turn of a repeat looks at itself only.
    """

    path: Path
    shared: int


@dataclass(frozen=True, slots=True, eq=False)
class Formula:
    """A formula.

    Attributes:
        text: As the author wrote it.
        expression: Compiled, with `${name}` written as a path.
        here: The path of the question it belongs to.
        always: Its value when it is simply `true()` or `false()`, None otherwise.
    """

    text: str
    expression: Expression
    here: Path
    always: bool | None = None

    @property
    def readings(self) -> frozenset[Reading]:
        """Every place in the answers it looks at."""
        return _readings(self.expression, self.here)

    @property
    def functions(self) -> frozenset[str]:
        """The names of the functions it calls."""
        return self.expression.called


def formula(text: str, here: Path, names: Names) -> Formula:
    """Compile a formula of a form.

    Raises:
        XPathError: For wrong syntax, unknown functions and wrong numbers of arguments.
    """
    written = WORDS.get(text, text)
    resolved = resolve(written, here, names)
    expression = xpath.compile(resolved)
    near = turnwise(resolved, here, names)
    if near != resolved:
        expression = xpath.compile(near)
    always = {"true()": True, "false()": False}.get(written)
    return Formula(text, expression, here, always)


@lru_cache(maxsize=16_384)
def _readings(expression: Expression, here: Path) -> frozenset[Reading]:
    found = set()
    for reference in expression.references:
        if reference.origin == "instance":
            continue
        parts = list(here) if reference.origin == "context" else []
        shared = len(here) if reference.origin == "context" else 1
        for step in reference.steps:
            if step == "..":
                if parts:
                    parts.pop()
                shared = min(shared, len(parts))
            elif not step.startswith("@"):
                parts.append(step)
        if parts:
            found.add(Reading(tuple(parts), max(shared, 1)))
    return frozenset(found)
