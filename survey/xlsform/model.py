"""A questionnaire as XLSForm authors know it: questions, groups, repeats, choices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from survey.xlsform.formulas import Formula
from survey.xlsform.problems import Problem
from survey.xlsform.references import Names

Path = tuple[str, ...]
# The key of the language of texts that name none.
UNSAID = "und"
# A text by the key of its language; texts may contain ${name}.
Texts = Mapping[str, str]
# Files by kind (image, big-image, audio, video), each by the key of its language.
Media = Mapping[str, Texts]
# The rows of a file by column.
Rows = tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice of a list.

    Attributes:
        name: What is kept as the answer.
        labels: What is shown.
        media: Pictures and sounds shown with it.
        columns: Its further columns, for `choice_filter`.
    """

    name: str
    labels: Texts
    media: Media = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChoiceSource:
    """Where a select takes its choices from: a list of the form, a file, or earlier answers.

    Attributes:
        name: The list; of a file its name without the ending; "" for earlier answers.
        file: The file (`cities.csv`), None when the choices are in the form.
        answers: The path of the question whose answers are offered (`select_one ${name}`).
        filter: Gives the items offered: of a list or file the nodes of its rows
            (`instance('cities')/root/item[...]`), of earlier answers those around the answers;
            all when None.
        value: The column of a file that is kept as the answer.
        label: The column of a file that is shown.
        randomize: Whether the choices are shuffled.
        seed: What the order depends on, so that it stays the same; None for each filling its own.
    """

    name: str
    file: str | None = None
    answers: Path | None = None
    filter: Formula | None = None
    value: str = "name"
    label: str = "label"
    randomize: bool = False
    seed: Formula | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """What questions, groups and repeats have in common.

    Attributes:
        name: The name of the row.
        path: Where its answer is kept: `("data", "take", "kept")`.
        label: What is asked, by language.
        hint: A note below the label.
        media: Pictures, sounds and films shown with it.
        appearance: How it wishes to be drawn (`multiline`, `field-list`).
        relevant: Whether it is asked at all; always when None.
        readonly: Whether it can only be looked at; None for no.
    """

    name: str
    path: Path
    label: Texts = field(default_factory=dict)
    hint: Texts = field(default_factory=dict)
    media: Media = field(default_factory=dict)
    appearance: frozenset[str] = frozenset()
    relevant: Formula | None = None
    readonly: Formula | None = None


@dataclass(frozen=True, slots=True)
class Question(Item):
    """A question, a note, or a value nobody is asked for.

    Attributes:
        type: The type in its common spelling: `text`, `integer`, `select_one`, `note`,
            `calculate`, `start`, ...
        guidance: Further help, shown on demand.
        parameters: Values of the parameters column by name.
        required: Whether an answer must be given; None for no.
        required_message: What is said when it is missing.
        constraint: What an answer must fulfil; None for anything.
        constraint_message: What is said when it does not.
        calculation: What its answer is worked out with.
        trigger: The paths of the questions whose change works the calculation out; () when it
            follows everything it looks at.
        default: The answer it starts with, as text; "" for none.
        dynamic_default: The formula that gives the answer it starts with.
        choices: Where a select takes its choices from.
    """

    type: str = "text"
    guidance: Texts = field(default_factory=dict)
    parameters: Mapping[str, str] = field(default_factory=dict)
    required: Formula | None = None
    required_message: Texts = field(default_factory=dict)
    constraint: Formula | None = None
    constraint_message: Texts = field(default_factory=dict)
    calculation: Formula | None = None
    trigger: tuple[Path, ...] = ()
    default: str = ""
    dynamic_default: Formula | None = None
    choices: ChoiceSource | None = None


@dataclass(frozen=True, slots=True)
class Group(Item):
    """Questions that belong together.

    Attributes:
        children: What stands in it, in order.
    """

    children: tuple[Question | Group | Repeat, ...] = ()


@dataclass(frozen=True, slots=True)
class Repeat(Item):
    """Questions that are asked several times over.

    Attributes:
        children: What stands in each turn, in order.
        count: How many turns there are; None when people add and remove them.
    """

    children: tuple[Question | Group | Repeat, ...] = ()
    count: Formula | None = None


Element = Question | Group | Repeat


@dataclass(frozen=True, eq=False)
class Form:
    """A questionnaire.

    Attributes:
        title: What it is called.
        id: Its identifier (`form_id`).
        version: Its version as the author wrote it, "" for none.
        root: The outermost element; its children are the questionnaire, `root.path` is `("data",)`.
        languages: The keys of its languages in the order of the columns, BCP 47 where the author
            gave a tag; `("und",)` when no language is named.
        language_names: What the languages are called in the file.
        default_language: The language shown when a text is missing in another.
        choices: The lists of choices by name.
        style: How it wishes to be shown: `pages`, `theme-grid`.
        instance_name: What a filling is called; None for nothing.
        settings: The settings sheet as written, by the name of the setting.
        files: The files it needs beside it (`cities.csv`), by name.
        attached: The contents of those files that were attached: rows by column, by name.
        warnings: What is worth knowing but does not stop it.
        sha256: Of the file it was read from.
    """

    title: str
    id: str
    version: str
    root: Group
    languages: tuple[str, ...]
    language_names: Mapping[str, str]
    default_language: str
    choices: Mapping[str, tuple[Choice, ...]]
    style: frozenset[str]
    instance_name: Formula | None
    settings: Mapping[str, str]
    files: tuple[str, ...]
    attached: Mapping[str, Rows]
    warnings: tuple[Problem, ...]
    sha256: str
    names: Names

    @cached_property
    def elements(self) -> Mapping[Path, Element]:
        """Every question, group and repeat by its path, in the order of the form."""
        return {element.path: element for element in self.walk()}

    def walk(self) -> Iterator[Element]:
        """Yield every question, group and repeat below the root, sections before their content."""
        waiting: list[Element] = list(reversed(self.root.children))
        while waiting:
            element = waiting.pop()
            yield element
            if not isinstance(element, Question):
                waiting.extend(reversed(element.children))

    def questions(self) -> Iterator[Question]:
        """Yield every question in the order of the form."""
        return (element for element in self.walk() if isinstance(element, Question))
