"""From pyxform's survey to a `Form`."""

from __future__ import annotations

import os.path
import re
from collections.abc import Iterable, Mapping
from typing import Any

from pyxform.constants import EXTERNAL_INSTANCE_EXTENSIONS
from pyxform.external_instance import ExternalInstance
from pyxform.parsing.parameters import parse as parse_parameters
from pyxform.question import Question as PyxformQuestion
from pyxform.section import RepeatingSection, Section
from pyxform.utils import default_is_dynamic

from i18n import say
from survey.xlsform.formulas import WORDS, Formula, formula
from survey.xlsform.languages import Languages
from survey.xlsform.model import (
    Choice,
    ChoiceSource,
    Element,
    Group,
    Media,
    Path,
    Question,
    Repeat,
    Texts,
)
from survey.xlsform.references import PULLED, REFERENCE, Names, references
from survey.xlsform.types import canonical_type

# What pyxform calls the question and the choice that or_other adds.
SPECIFY = say("Specify other.")
OTHER = say("Other")
_GEOJSON = ".geojson"
_SELECTS = frozenset({"select_one", "select_multiple", "rank", "select_one_external"})


class Builder:
    """Builds the elements of a form out of pyxform's."""

    def __init__(self, survey: Any, languages: Languages) -> None:  # noqa: ANN401 - pyxform has no types
        self.survey = survey
        self.languages = languages
        paths, repeats = _places(survey, (survey.name,))
        self.names = Names(paths, repeats)
        self.looked_up: list[str] = []

    def root(self) -> Group:
        """Build the whole tree."""
        path = (str(self.survey.name),)
        return Group(
            name=path[0],
            path=path,
            children=self.children(self.survey.children, path),
        )

    def meta(self, name: str) -> Path:
        """Return the path of a value about the filling as such, like its name."""
        return (str(self.survey.name), "meta", name)

    def files(self) -> tuple[str, ...]:
        """Return the files the form needs beside it."""
        found = dict.fromkeys(self.looked_up)
        for element in self.survey.iter_descendants():
            if isinstance(element, ExternalInstance):
                found[f"{element.name}.{str(element.type).split('-')[0]}"] = None
            elif isinstance(element, PyxformQuestion):
                source = str(getattr(element, "itemset", None) or "")
                if os.path.splitext(source)[1] in EXTERNAL_INSTANCE_EXTENSIONS:  # noqa: PTH122 - no path
                    found[source] = None
        return tuple(found)

    def children(self, elements: Iterable[Any], path: Path) -> tuple[Element, ...]:
        """Build what stands in a section."""
        built = (self.element(element, (*path, str(element.name))) for element in elements)
        return tuple(element for element in built if element is not None)

    def element(self, element: Any, path: Path) -> Element | None:  # noqa: ANN401 - pyxform has no types
        """Build one question, group or repeat; None for what holds no answer."""
        if isinstance(element, Section):
            return self.section(element, path)
        if isinstance(element, PyxformQuestion):
            return self.question(element, path)
        return None

    def section(self, element: Any, path: Path) -> Group | Repeat:  # noqa: ANN401 - pyxform has no types
        """Build a group or a repeat."""
        common = self.common(element, path)
        children = self.children(element.children, path)
        if isinstance(element, RepeatingSection):
            count = (element.control or {}).get("jr:count")
            return Repeat(**common, children=children, count=self.formula(count, path))
        return Group(**common, children=children)

    def common(self, element: Any, path: Path) -> dict[str, Any]:  # noqa: ANN401 - pyxform has no types
        """Return what questions, groups and repeats have in common."""
        bind = element.bind or {}
        return {
            "name": path[-1],
            "path": path,
            "label": self.label(element.label),
            "hint": self.languages.texts(element.hint),
            "media": self.media(element.media),
            "appearance": frozenset(str((element.control or {}).get("appearance", "")).split()),
            "relevant": self.condition(bind.get("relevant"), path, without=True),
            "readonly": self.condition(bind.get("readonly"), path, without=False),
        }

    def label(self, label: object) -> Texts:
        """Return a label; that of the question or_other adds in all languages we know."""
        return (
            self.languages.made(SPECIFY) if label == SPECIFY.text else self.languages.texts(label)
        )

    def question(self, element: Any, path: Path) -> Question:  # noqa: ANN401 - pyxform has no types
        """Build a question."""
        bind: Mapping[str, Any] = element.bind or {}
        kind = _question_type(element, bind)
        default = str(element.default) if element.default is not None else ""
        dynamic = bool(default) and default_is_dynamic(default, element.type)
        parameters = _parameters(element)
        return Question(
            **self.common(element, path),
            type=kind,
            guidance=self.languages.texts(element.guidance_hint),
            parameters=parameters,
            required=self.condition(bind.get("required"), path, without=False),
            required_message=self.languages.texts(bind.get("jr:requiredMsg")),
            constraint=self.condition(bind.get("constraint"), path, without=True),
            constraint_message=self.languages.texts(bind.get("jr:constraintMsg")),
            calculation=self.formula(bind.get("calculate"), path),
            trigger=self.trigger(element.trigger),
            default="" if dynamic else default,
            dynamic_default=self.formula(default, path) if dynamic else None,
            choices=self.choices(element, kind, path, parameters),
        )

    def formula(self, text: object, path: Path) -> Formula | None:
        """Compile a formula; None when there is none."""
        written = "" if text is None else str(text).strip()
        if "pulldata" in written:
            self.looked_up += [
                name if "." in name else f"{name}.csv" for name in PULLED.findall(written)
            ]
        return formula(written, path, self.names) if written else None

    def condition(self, text: object, path: Path, *, without: bool) -> Formula | None:
        """Compile a condition; None when it is missing or only says what holds `without` it."""
        written = "" if text is None else str(text).strip()
        same = "true()" if without else "false()"
        if not written or WORDS.get(written, written) == same:
            return None
        return self.formula(written, path)

    def trigger(self, names: object) -> tuple[Path, ...]:
        """Return the paths of the questions that work a calculation out."""
        if not isinstance(names, tuple):
            return ()
        return tuple(path for name in names for path in self.names.paths(str(name))[:1])

    def media(self, media: Mapping[str, Any] | None) -> Media:
        """Return pictures and sounds by kind and language."""
        return {kind: self.languages.texts(value) for kind, value in (media or {}).items()}

    def choices(
        self,
        element: Any,  # noqa: ANN401 - pyxform has no types
        kind: str,
        path: Path,
        parameters: Mapping[str, str],
    ) -> ChoiceSource | None:
        """Return where a select takes its choices from; None when it is no select."""
        source = getattr(element, "itemset", None) or element.query
        if kind not in _SELECTS or not source:
            return None
        base, ending = os.path.splitext(str(source))  # noqa: PTH122 - a list's name, not a path
        asked = references(str(source))
        file = str(source) if ending in EXTERNAL_INSTANCE_EXTENSIONS else None
        geojson = ending == _GEOJSON
        seed = parameters.get("seed")
        answers = self.names.paths(asked[0].name)[0] if asked else None
        return ChoiceSource(
            name="" if asked else base if file else str(source),
            file=file,
            answers=answers,
            filter=self.filter(element.choice_filter, path, answers, base if file else str(source)),
            value=parameters.get("value", "id" if geojson else "name"),
            label=parameters.get("label", "title" if geojson else "label"),
            randomize=parameters.get("randomize") == "true",
            seed=self.formula(seed, path),
        )

    def filter(
        self,
        text: object,
        path: Path,
        answers: Path | None,
        name: str,
    ) -> Formula | None:
        """Compile a choice filter into a formula that gives the items offered."""
        written = "" if text is None else str(text).strip()
        if not written:
            return None
        if answers is None:
            quote = '"' if "'" in name else "'"
            return self.formula(f"instance({quote}{name}{quote})/root/item[{written}]", path)
        around = answers[:-1]
        near = REFERENCE.sub(lambda match: self._nearer(match, around), written)
        return self.formula(f"/{'/'.join(around)}[{near}]", path)

    def _nearer(self, match: re.Match[str], around: Path) -> str:
        """Write a reference to what stands beside the answers offered as seen from there."""
        target = next(iter(self.names.paths(match.group("name"))), ())
        if target[: len(around)] != around:
            return match.group()
        return "./" + "/".join(target[len(around) :])


def build_choices(
    survey: Any,  # noqa: ANN401 - pyxform has no types
    external: Mapping[str, list[dict[str, str]]],
    languages: Languages,
) -> dict[str, tuple[Choice, ...]]:
    """Build the lists of choices, those of the sheet external_choices too.

    Args:
        survey: pyxform's survey.
        external: The rows of external_choices by list.
        languages: The languages of the form.
    """
    lists = {
        str(name): tuple(
            Choice(
                name=str(option.name),
                labels=_choice_label(option, languages),
                media={
                    kind: languages.texts(value) for kind, value in (option.media or {}).items()
                },
                columns={key: str(value) for key, value in (option.extra_data or {}).items()},
            )
            for option in itemset.options
        )
        for name, itemset in (survey.choices or {}).items()
    }
    for name, rows in external.items():
        lists.setdefault(
            name,
            tuple(
                Choice(
                    name=row.get("name", ""),
                    labels=languages.texts(row.get("label")),
                    columns={
                        key: value
                        for key, value in row.items()
                        if key not in ("name", "label", "list_name", "list name")
                    },
                )
                for row in rows
            ),
        )
    return lists


def _choice_label(option: Any, languages: Languages) -> Texts:  # noqa: ANN401 - pyxform has no types
    texts = languages.texts(option.label)
    made = option.name == "other" and set(texts.values()) == {OTHER.text}
    return languages.made(OTHER) if made else texts


def _places(element: Any, path: Path) -> tuple[list[Path], list[Path]]:  # noqa: ANN401 - pyxform has no types
    """Return the paths of everything below an element, and of the repeats among it."""
    paths: list[Path] = []
    repeats: list[Path] = []
    waiting = [(child, (*path, str(child.name))) for child in reversed(element.children)]
    while waiting:
        current, place = waiting.pop()
        if isinstance(current, ExternalInstance):
            continue
        paths.append(place)
        if isinstance(current, RepeatingSection):
            repeats.append(place)
        if isinstance(current, Section):
            waiting.extend(
                (child, (*place, str(child.name))) for child in reversed(current.children)
            )
    return paths, repeats


def _question_type(element: Any, bind: Mapping[str, Any]) -> str:  # noqa: ANN401 - pyxform has no types
    if bind.get("jr:preload") == "uid":
        return "instanceID"
    return canonical_type(str(element.type))


def _parameters(element: Any) -> dict[str, str]:  # noqa: ANN401 - pyxform has no types
    given = element.parameters
    if isinstance(given, str):
        given = parse_parameters(given, 0)  # already known to be well-formed
    found = {str(name): str(value) for name, value in (given or {}).items()}
    for name in ("rows", "intent", "autoplay"):
        value = (element.control or {}).get(name)
        if value is not None:
            found.setdefault(name, str(value))
    return found
