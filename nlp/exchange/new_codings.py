"""The codings of a file as codings of the study."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID

from sqlmodel import Session, select

from data.tables import Account, Membership
from data.tables import Coding as CodingRow
from data.tables.base import now
from i18n import Message, say
from nlp.coding.blind import finished
from nlp.coding.marking import LONGEST_MEMO
from nlp.coding.places import Place, place_of
from nlp.exchange.findings import Findings
from nlp.exchange.gathering import DECIDED, NAMED
from nlp.exchange.guids import guid_of
from nlp.exchange.here import Part
from nlp.exchange.keys import own_key
from nlp.exchange.matching import Match
from nlp.exchange.model import Coding, Project, Selection
from nlp.masking_review import Known

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
Stretch = tuple[Place, UUID, UUID | None, str, int, int]
"""What makes two codings the same: text, code, coder, version, start and end."""


class Codings:
    """Finds for every coding of a file the one it is here, and makes those that are not.

    Attributes:
        new: Codings that are not here yet.
        gone: Codings that are here otherwise than in the file, in whose place new ones come.
        accounts: Coders who are not here yet. They cannot sign in.
        known: How many codings were here already.
    """

    def __init__(
        self,
        project: Project,
        names: Known,
        codes: Mapping[str, UUID],
        texts: Mapping[str, Match],
        *,
        session: Session,
        study_id: UUID,
        account_id: UUID | None,
        trusted: bool,
        left: Findings,
        remarks: Findings,
    ) -> None:
        self._project, self._names, self._codes, self._texts = project, names, codes, texts
        self._session, self._study_id, self._account_id = session, study_id, account_id
        self._left, self._remarks = left, remarks
        self._notes = {note.guid: note.text for note in project.notes}
        rows = session.exec(select(CodingRow).where(CodingRow.study_id == study_id)).all()
        self._rows = {row.id: row for row in rows}
        self._coders = {row.account_id for row in rows}
        self._there = {
            _stretch(row) for row in rows if row.removed_at is None and row.lost_at is None
        }
        self._taken: set[UUID] = set()
        members = session.exec(
            select(Membership.account_id).where(Membership.study_id == study_id)
        ).all()
        self._members = set(members) if trusted else {account_id} & set(members)
        self._known_members = set(members)
        self._done = finished(session=session, study_id=study_id)
        self._authors: dict[str, UUID] = {}
        self.new: list[CodingRow] = []
        self.gone: list[CodingRow] = []
        self.accounts: list[Account] = []
        self.known = 0

    def take(self) -> None:
        """Take all of them."""
        for selection in self._project.selections:
            if not selection.codings:
                self._left.count(say("Remarks on passages without a code: {count}.", count=1))
            for coding in selection.codings:
                if refused := self._take(selection, coding):
                    self._left.note(refused)

    def _take(self, selection: Selection, coding: Coding) -> Message | None:
        """Take a coding; return why not, where not."""
        match = self._texts[selection.source]
        said = {"name": match.here.name, "start": selection.start, "end": selection.end}
        code = self._codes.get(coding.code)
        if code is None:
            return say("“{name}”, {start}–{end}: its code is not taken.", **said)
        if self._as_it_left(selection, coding, code, match):
            self.known += 1
            return None
        stretches = match.stretches(selection.start, selection.end)
        if not stretches:
            return say("“{name}”, {start}–{end}: these words are not in the text here.", **said)
        if len(stretches) > 1:
            self._remarks.count(
                say("Codings across several speakers, one for each now: {count}.", count=1)
            )
        for number, (part, start, end) in enumerate(stretches):
            guid = coding.guid if number == 0 else guid_of(coding.guid, number)
            row = self._row(guid, selection, coding, code, part)
            row.start, row.end = start, end
            if refused := self._keep(row):
                return Message(refused.text, said)
        return None

    def _as_it_left(self, selection: Selection, coding: Coding, code: UUID, match: Match) -> bool:
        """Whether a coding is here and would leave just as the file has it.

        A stretch may begin or end within a name; where that is masked, the whole of it leaves.
        """
        row = self._here(UUID(coding.guid))
        if row is None or row.removed_at is not None or row.lost_at is not None:
            return False
        there = match.here.there(place_of(row), row.start, row.end)
        same = there is not None and there == match.carrying.carry(selection.start, selection.end)
        memo = self._names.mask(row.memo, language="und").text
        return same and row.code_id == code and memo == self._memo(selection, coding)

    def _row(
        self, guid: str, selection: Selection, coding: Coding, code: UUID, part: Part
    ) -> CodingRow:
        moment = coding.made_at or selection.made_at or now()
        return CodingRow(
            id=UUID(guid),
            study_id=self._study_id,
            person_id=part.person_id,
            code_id=code,
            account_id=self._author(coding.user or selection.user),
            start=0,
            end=0,
            version="decided" if (coding.user or selection.user) == DECIDED else "own",
            memo=self._memo(selection, coding),
            created_at=min(max(moment, EARLIEST), now()),
            **part.place.columns,
        )

    def _keep(self, row: CodingRow) -> Message | None:
        """Keep a coding, unless it is here; return why not, where not."""
        here = self._here(row.id)
        changed = row.id
        if here is not None and here.lost_at is None:
            row.account_id = here.account_id
            changed = UUID(guid_of(here.id, *_stretch(row)[1:], row.memo))
            if here.removed_at is not None and changed not in self._rows:
                return say("“{name}”, {start}–{end}: this coding was taken away here.")
            same = changed in self._rows or (_stretch(row), row.memo) == (_stretch(here), here.memo)
            if not same and not self._may_change(here):
                return say("“{name}”, {start}–{end}: only its coder can change this coding.")
        else:
            same = here is not None or _stretch(row) in self._there
        if same:
            self.known += 1
            return None
        if row.version == "own" and row.account_id in self._done.get(place_of(row), ()):
            return say("“{name}”, {start}–{end}: its coder has finished this text.")
        if here is not None:
            self.gone.append(here)
            self._remarks.count(say("Codings that were changed elsewhere: {count}.", count=1))
            row.id = changed
        row.id = self._free(row.id)
        self._there.add(_stretch(row))
        self.new.append(row)
        return None

    def _here(self, key: UUID) -> CodingRow | None:
        return self._rows.get(key) or self._rows.get(own_key(key, study_id=self._study_id))

    def _free(self, key: UUID) -> UUID:
        taken = key in self._taken or self._session.get(CodingRow, key) is not None
        key = own_key(key, study_id=self._study_id) if taken else key
        self._taken.add(key)
        return key

    def _may_change(self, row: CodingRow) -> bool:
        """Whether the file may change a coding: of whoever brings it, or of nobody here."""
        return row.account_id in self._members or row.account_id not in self._known_members

    def _memo(self, selection: Selection, coding: Coding) -> str:
        guids = (*selection.notes, *coding.notes)
        texts = [selection.description, *(self._notes.get(guid, "") for guid in guids)]
        memo = "\n\n".join(text.strip() for text in texts if text.strip())
        if len(memo) > LONGEST_MEMO:
            self._remarks.count(say("Memos that were too long and were cut: {count}.", count=1))
        return self._names.mask(memo[:LONGEST_MEMO], language="und").text if memo else ""

    def _author(self, guid: str) -> UUID | None:
        """Return the account of a coder: a member of the study, or one from elsewhere.

        None is who left.
        """
        if guid in NAMED:
            return self._account_id if guid == DECIDED else None
        guid = guid or guid_of("unknown coder", self._study_id)
        if guid not in self._authors:
            self._authors[guid] = self._account(UUID(guid))
        return self._authors[guid]

    def _account(self, key: UUID) -> UUID:
        own = own_key(key, study_id=self._study_id)
        for each in (key, own):
            if each in self._members or (each in self._coders - self._known_members):
                return each
        if self._session.get(Account, key) is not None:
            key = own
        if self._session.get(Account, key) is None:
            self.accounts.append(Account(id=key, disabled=True))
        return key


def _stretch(row: CodingRow) -> Stretch:
    own = row.version == "own"
    author = row.account_id if own else None
    return (place_of(row), row.code_id, author, row.version, row.start, row.end)
