"""An application as reviewers read it: known names masked, what identifies somebody left out.

Masking is not anonymity: who is known by their films is known by what they tell of them, and a file
may hold a name. Reviewers who recognise somebody are asked to say so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from data.tables import Person, Questionnaire, Response
from nlp.privacy import mask
from survey.applying.facts import identifying
from survey.filling import Filling
from survey.questionnaires import form_of
from survey.readable import FILES, words_of
from survey.xlsform import Question

FREE = frozenset({"text", "note", "barcode"})
"""Types of questions that are answered in free words."""


@dataclass(frozen=True)
class Told:
    """One answer of an application.

    Attributes:
        label: What was asked.
        text: The answer in words; of a file what it is called here.
        file: The name of the file it is kept under; "" where the answer is none.
    """

    label: str
    text: str
    file: str = ""


def told(
    response: Response,
    questionnaire: Questionnaire,
    person: Person,
    *,
    blind: bool,
    language: str,
) -> Iterator[Told]:
    """Yield what an application says.

    Args:
        response: What was sent.
        questionnaire: The version it answers.
        person: Whose it is; their name is masked in their own words.
        blind: Whether what identifies somebody is left out and names are masked.
        language: In which language the questions are shown; the best the form has.
    """
    form = form_of(questionnaire)
    filling = Filling(form, answers=response.answers, language=language)
    hidden = identifying(form) if blind else frozenset()
    files = 0
    for place in filling.walk():
        element = place.element
        if place.part != "question" or not isinstance(element, Question):
            continue
        value = filling.value(place.path)
        if value is None or element.type == "note" or _plain(element) in hidden:
            continue
        label = filling.label(place.path).text or element.name
        if element.type in FILES:
            files += 1
            name = str(value)
            called = f"{person.code}-{files}.{name.rpartition('.')[2]}" if blind else name
            yield Told(label, called, name)
            continue
        text = words_of(filling, place.path, value)
        if blind and element.type in FREE:
            text = without_names(text, person, language=response.language)
        yield Told(label, text)


def _plain(question: Question) -> str:
    return f"/{'/'.join(question.path)}"


def without_names(text: str, person: Person, *, language: str) -> str:
    """Mask a person's own name and what else tells who they are in a text of theirs."""
    names: Sequence[str] = [each for each in (person.name, *person.nicknames) if each]
    return mask(text, names={person.code: names}, language=language).text
