"""Absolute paths of formulas within a repeat: they mean the turn the formula stands in.

In XPath `/data/take/made` are the answers of all turns. In a form a formula within `take` means
that of its own turn, as in JavaRosa and Enketo; a predicate after the repeat's name
(`/data/take[1]/made`), or the repeat itself (`count(/data/take)`), means what is written.
"""

from __future__ import annotations

from collections.abc import Iterator

from survey.xlsform.references import Names, Path, naming_spans
from survey.xpath.lexer import Token, tokens

_BEFORE_PATH = frozenset({"(", "[", ",", "|"})


def turnwise(text: str, here: Path, names: Names) -> str:
    """Write absolute paths through a repeat around a question as seen from the question.

    Args:
        text: An expression that can be read, without `${name}`.
        here: The path of the question it belongs to.
        names: The names of the form.
    """
    around = names.repeats_around(here)
    if not around or "/" not in text:
        return text
    kept = naming_spans(text)
    written, done = [], 0
    for slash, *path in _absolute_paths(tokens(text)):
        start = slash.column - 1
        steps = tuple(token.text for token in path)
        shared = [repeat for repeat in around if len(repeat) < len(steps)]
        repeat = next((each for each in shared if steps[: len(each)] == each), None)
        if repeat is None or any(first <= start < last for first, last in kept):
            continue
        last = path[len(repeat) - 1]
        up = "/..".join([""] * (len(here) - len(repeat) + 1))
        written += [text[done:start], f"current(){up}"]
        done = last.column - 1 + len(last.text)
    return "".join([*written, text[done:]])


def _absolute_paths(found: list[Token]) -> Iterator[list[Token]]:
    """Yield the first slash of absolute paths and their names, up to a predicate or other step."""
    place = 0
    while place < len(found):
        path: list[Token] = []
        before = found[place - 1] if place else None
        begins = before is None or before.kind == "operator" or before.text in _BEFORE_PATH
        while begins and _is_step(found[place : place + 2]):
            if not path:
                path.append(found[place])
            path.append(found[place + 1])
            place += 2
        if path:
            yield path
        else:
            place += 1


def _is_step(pair: list[Token]) -> bool:
    """Tell whether a slash and a plain name stand here."""
    if len(pair) < 2 or pair[0].kind != "symbol" or pair[0].text != "/":
        return False
    return pair[1].kind == "name" and pair[1].text != "*" and ":" not in pair[1].text
