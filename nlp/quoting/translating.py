"""Translations of quotations: each names its translator and its checker."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import Session, select

from data.history import record
from data.tables import Passage, Quotation, QuotationTranslation
from data.tables.base import now
from i18n import canonical, say
from nlp.masking_review import known
from nlp.quoting.refusal import QuotingError
from nlp.quoting.shelf import changing
from nlp.quoting.wording import words_of

LONGEST_NAME = 200


def translate(
    quotation_id: UUID,
    text: str,
    *,
    language: str,
    translator: str,
    machine: bool,
    seen: int,
    session: Session,
    account_id: UUID | None,
) -> QuotationTranslation | None:
    """Keep a quotation in another language; a changed one has to be checked again.

    Known names are masked in it, as they are in the original.

    Args:
        quotation_id: The quotation.
        text: The translation; empty takes it away.
        language: BCP 47 tag of the translation.
        translator: Who translated: a person, or the name and version of a programme.
        machine: Whether it was a programme.
        seen: The quotation's `revision` that whoever translates had before their eyes.
        session: The caller's transaction.
        account_id: Who wrote it down.

    Raises:
        QuotingError: Nobody is named, the original is in that language or gone, or somebody
            changed the quotation meanwhile.
    """
    tag, translator, text = canonical(language), _name(translator), text.strip()
    quotation = changing(quotation_id, seen=seen, session=session)
    passage = session.get(Passage, quotation.passage_id) if quotation.passage_id else None
    if passage is None or words_of(quotation, passage) is None:
        raise QuotingError(say("These words read differently by now. Choose them again first."))
    if passage.language == tag:
        raise QuotingError(say("The original is in this language."))
    kept = _find(quotation, tag, session=session)
    if not text:
        if kept:
            session.delete(kept)
            session.flush()
            _record("quotation.translation_removed", quotation, tag, session, account_id)
        return None
    if not translator:
        raise QuotingError(say("Say who translated it, or which programme."))
    names = known(
        session=session,
        study_id=quotation.study_id,
        account_id=account_id,
        purpose="masking a translation",
    )
    text = names.mask(text, language=tag).text
    kept = kept or QuotationTranslation(
        quotation_id=quotation.id, passage_id=passage.id, language=tag, text="", translator=""
    )
    if (kept.text, kept.translator, kept.machine) != (text, translator, machine):
        kept.text, kept.translator, kept.machine = text, translator, machine
        kept.checker, kept.checked_at, kept.account_id = "", None, account_id
    session.add(kept)
    session.flush()
    _record("quotation.translated", quotation, tag, session, account_id)
    return kept


def check(
    quotation_id: UUID,
    *,
    language: str,
    checker: str,
    seen: int,
    session: Session,
    account_id: UUID | None,
) -> QuotationTranslation:
    """Write down who compared a translation with the original; only then is it printed.

    Raises:
        QuotingError: Nobody is named, or the translator; there is no translation; somebody changed
            the quotation meanwhile.
    """
    checker = _name(checker)
    quotation = changing(quotation_id, seen=seen, session=session)
    kept = _find(quotation, canonical(language), session=session)
    if kept is None:
        raise QuotingError(say("There is no translation to be checked."))
    if not checker:
        raise QuotingError(say("Say who compared it with the original."))
    if checker.casefold() == kept.translator.casefold():
        raise QuotingError(say("A translation is checked by somebody else than its translator."))
    kept.checker, kept.checked_at = checker, now()
    session.add(kept)
    session.flush()
    _record("quotation.translation_checked", quotation, kept.language, session, account_id)
    return kept


def _name(name: str) -> str:
    return " ".join(name.split())[:LONGEST_NAME]


def _find(quotation: Quotation, tag: str, *, session: Session) -> QuotationTranslation | None:
    return session.exec(
        select(QuotationTranslation).where(
            QuotationTranslation.quotation_id == quotation.id, QuotationTranslation.language == tag
        )
    ).first()


def _record(
    action: str, quotation: Quotation, tag: str, session: Session, account_id: UUID | None
) -> None:
    record(
        action,
        session=session,
        study_id=quotation.study_id,
        account_id=account_id,
        subject="quotation",
        subject_id=quotation.id,
        language=tag,
    )
