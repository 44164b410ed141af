"""A study as a project for other programs: masked texts, codes, codings, people as cases.

Keys follow from ours, and nothing in it says when it was made: the same study gives the same
project, and what comes back is recognised.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from data.tables import Code as CodeRow
from data.tables import Coding as CodingRow
from data.tables import Study
from i18n import Message, best, say
from nlp.coding.blind import finished, visible
from nlp.coding.codebook import Branch, tree
from nlp.coding.marking import codings
from nlp.coding.places import Place, place_of
from nlp.exchange.cases import DAY, cases_of, variables
from nlp.exchange.colours import written
from nlp.exchange.definition import Definition, joined
from nlp.exchange.findings import Findings
from nlp.exchange.guids import guid_of
from nlp.exchange.here import Here, Texts, by_place
from nlp.exchange.model import Code, Coding, Note, Project, Selection, Source, User, Value
from nlp.masking_review import Known, known
from survey.studies import teams_of

ORIGIN = "Zhenqing"
DECIDED = guid_of("decided together")
"""The user under which the version stands that several coders settled on."""
GONE = guid_of("a coder who left")
"""The user of codings whose coder's account is not there any more."""
NAMED = {GONE: "A coder who left", DECIDED: "Decided together"}


@dataclass(frozen=True)
class Gathered:
    """What leaves.

    Attributes:
        project: It.
        people: The keys of those whose words are in it.
        left: What stays here, one sentence each.
    """

    project: Project
    people: frozenset[UUID]
    left: tuple[Message, ...]


def gather(
    *, session: Session, study: Study, account_id: UUID | None, everything: bool, language: str
) -> Gathered:
    """Gather a study.

    Args:
        session: Where to read; that names were read (to mask them) is recorded in it.
        study: The study.
        account_id: Who asks; None for the operator.
        everything: Whether codings are in it that whoever asks may not see yet, because they are
            still coding the same text themselves.
        language: Of the project's name.
    """
    names = known(session=session, study_id=study.id, account_id=account_id, purpose="export")
    reader = Texts(session=session, study=study, names=names)
    texts = reader.read()
    left = Findings()
    rows = _codings(session=session, study=study, account_id=account_id, everything=everything,
                    left=left)  # fmt: skip
    users = users_of(rows)
    codes, notes = _codes(names, session=session, study=study)
    kept = {code.guid for code, _ in Project("", codes=codes).all_codes()}
    rows = [row for row in rows if str(row.code_id) in kept]
    selections = tuple(_selections(rows, texts, names, left))
    titles = study.texts.get("title") or {"": study.slug}
    people = list(reader.people.values())
    teams = teams_of(session=session, study_id=study.id)
    cases = cases_of(people, texts, teams, names, threshold=study.threshold)
    project = Project(
        name=titles[best([language], titles, default=next(iter(titles)))],
        origin=ORIGIN,
        users=tuple(users.values()),
        codes=codes,
        variables=variables(),
        cases=cases,
        sources=tuple(_source(here) for here in texts),
        selections=selections,
        notes=notes,
    )
    here = frozenset(person.id for person in people if person.withdrawn_at is None)
    return Gathered(project, here, tuple(left))


def _codings(
    *, session: Session, study: Study, account_id: UUID | None, everything: bool, left: Findings
) -> list[CodingRow]:
    rows = codings(session=session, study_id=study.id)
    if not everything:
        assert account_id is not None  # noqa: S101 - only the operator has none, and gets all
        done = finished(session=session, study_id=study.id)
        seen = visible(rows, done, account_id=account_id)
        left.count(
            say("Codings of others in texts that you have not finished: {count}.", count=1),
            len(rows) - len(seen),
        )
        rows = seen
    spoken = [row for row in rows if row.person_id is not None]
    left.count(
        say("Codings of words that nobody of the study speaks yet: {count}.", count=1),
        len(rows) - len(spoken),
    )
    return spoken


def users_of(rows: Sequence[CodingRow]) -> dict[str, User]:
    """Return who coded, as numbered coders in the order in which they began."""
    began: dict[str, datetime] = {}
    for row in rows:
        key = user_of(row)
        moment = row.created_at.replace(microsecond=0)
        began[key] = min(began.get(key, moment), moment)
    order = sorted((moment, key) for key, moment in began.items() if key not in NAMED)
    users = {key: User(key, f"Coder {number}") for number, (_, key) in enumerate(order, start=1)}
    return users | {key: User(key, name) for key, name in NAMED.items() if key in began}


def user_of(row: CodingRow) -> str:
    """Return the GUID of who made a coding."""
    if row.version == "decided":
        return DECIDED
    return str(row.account_id) if row.account_id else GONE


def _codes(
    names: Known, *, session: Session, study: Study
) -> tuple[tuple[Code, ...], tuple[Note, ...]]:
    """Return the codebook as a tree, and the memos on codes."""
    notes: list[Note] = []

    def code(branch: Branch) -> Code:
        row = branch.code
        if row.memo.strip():
            text = names.mask(row.memo, language="und").text
            notes.append(Note(guid_of("memo", row.id), text, row.name))
        return Code(
            guid=str(row.id),
            name=row.name,
            description=names.mask(joined(definition_of(row)), language="und").text,
            colour=written(row.colour),
            notes=(guid_of("memo", row.id),) if row.memo.strip() else (),
            children=tuple(map(code, branch.children)),
        )

    codes = tuple(map(code, tree(session=session, study_id=study.id)))
    return codes, tuple(notes)


def definition_of(row: CodeRow) -> Definition:
    """Return what a code means, without its memo."""
    return Definition(row.description, row.includes, row.excludes, tuple(row.examples))


def _source(here: Here) -> Source:
    values = (Value(DAY, here.day.isoformat()),) if here.day else ()
    return Source(guid=here.guid, name=here.name, text=here.text, values=values)


def _selections(
    rows: Sequence[CodingRow], texts: Sequence[Here], names: Known, left: Findings
) -> Iterator[Selection]:
    """Yield the codings in the order of the texts; each is a selection of its own."""
    order = {here.guid: number for number, here in enumerate(texts)}
    where: Mapping[Place, Here] = by_place(texts)
    placed = []
    for row in rows:
        here = where.get(place_of(row))
        place = here.there(place_of(row), row.start, row.end) if here else None
        if here is None or place is None:
            left.count(say("Codings without words in the texts: {count}.", count=1))
            continue
        moment = row.created_at.replace(microsecond=0)
        placed.append((order[here.guid], place, moment, str(row.id), here, row))
    for _, (start, end), moment, key, here, row in sorted(placed, key=lambda each: each[:4]):
        user = user_of(row)
        yield Selection(
            guid=guid_of("selection", key),
            source=here.guid,
            start=start,
            end=end,
            codings=(Coding(key, str(row.code_id), user, moment),),
            description=names.mask(row.memo, language="und").text if row.memo else "",
            user=user,
            made_at=moment,
        )
