"""Filling questionnaires in: answers, what follows from them, and what is wrong with them.

Example:
    >>> from survey.xlsform import load
    >>> form = load(b'''
    ... | survey |
    ... |        | type         | name | label           | relevant  | required |
    ... |        | begin repeat | take | Take            |           |          |
    ... |        | integer      | made | How many?       |           | yes      |
    ... |        | text         | why  | Why this one?   | ${made}>1 |          |
    ... |        | end repeat   |      |                 |           |          |
    ... ''', file_type=".md")
    >>> filling = Filling(form)
    >>> filling.answer("/data/take[1]/made", 3)
    >>> filling.relevant("/data/take[1]/why")
    True
    >>> filling.add_repeat("/data/take")
    2
    >>> [(problem.path, problem.kind) for problem in filling.problems()]
    [('/data/take[2]/made', 'required')]
    >>> filling.remove_repeat("/data/take", 2)
    >>> filling.submission()
    {'take': [{'made': 3}]}

For screens: `walk()` yields what is to be drawn now, in order, as `Place`; `label`, `hint`,
`guidance` return `Shown` (its `text`, and `missing` where another language stands in); `choices`
returns `Offer`; `media`, `required`, `readonly`, `value`, `problem` answer for one path;
`language` can be set at any time; `draft()` keeps also what is not relevant now, and goes back in
as `answers=`. Pass `answers=None` for a new filling: only then do default answers appear.
`repeat_count`, `add_repeat`, `remove_repeat` work on repeats (`/data/take`); `instance_xml` and
`Filling.from_xml` speak OpenRosa. The server checks answers from anywhere with `validate`.
"""

from survey.filling.addresses import AddressError
from survey.filling.documents import InstanceError
from survey.filling.filling import Filling
from survey.filling.offering import Offer
from survey.filling.problems import AnswerProblem
from survey.filling.screen import Place
from survey.filling.texts import Shown
from survey.filling.validation import Validated, validate

__all__ = [
    "AddressError",
    "AnswerProblem",
    "Filling",
    "InstanceError",
    "Offer",
    "Place",
    "Shown",
    "Validated",
    "validate",
]
