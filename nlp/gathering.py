"""Passages of a study kept up to date: new texts are cut, and every passage is masked."""

from __future__ import annotations

import json
from hashlib import sha256
from uuid import UUID

from sqlmodel import Session, col, select

from data.tables import Passage, Study
from nlp.encoders import text_hash
from nlp.passages import cut
from nlp.privacy import mask
from nlp.sources import Source, sources
from survey.people import names_of

Key = tuple[UUID | None, str]


def gather(*, session: Session, study_id: UUID) -> int:
    """Cut what is new, mask what is new or was masked with other names, and count the passages."""
    study = session.get_one(Study, study_id)
    names = names_of(session=session, study_id=study_id, account_id=None, purpose="masking")
    digest = sha256(json.dumps(names, sort_keys=True).encode()).hexdigest()
    same_names = study.design.get("masked_with") == digest
    existing = _by_source(session=session, study_id=study_id)
    count = 0
    for source in sources(session=session, study_id=study_id):
        passages = existing.get((source.turn_id or source.response_id, source.path), [])
        if not passages:
            passages = _cut(source, names, study_id=study_id)
            session.add_all(passages)
        elif not same_names:
            for passage in passages:
                _mask(passage, source, names)
                session.add(passage)
        count += len(passages)
    study.design = {**study.design, "masked_with": digest}
    session.add(study)
    session.flush()
    return count


def _by_source(*, session: Session, study_id: UUID) -> dict[Key, list[Passage]]:
    found: dict[Key, list[Passage]] = {}
    passages = session.exec(
        select(Passage).where(Passage.study_id == study_id).order_by(col(Passage.start))
    )
    for passage in passages:
        found.setdefault((passage.turn_id or passage.response_id, passage.path), []).append(passage)
    return found


def _cut(source: Source, names: dict[str, list[str]], *, study_id: UUID) -> list[Passage]:
    made = []
    for piece in cut(source.text, languages=source.person.languages):
        passage = Passage(
            study_id=study_id,
            person_id=source.person.id,
            turn_id=source.turn_id,
            response_id=source.response_id,
            path=source.path,
            start=piece.start,
            end=piece.end,
            language=piece.language,
            masked="",
            text_hash="",
            day=source.day,
        )
        _mask(passage, source, names)
        made.append(passage)
    return made


def _mask(passage: Passage, source: Source, names: dict[str, list[str]]) -> None:
    text = source.text[passage.start : passage.end]
    passage.masked = mask(text, names=names, language=passage.language).text
    passage.text_hash = text_hash(passage.masked)
