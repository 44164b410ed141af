"""Passages of a study kept up to date: what is new or changed is cut, and every passage is masked.

Passages follow a correction at once (`survey.interviews.following`): those that changed are gone,
the others lie where their words now lie. Here the stretches without a passage are cut anew; all
others keep their identity, and with it their themes and marks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from sqlmodel import Session, col, select

from data.tables import Passage, Study
from nlp.encoders import text_hash
from nlp.masking_review import Known, known
from nlp.passages import Passage as Piece
from nlp.passages import align, recut
from nlp.passages.alignment import Stretch
from nlp.privacy.entities import models, without_addresses
from nlp.sources import Source, sources
from survey.forgetting import forget_passages, forget_wording

Key = tuple[UUID | None, str]


PART = 50
"""Passages written at once."""


@dataclass
class _Part:
    """What is written in one short transaction.

    Attributes:
        passages: As they are from now on.
        masked: Those of them that were masked anew.
        before: What the `text_hash` of these was.
        gone: Passages whose words are not there any more.
    """

    passages: list[Passage] = field(default_factory=list)
    masked: list[Passage] = field(default_factory=list)
    before: set[str] = field(default_factory=set)
    gone: list[Passage] = field(default_factory=list)

    def write(self, *, session: Session) -> None:
        """Write it down for good."""
        if self.gone:
            forget_passages(self.gone, session=session)
        session.add_all(self.passages)
        session.flush()
        if self.masked:
            forget_wording(self.masked, self.before, session=session)
        session.commit()


def gather(*, session: Session, study_id: UUID) -> int:
    """Cut what is new, mask what is new or was masked with other names, and count the passages.

    All of it is committed, a few passages at a time and none before they are ready: on SQLite one
    writer keeps all others waiting. Where it was interrupted, the next time goes on.
    """
    study = session.get_one(Study, study_id)
    names = known(session=session, study_id=study_id, account_id=None, purpose="masking")
    session.commit()
    digest = names.digest + "".join(f" {model}" for model in sorted(models().values()))
    same_names = study.design.get("masked_with") == digest
    existing = _by_source(session=session, study_id=study_id)
    count, part = 0, _Part()
    with session.no_autoflush:
        for source in sources(session=session, study_id=study_id):
            found = existing.pop((source.turn_id or source.response_id, source.path), [])
            passages = _belonging(found, source)
            if not covers(passages, source.text):
                passages = _cut(passages, source, names, part, study_id=study_id)
            if not same_names:
                _mask_again(passages, source.text, names, part)
            part.passages += passages
            count += len(passages)
            if len(part.passages) >= PART:
                part.write(session=session)
                part = _Part()
        part.gone += [passage for passages in existing.values() for passage in passages]
        study.design = {**study.design, "masked_with": digest}
        session.add(study)
        part.write(session=session)
    return count


def _mask_again(passages: Sequence[Passage], text: str, names: Known, part: _Part) -> None:
    for passage in passages:
        earlier = passage.text_hash
        _mask(passage, text, names)
        if passage.text_hash != earlier:
            part.masked.append(passage)
            part.before.add(earlier)


def _by_source(*, session: Session, study_id: UUID) -> dict[Key, list[Passage]]:
    found: dict[Key, list[Passage]] = {}
    passages = session.exec(
        select(Passage).where(Passage.study_id == study_id).order_by(col(Passage.start))
    )
    for passage in passages:
        found.setdefault((passage.turn_id or passage.response_id, passage.path), []).append(passage)
    return found


def _belonging(passages: list[Passage], source: Source) -> list[Passage]:
    """Give passages to whoever their source now belongs to."""
    for passage in passages:
        passage.person_id, passage.day = source.person.id, source.day
    return passages


def covers(passages: Sequence[Stretch], text: str) -> bool:
    """Whether nothing but white space lies between and around passages.

    Args:
        passages: Passages in order, as they are kept or as they were cut.
        text: The text they lie in.
    """
    place = 0
    for passage in passages:
        if passage.start < place or text[place : passage.start].strip():
            return False
        place = passage.end
    return place <= len(text) and not text[place:].strip()


def _cut(
    passages: list[Passage], source: Source, names: Known, part: _Part, *, study_id: UUID
) -> list[Passage]:
    """Cut what has no passage; those still whole keep their identity, the others are to go."""
    text = source.text
    inside = [passage for passage in passages if passage.end <= len(text)]
    pieces = recut(inside, text, text, languages=source.person.languages)
    same = align(inside, text, text, pieces)
    by_id = {passage.id: passage for passage in passages}
    made = [
        _kept(by_id.pop(same[index]), piece)
        if index in same
        else _made(piece, source, names, study_id=study_id)
        for index, piece in enumerate(pieces)
    ]
    part.gone += by_id.values()
    return made


def _kept(passage: Passage, piece: Piece) -> Passage:
    """Put a passage where its words now lie."""
    passage.start, passage.end = piece.start, piece.end
    return passage


def _made(piece: Piece, source: Source, names: Known, *, study_id: UUID) -> Passage:
    passage = Passage(
        id=uuid4(),
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
    _mask(passage, source.text, names)
    return passage


def _mask(passage: Passage, text: str, names: Known) -> None:
    masked = names.mask(text[passage.start : passage.end], language=passage.language)
    passage.masked = without_addresses(masked.text, passage.language)
    passage.text_hash = text_hash(passage.masked)
