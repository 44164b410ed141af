"""What a visitor reads when their answer was received."""

from __future__ import annotations

from html import escape
from urllib.parse import urlsplit

from i18n import say, translate
from settings import settings

DELETING = "/q/receipt"


def received_html(language: str, receipt: str, again: str = "", *, delete_at: bool = False) -> str:
    """Return what stands on a receipt.

    Args:
        language: The interface language.
        receipt: Its code, as it is read; a mark where a page fills it in.
        again: Where one may answer again; empty where one may not.
        delete_at: Whether the address for deleting is written out, on a screen that has no links.
    """
    keep = translate(
        say("With this code you can delete your answer at any time. We do not know whose it is:"),
        language,
    )
    code = f'<p>{escape(keep)}</p><p class="code" translate="no">{escape(receipt)}</p>'
    if delete_at:
        host = urlsplit(settings().public_url).netloc
        where = translate(say("Delete it at {address}", address=f"{host}{DELETING}"), language)
        return f'{code}<p class="quiet">{escape(where)}</p>'
    delete = escape(translate(say("Delete an answer"), language))
    once_more = escape(translate(say("Answer once more"), language))
    more = f'<p><a href="{escape(again)}">{once_more}</a></p>' if again else ""
    return f'{code}<p class="quiet"><a href="{DELETING}">{delete}</a></p>{more}'
