"""One sending of a visitor: what was filled in, whether it is kept, and what they are told."""

from __future__ import annotations

import datetime as dt
from html import escape

from starlette.responses import JSONResponse, Response

from data.database import open_session
from i18n import Message, Refusal, say, translate
from server.public.drawing import Drawing
from server.public.known import Known
from server.public.page import HEADERS, Shell, answer, interface, said
from server.public.reading import Sent, fill, press, uploads
from server.public.received import received_html
from server.public.showing import Asked, form_html, not_now, shell_of
from survey.audience.receipts import spell
from survey.audience.receiving import (
    UNREADABLE,
    AnsweredError,
    NotOpenError,
    Sending,
    UnnamedError,
    receive,
)
from survey.responses import ConflictError, ResponseError


class Case:
    """What a visitor sent, read against the questionnaire of its link.

    Args:
        known: The link.
        sent: What the page sent.
        script: Whether the page's own script asks, which wants data and no page.
    """

    def __init__(self, known: Known, sent: Sent, *, script: bool) -> None:
        offered = known.link.languages
        language = sent.said.get("language", "")
        self.known = known
        self.sent = sent
        self.script = script
        self.asked = Asked(language if language in offered else offered[0])
        self.filling = fill(
            known.form, sent, language=self.asked.language, prefilled=known.link.prefilled
        )
        self.pressed = press(self.filling, sent.said.get("do", ""))

    def take(self, device: str) -> Response:
        """Keep what was sent, unless something is wrong with it, and say so.

        Args:
            device: The device that sends; empty where it is not known.

        Raises:
            SQLAlchemyError: The database cannot keep it now; it may be sent again.
        """
        if not self.script and self._goes_on():
            return self._again({})
        kiosk = self.known.link.kind == "kiosk"
        if self.sent.instance_id is None or not (device or kiosk):
            return self._no(UNREADABLE, 400)
        if problems := {each.path: self._worded(each.message) for each in self.filling.problems()}:
            return self._again(problems)
        sending = Sending(
            instance_id=self.sent.instance_id,
            receipt=self.sent.said.get("receipt", ""),
            answers=self.filling.submission(),
            language=self.asked.language,
            device="" if kiosk else device,
            name=self.sent.said.get("name", ""),
            age=dt.timedelta(seconds=self._seconds()),
            uploads=uploads(self.filling, self.sent),
        )
        try:
            with open_session() as session:
                receive(self.known.link.id, sending, session=session)
                session.commit()
        except Refusal as refusal:
            return self._refused(refusal)
        return self._received(sending.receipt)

    def _goes_on(self) -> bool:
        """Tell whether there is more to read before it is sent, where no script follows."""
        shown = {place.path for place in self.filling.walk() if place.part == "question"}
        return self.pressed or not shown <= self.sent.seen

    def _seconds(self) -> int:
        text = self.sent.said.get("age", "0")
        return int(text[:7]) if text.isascii() and text.isdigit() else 0

    def _worded(self, message: Message | str) -> str:
        """Return a sentence of ours in the visitor's language; one of the form's as it stands."""
        if isinstance(message, str):
            return message
        return translate(message, interface(self.asked.language))

    def _data(self, told: dict[str, object], status: int = 200) -> Response:
        return JSONResponse(told, status, headers=HEADERS)

    def _again(self, problems: dict[str, str]) -> Response:
        """Show the questions with what was answered and what is wrong."""
        if self.script:
            language = interface(self.asked.language)
            drawn = Drawing(self.filling, language=language, problems=problems).html()
            return self._data({"form": drawn, "name": problems.get("name", "")}, 422)
        form = form_html(
            self.known,
            self.asked,
            self.filling,
            problems=problems,
            hidden={key: self.sent.said.get(key, "") for key in ("instance", "receipt", "ticket")},
            name=self.sent.said.get("name", ""),
        )
        shell = shell_of(self.known, self.asked, query="")
        return answer(shell, form, status=422 if problems else 200)

    def _refused(self, refusal: Refusal) -> Response:
        """Say why it is not kept."""
        match refusal:
            case ResponseError():
                return self._again(
                    {each.path: self._worded(each.message) for each in refusal.problems}
                )
            case UnnamedError():
                return self._again({"name": self._worded(refusal.messages[0])})
            case NotOpenError():
                if self.script:
                    return self._data({"over": True}, 410)
                return not_now(self.known, self.asked, state=refusal.state)
            case AnsweredError() | ConflictError():
                return self._no(refusal.messages[0], 409)
        return self._no(refusal.messages[0], 422)

    def _no(self, message: Message, status: int) -> Response:
        if self.script:
            return self._data({"message": self._worded(message)}, status)
        return said(self.asked.language, say("Not received"), message, status=status)

    def _received(self, receipt: str) -> Response:
        language = interface(self.asked.language)
        link = self.known.link
        title = translate(say("Received. Thank you."), language)
        again = f"/q/{link.slug}?lang={self.asked.language}" if link.many else ""
        content = received_html(language, spell(receipt), escape(again))
        if self.script:
            return self._data({"title": title, "html": content})
        return answer(Shell(self.asked.language, title), content)
