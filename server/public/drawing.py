"""A questionnaire as HTML with the browser's own fields: every text in it is escaped."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape

from i18n import Message, say, translate
from server.public import fields
from server.public.reading import TURNS
from survey.audience.conditions import conditions
from survey.audience.fitting import SILENT
from survey.filling import Filling
from survey.xlsform import Form, Group, Question, Repeat
from survey.xlsform.kinds import NOTED
from survey.xlsform.model import Element


class Drawing:
    """Draws a filling.

    Args:
        filling: What is asked and answered; its language is that of the questions.
        language: The interface language, of what we say ourselves.
        problems: What is wrong, by path.
        prefix: Put before identifiers, where a page holds the form several times.
    """

    def __init__(
        self,
        filling: Filling,
        *,
        language: str,
        problems: dict[str, str] | None = None,
        prefix: str = "",
    ) -> None:
        self.filling = filling
        self.language = language
        self.problems = problems or {}
        self.prefix = prefix
        self.conditions = conditions(filling.form)

    def say(self, message: Message) -> str:
        """Return a sentence of ours, escaped."""
        return escape(translate(message, self.language))

    def html(self) -> str:
        """Return everything that is asked now, and what may come to be asked."""
        root = self.filling.form.root
        return "".join(self._inside(root, f"/{root.name}"))

    def _inside(self, section: Group | Repeat, path: str) -> Iterator[str]:
        for element in section.children:
            inner = f"{path}/{element.name}"
            if isinstance(element, Repeat):
                yield from self._repeat(element, inner)
            elif isinstance(element, Group):
                yield from self._group(element, inner)
            elif element.type == "hidden":
                yield self._hidden(inner)
            elif element.type not in SILENT | NOTED:
                yield from self._question(element, inner)

    def _when(self, path: str) -> str | None:
        """Return the attributes that say when something is shown; None where it is not drawn."""
        condition = self.conditions.get(path)
        shown = self.filling.relevant(path)
        if condition is None:
            return "" if shown else None
        told = {"of": condition.looks_at, "shown": sorted(map("\t".join, condition.shown))}
        away = "" if shown else " hidden disabled"
        return f' data-when="{escape(json.dumps(told, ensure_ascii=False))}"{away}'

    def _group(self, group: Group, path: str) -> Iterator[str]:
        when = self._when(path)
        if when is None:
            return
        title = wording(self.filling.label(path).text)
        yield f'<fieldset class="group"{when}>'
        if title:
            yield f"<legend>{title}</legend>"
        yield from self._inside(group, path)
        yield "</fieldset>"

    def _repeat(self, repeat: Repeat, path: str) -> Iterator[str]:
        if not self.filling.relevant(path):
            return
        count, fixed = self.filling.repeat_count(path), repeat.count is not None
        title = wording(self.filling.label(path).text)
        yield '<fieldset class="group">'
        if title:
            yield f"<legend>{title}</legend>"
        if not fixed:
            yield f'<input type="hidden" name="{escape(TURNS + path)}" value="{count}">'
        for number in range(1, count + 1):
            turn = f"{path}[{number}]"
            yield '<div class="turn">'
            yield from self._inside(repeat, turn)
            if not fixed and count > 1:
                yield self._button(f"remove:{turn}", say("Remove"))
            yield "</div>"
        if not fixed:
            yield self._button(f"add:{path}", say("One more"))
        yield "</fieldset>"

    def _button(self, does: str, said: Message) -> str:
        return (
            f'<button class="plain" name="do" value="{escape(does)}" formnovalidate>'
            f"{self.say(said)}</button>"
        )

    def _hidden(self, path: str) -> str:
        value = self.filling.value(path)
        if value is None:
            return ""
        return f'<input type="hidden" name="a:{escape(path)}" value="{escape(str(value))}">'

    def _question(self, question: Question, path: str) -> Iterator[str]:
        when = self._when(path)
        if when is None:
            return
        asked = self._asked(question, path)
        wrong = self.problems.get(path, "")
        legend = wording(self.filling.label(path).text)
        star = '<span class="must" aria-hidden="true"> *</span>' if asked.required else ""
        yield (
            f'<fieldset class="question {question.type}" data-path="{escape(path)}"'
            f' id="{escape(asked.key)}"{when} data-missing="{escape(self._missing(question))}">'
        )
        yield f'<input type="hidden" name="seen" value="{escape(path)}">'
        tag, whose = ("label", f' for="{escape(asked.key)}-0"') if asked.one_box else ("span", "")
        yield f"<legend><{tag}{whose}>{legend}{star}</{tag}></legend>"
        if hint := wording(self.filling.hint(path).text):
            yield f'<p class="hint" id="{escape(asked.key)}-hint">{hint}</p>'
        yield fields.draw(asked)
        yield f'<p class="wrong" role="alert">{escape(wrong)}</p>' if wrong else ""
        yield "</fieldset>"

    def _asked(self, question: Question, path: str) -> fields.Asked:
        fixed = self.filling.readonly(path) or question.calculation is not None
        return fields.Asked(
            question=question,
            path=path,
            key=f"{self.prefix}q{path.replace('/', '-').replace('[', '-').replace(']', '')}",
            value=self.filling.value(path),
            choices=self.filling.choices(path) if question.choices else [],
            required=self._required(question, path),
            fixed=fixed,
            language=self.language,
        )

    def _required(self, question: Question, path: str) -> bool:
        """Whether the browser may insist: the rule is the same whatever else is answered."""
        if question.required is None or question.type == "note":
            return False
        return question.required.always is True or self.filling.required(path)

    def _missing(self, question: Question) -> str:
        """Return what is said where an answer is missing."""
        texts = question.required_message
        own = texts.get(self.filling.language) or texts.get(self.filling.form.default_language)
        if own and "${" not in own:
            return own
        return translate(say("This question must be answered."), self.language)


def is_live(form: Form) -> bool:
    """Tell whether a page must ask the server what follows from an answer."""
    return any(_follows(form, element) for element in form.walk())


def _follows(form: Form, element: Element) -> bool:
    conditional = element.relevant is not None and element.relevant.always is not True
    if conditional and "/" + "/".join(element.path) not in conditions(form):
        return True
    texts = [*element.label.values(), *element.hint.values()]
    if any("${" in text or "instance(" in text for text in texts):
        return True
    if not isinstance(element, Question):
        return isinstance(element, Repeat)
    source = element.choices
    changing = source is not None and (source.filter is not None or source.answers is not None)
    worked_out = element.calculation is not None and element.type not in SILENT
    return changing or worked_out


def wording(text: str) -> str:
    r"""Return a text of a form as HTML: escaped, with its line breaks and its emphasis.

    Example:
        >>> wording("**Now**\n<b>")
        '<strong>Now</strong><br>&lt;b&gt;'
    """
    safe = escape(text.strip())
    parts = safe.split("**")
    if len(parts) % 2:
        safe = "".join(
            f"<strong>{part}</strong>" if number % 2 else part for number, part in enumerate(parts)
        )
    return safe.replace("\n", "<br>")
