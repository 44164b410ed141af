"""Deleting an answer with the code of its receipt."""

from __future__ import annotations

from functools import partial
from html import escape

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from data.database import open_session, trouble
from i18n import Message, say, translate
from server.origin import is_own
from server.paper import language_of
from server.public import tickets
from server.public.answering import keep
from server.public.bodies import TooLargeError, read_body
from server.public.page import Shell, answer, said
from server.public.reading import gather
from server.public.showing import give
from survey.audience.receipts import ReceiptError

TITLE = say("Delete an answer")


async def receipt(request: Request) -> Response:
    """Ask for the code of a receipt, or delete the answer it belongs to."""
    language = language_of(request)
    if request.method != "POST" or not is_own(request):
        return _asking(request, language)
    try:
        sent = gather(await read_body(request))
        await keep(partial(_delete, sent.said.get("code", "")))
    except ReceiptError as error:
        return _asking(request, language, error.messages[0])
    except TooLargeError:
        return _asking(request, language)
    except SQLAlchemyError as error:
        return said(language, say("Not right now"), trouble(error), status=503)
    return said(
        language,
        say("Your answer is deleted"),
        say("It is gone for good, with everything that was made from it."),
    )


def _delete(code: str) -> None:
    from data import erasing  # seldom needed, and it brings much along
    from survey.audience.deleting import delete_answer

    with open_session() as session:
        delete_answer(code, session=session)
        session.commit()
    erasing.scrub()


def _asking(request: Request, language: str, wrong: Message | None = None) -> Response:
    def told(message: Message) -> str:
        return escape(translate(message, language))

    problem = f'<p class="wrong" role="alert">{told(wrong)}</p>' if wrong else ""
    sentence = told(say("Type the code that you were given after sending. This cannot be undone."))
    content = (
        f"<p>{sentence}</p>"
        f'<form method="post" autocomplete="off"><fieldset class="question">'
        f'<legend><label for="code">{told(say("Code"))}</label></legend>'
        f'<input id="code" name="code" maxlength="30" required autocapitalize="none">{problem}'
        f'</fieldset><button class="primary">{told(say("Delete my answer for good"))}</button>'
        "</form>"
    )
    shell = Shell(language, translate(TITLE, language))
    response = answer(shell, content, status=400 if wrong else 200)
    if tickets.read(request.cookies.get(tickets.COOKIE, "")) is None:
        give(response, tickets.issue())  # this page has no script that could prove anything
    return response


routes = [Route("/q/receipt", receipt, methods=["GET", "POST"])]
