"""Codes of a file as codes of the codebook: those that are here already, and new ones."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlmodel import Session, select

from data.tables import Code as CodeRow
from i18n import say
from nlp.coding.codebook import DEEPEST, branches
from nlp.coding.editing import LONGEST_NAME, LONGEST_TEXT, MOST_CODES, MOST_EXAMPLES
from nlp.exchange.colours import nearest
from nlp.exchange.definition import taken_apart
from nlp.exchange.findings import Findings
from nlp.exchange.keys import free_key, own_key
from nlp.exchange.model import Code, Note
from nlp.masking_review import Known


class Codes:
    """Finds for every code of a file the one it is here.

    A code is the same by its key, also if it was renamed or became part of another one here; or by
    its name below the same code; or by its name if there is only one of that name.

    Attributes:
        new: Codes that are not here yet, each before those below it.
        found: For each GUID of the file the key of the code.
        known: How many were here already.
    """

    def __init__(
        self,
        notes: Mapping[str, Note],
        names: Known,
        *,
        session: Session,
        study_id: UUID,
        account_id: UUID | None,
        left: Findings,
        remarks: Findings,
    ) -> None:
        self._notes, self._names = notes, names
        self._session, self._study_id, self._account_id = session, study_id, account_id
        self._left, self._remarks = left, remarks
        standing = branches(session=session, study_id=study_id)
        self._depth = {branch.code.id: branch.depth for branch in standing}
        self._by_name: dict[tuple[UUID | None, str], UUID] = {
            (branch.code.parent_id if branch.depth else None, branch.code.name.casefold()): (
                branch.code.id
            )
            for branch in standing
        }
        self._behind: dict[UUID | None, int] = {}
        for branch in standing:
            parent = branch.code.parent_id if branch.depth else None
            self._behind[parent] = max(self._behind.get(parent, -1), branch.code.position)
        self._rows = {
            str(row.id): row
            for row in session.exec(select(CodeRow).where(CodeRow.study_id == study_id))
        }
        self.new: list[CodeRow] = []
        self.found: dict[str, UUID] = {}
        self.known = 0

    def take(self, code: Code, parent: UUID | None = None) -> None:
        """Take a code and those below it."""
        key = self._here(code, parent)
        if key is None and self._row(code) is not None:
            self._left.note(say("The code “{name}” was taken out here.", name=code.name))
            for child in code.children:
                self.take(child, parent)
            return
        if key is None:
            key = self._made(code, parent)
        else:
            self.known += 1
        if key is None:
            return
        self.found[code.guid] = key
        if not code.codable:
            self._remarks.count(say("Folders of codes that became codes: {count}.", count=1))
        deep = self._depth[key] + 1 >= DEEPEST
        if deep and code.children:
            self._remarks.note(
                say("What is below “{name}” stands beside it: codes stand {most} levels deep.",
                    name=code.name, most=DEEPEST)
            )  # fmt: skip
        for child in code.children:
            self.take(child, parent if deep else key)

    def _row(self, code: Code) -> CodeRow | None:
        """Return the code of this study that came under a GUID, whatever became of it."""
        own = str(own_key(UUID(code.guid), study_id=self._study_id))
        return self._rows.get(code.guid) or self._rows.get(own)

    def _here(self, code: Code, parent: UUID | None) -> UUID | None:
        row = self._row(code)
        for _ in range(len(self._rows)):
            if row is None or row.merged_into is None:
                break
            row = self._rows.get(str(row.merged_into))
        if row is not None and row.removed_at is None:
            return row.id
        if self._row(code) is not None:
            return None
        name = code.name.casefold()
        if (parent, name) in self._by_name:
            return self._by_name[parent, name]
        alike = [key for (_, other), key in self._by_name.items() if other == name]
        return alike[0] if len(alike) == 1 and alike[0] not in self._fresh else None

    @property
    def _fresh(self) -> set[UUID]:
        return {row.id for row in self.new}

    def _made(self, code: Code, parent: UUID | None) -> UUID | None:
        if len(self._depth) >= MOST_CODES:
            self._left.count(say("Codes beyond the {most} that a codebook has: {count}.",
                                 most=MOST_CODES, count=1))  # fmt: skip
            return None
        said = taken_apart(code.description)
        memos = [said.memo, *(self._notes[guid].text for guid in code.notes)]
        row = CodeRow(
            id=free_key(CodeRow, code.guid, session=self._session, study_id=self._study_id),
            study_id=self._study_id,
            parent_id=parent,
            name=code.name[:LONGEST_NAME],
            description=self._text(said.description, code.name),
            includes=self._text(said.includes, code.name),
            excludes=self._text(said.excludes, code.name),
            examples=[self._text(each, code.name) for each in said.examples][:MOST_EXAMPLES],
            memo=self._text("\n\n".join(filter(None, memos)), code.name),
            colour=nearest(code.colour),
            position=self._behind.get(parent, -1) + 1,
            account_id=self._account_id,
        )
        self._behind[parent] = row.position
        self._depth[row.id] = self._depth[parent] + 1 if parent else 0
        self._by_name[parent, row.name.casefold()] = row.id
        self.new.append(row)
        return row.id

    def _text(self, text: str, name: str) -> str:
        """Return a text about a code as it is kept: not too long, known names masked."""
        text = text.strip()
        if len(text) > LONGEST_TEXT:
            self._remarks.note(say("What is said of “{name}” was cut: it was too long.", name=name))
        return self._names.mask(text[:LONGEST_TEXT], language="und").text if text else ""
