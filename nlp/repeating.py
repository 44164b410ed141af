"""Would the same run give the same themes today?"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from sqlmodel import Session

from data.tables import ThemeRun
from i18n import Message, say
from nlp.analysis import frame
from nlp.cards import made_of


def changed(run: ThemeRun, *, session: Session) -> list[Message]:
    """Say what is no longer as it was when a run was made.

    Nothing: the same settings give the same themes, to the last digit on the same kind of
    processor.

    Args:
        run: The run, with its card.
        session: Where its study's passages are now.
    """
    card = run.quality
    now = made_of(frame(session=session, study_id=run.study_id))
    told = []
    if card.get("passages_digest") != now["passages_digest"]:
        told.append(say("The passages are not the same: some came, went or were corrected."))
    if card.get("reference_digest") != now["reference_digest"]:
        told.append(say("The reference sentences that make languages comparable have changed."))
    for name, before in (card.get("versions") or {}).items():
        installed = _version(name)
        if installed != before:
            told.append(
                say(
                    "{package} is {installed} now; it was {before}.",
                    package=name,
                    installed=installed,
                    before=before,
                )
            )
    return told


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "–"
