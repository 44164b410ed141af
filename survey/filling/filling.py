"""A questionnaire being filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

import i18n
from i18n import say
from survey.filling import (
    addresses,
    audit,
    checking,
    documents,
    metadata,
    offering,
    screen,
    starting,
    storing,
    texts,
    turns,
)
from survey.filling.addresses import AddressError
from survey.filling.metadata import Clock
from survey.filling.problems import AnswerProblem
from survey.filling.tree import AnswerNode, nodes_at
from survey.filling.values import Json, json_value, read
from survey.filling.working import Work
from survey.xlsform.model import Element, Form, Question, Repeat
from survey.xpath import Context, Node


class Filling:
    """The answers of one person to one form, with everything that follows from them.

    Paths are written `/data/take[2]/kept`; a missing number means the first turn. Answers are JSON:
    numbers, strings, ISO dates, lists of choices; None where nothing is answered.

    Args:
        form: The form.
        answers: The answers given earlier, as `submission()` or `draft()` returned them. With None
            the filling is new: questions get the answers they start with, repeats their first turn.
        language: The key of the language to show; the best the form has for a BCP 47 tag.
        now: The clock, or one moment; the machine's clock when None.
        instance_id: The identifier of the filling (`uuid:...`); a new one when None.
        properties: What the device or server knows: `username`, `deviceid`, `phonenumber`, `email`.
    """

    def __init__(
        self,
        form: Form,
        *,
        answers: Mapping[str, Any] | None = None,
        language: str | None = None,
        now: datetime | Clock | None = None,
        instance_id: str | None = None,
        properties: Mapping[str, str] | None = None,
    ) -> None:
        self.form = form
        clock = metadata.clock(now)
        self._unknown: list[AnswerProblem] = []
        identifier = instance_id or storing.identifier(answers) or f"uuid:{uuid4()}"
        self._work = Work(
            form,
            clock=clock,
            instances=offering.Instances(form),
            offered=lambda node: offering.offered_names(node, self._work),
            choice_label=self._choice_label,
            seed=identifier,
            language=form.default_language,
        )
        if language is not None:
            self.language = language
        if answers is None:
            starting.begin(self._work)
        else:
            storing.pour(answers, self._work.root, self._work, self._unknown)
        known = properties or {}
        metadata.note(self._work, identifier, known, new=answers is None)
        self._trail = audit.trail(form, known.get("username", ""))
        self._trail.note("form start" if answers is None else "form resume", clock())
        self._work.begin()
        starting.answer_newborn(self._work)

    # Answers

    def answer(self, path: str, value: Json) -> None:
        """Give, change or (with None) take back an answer.

        What a person gives is kept even when it does not fit the question; `problems` names it.
        Questions that are read-only or worked out keep their value.

        Raises:
            AddressError: There is no such question.
        """
        node = self._question(path)
        question = node.question
        if question.calculation is not None and not question.trigger:
            return
        if question.type == "instanceID" or self._work.holds(node, "readonly", without=False):
            return
        if question.choices is not None and node.offered is None:
            node.offered = self._work.offered(node)
        answer = read(question, value)
        given = value if answer.problem else None
        before = json_value(node)
        self._work.put(node, answer.text, numeric=answer.numeric, given=given)
        self._trail.note("question", self._work.clock(), path, before, json_value(node))
        starting.settle(self._work)

    def value(self, path: str) -> Json:
        """Return an answer, also one that is not asked for now; None when it is blank.

        Raises:
            AddressError: There is no such question.
        """
        return json_value(self._question(path))

    def submission(self) -> dict[str, Any]:
        """Return the answers that are asked for, as nested JSON without the root.

        Blank answers, empty groups and everything that is not relevant are left out. The moment
        of this call is the end of the filling for questions of the type `end`.
        """
        self._finish()
        return storing.gather(self._work.root)

    def draft(self) -> dict[str, Any]:
        """Return all answers as nested JSON, those that are not relevant now included."""
        return storing.gather(self._work.root, irrelevant=True)

    def problems(self) -> list[AnswerProblem]:
        """Return what is wrong with the answers, in the order of the form."""
        return [*self._unknown, *checking.check(self._work, self.language)]

    def problem(self, path: str) -> AnswerProblem | None:
        """Return what is wrong with one answer that is asked for, None when nothing is."""
        node = self._question(path)
        if not node.relevant:
            return None
        return checking.check_node(node, self._work, self.language)

    def restore_fixed(self) -> None:
        """Give questions nobody can answer what the form gives them again, whatever was sent."""
        for path, fixed in self._work.plan.fixed.items():
            for node in nodes_at(path, self._work.root):
                if node.text != fixed or node.given is not None:
                    self._work.put(node, fixed)
        starting.settle(self._work)

    # What is shown

    @property
    def language(self) -> str:
        """The key of the language shown; setting it takes any BCP 47 tag."""
        return self._work.language

    @language.setter
    def language(self, wanted: str) -> None:
        """Show another language; answers stay as they are."""
        offered = self.form.languages
        self._work.language = (
            wanted
            if wanted in offered
            else i18n.best([wanted], offered, self.form.default_language)
        )

    def relevant(self, path: str) -> bool:
        """Whether a question, group or turn is asked for, everything around it considered."""
        return self._node(path).relevant

    def required(self, path: str) -> bool:
        """Whether a question must be answered."""
        return checking.required(self._question(path), self._work)

    def readonly(self, path: str) -> bool:
        """Whether a question or anything around it can only be looked at."""
        node: Node | None = self._node(path)
        while isinstance(node, AnswerNode):
            if self._work.holds(node, "readonly", without=False):
                return True
            node = node.parent
        return False

    def label(self, path: str) -> texts.Shown:
        """Return the label of a question, group or repeat in the language shown."""
        return self._show(path, "label")

    def hint(self, path: str) -> texts.Shown:
        """Return the hint in the language shown."""
        return self._show(path, "hint")

    def guidance(self, path: str) -> texts.Shown:
        """Return the further help of a question in the language shown."""
        return self._show(path, "guidance")

    def media(self, path: str) -> dict[str, str]:
        """Return the files shown with a question or group, by kind (`image`, `audio`, `video`)."""
        node = self._place(path)
        return {
            kind: texts.show(files, node, self._work, self.language).text
            for kind, files in node.element.media.items()
        }

    def choices(self, path: str) -> list[offering.Offer]:
        """Return the choices a select offers now, in the order to show them."""
        return offering.offers(self._question(path), self._work, self.language)

    def choice_media(self, offer: offering.Offer) -> dict[str, str]:
        """Return the files shown with a choice, by kind, in the language shown."""
        default = self.form.default_language
        return {
            kind: texts.choose(files, self.language, default)[1]
            for kind, files in offer.media.items()
        }

    def walk(self) -> Iterator[screen.Place]:
        """Yield what is on the screen now, in order, with groups, repeats and their turns."""
        return screen.walk(self._work.root)

    def element(self, path: str) -> Element:
        """Return the question, group or repeat of the form at a path."""
        return self._place(path).element

    # Repeats

    def repeat_count(self, path: str) -> int:
        """Return how many turns the repeat at a path (`/data/take`) has."""
        holder, repeat = self._repeat(path)
        return len(holder.turns(repeat.name))

    def add_repeat(self, path: str) -> int:
        """Add a turn at the end of a repeat.

        Returns:
            Its number, from 1.

        Raises:
            AddressError: There is no such repeat, or the form says how many turns it has.
        """
        holder, repeat = self._open_repeat(path)
        if holder.put_aside:
            holder.put_aside.pop(repeat.name, None)
        turns.add(self._work, holder, repeat.name, 1)
        self._trail.note("add repeat", self._work.clock(), path)
        starting.settle(self._work)
        return len(holder.turns(repeat.name))

    def remove_repeat(self, path: str, index: int) -> None:
        """Remove a turn of a repeat with everything in it.

        Args:
            path: The repeat.
            index: The number of the turn, from 1.

        Raises:
            AddressError: There is no such turn, or the form says how many turns there are.
        """
        holder, repeat = self._open_repeat(path)
        there = holder.turns(repeat.name)
        if not 1 <= index <= len(there):
            raise AddressError(say("{path} has no turn {index}.", path=path, index=index))
        turns.remove(self._work, holder, repeat.name, there[index - 1 : index])
        self._trail.note("delete repeat", self._work.clock(), f"{path}[{index}]")
        starting.settle(self._work)

    # The filling as such

    @property
    def instance_id(self) -> str:
        """The identifier of the filling, the same wherever it goes."""
        return metadata.value(self._work.root, "instanceID") or self._work.seed

    @property
    def instance_name(self) -> str:
        """What the form calls the filling, "" when it says nothing."""
        return metadata.value(self._work.root, "instanceName")

    @property
    def audit(self) -> str:
        """The trail that an audit question asks for, as CSV; "" when there is none."""
        return self._trail.to_csv()

    @property
    def root(self) -> AnswerNode:
        """The node of the outermost element, to be read only."""
        return self._work.root

    def instance_xml(self) -> str:
        """Return the answers that are asked for as the XML of an OpenRosa submission."""
        self._finish()
        return documents.write(self._work.root, self.form)

    @classmethod
    def from_xml(
        cls,
        form: Form,
        xml: str | bytes,
        *,
        language: str | None = None,
        now: datetime | Clock | None = None,
        properties: Mapping[str, str] | None = None,
    ) -> Filling:
        """Open a filling kept as instance XML.

        Raises:
            InstanceError: It is not XML, declares entities, or belongs to another questionnaire.
        """
        answers = documents.answers_of(xml, form)
        return cls(form, answers=answers, language=language, now=now, properties=properties)

    def context(self, path: str) -> Context:
        """Return the surroundings of an expression at a path; `/` is the document."""
        node = self._work.document if path == "/" else self._node(path)
        return self._work.context(node)

    # Behind the scenes

    def _choice_label(self, node: Node, name: str) -> str:
        """Return the label of a choice of the question at a node, for `jr:choice-name`."""
        if not isinstance(node, AnswerNode) or not isinstance(node.element, Question):
            return ""
        source = node.question.choices
        for choice in self.form.choices.get(source.name, ()) if source else ():
            if choice.name == name:
                return texts.show(choice.labels, node, self._work, self.language).text
        return ""

    def _finish(self) -> None:
        metadata.finish(self._work)
        starting.settle(self._work)

    def _node(self, path: str) -> AnswerNode:
        return addresses.find(path, self._work.root)

    def _question(self, path: str) -> AnswerNode:
        return addresses.find_question(path, self._work.root)

    def _place(self, path: str) -> AnswerNode:
        return addresses.find_shown(path, self._work.root, self.form)

    def _show(self, path: str, kind: str) -> texts.Shown:
        node = self._place(path)
        return texts.show(getattr(node.element, kind, {}), node, self._work, self.language)

    def _repeat(self, path: str) -> tuple[AnswerNode, Repeat]:
        return addresses.find_repeat(path, self._work.root, self.form)

    def _open_repeat(self, path: str) -> tuple[AnswerNode, Repeat]:
        """Return where the turns of a repeat are that people may add to, and the repeat."""
        holder, repeat = self._repeat(path)
        if repeat.count is not None:
            raise AddressError(
                say("The questionnaire itself says how often {path} is asked.", path=path)
            )
        return holder, repeat
