"""What is masked and what is not, for a person to look at and decide.

What is masked comes from the people of the study and from decisions about spellings. Decisions hold
for the whole study. Masking is not anonymity: who is known to the public is known by what they say.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from uuid import UUID

from sqlmodel import Session, col, select

from data.tables import MaskDecision, Passage, Person, Team
from nlp.encoders import text_hash
from nlp.gone_names import gone_names
from nlp.privacy import Masked, Span, mask, suspects
from nlp.privacy.folding import folded
from nlp.privacy.ordinary import Ordinary
from survey.forgetting import forget_wording
from survey.interviews.decisions import SOMEBODY, decisions_of
from survey.people import names_of

AROUND = 18
EXAMPLES = 3


@dataclass(frozen=True)
class Known:
    """The names a study knows, and the spellings that are nobody's.

    Attributes:
        names: For each code the spellings of its name, as `nlp.privacy.mask` takes them.
        nobody: Spellings that are no name, folded.
    """

    names: Mapping[str, list[str]]
    nobody: frozenset[str] = frozenset()

    @cached_property
    def digest(self) -> str:
        """What the names are, as one short text: the same names, the same digest."""
        known = [{code: sorted(found) for code, found in self.names.items()}, sorted(self.nobody)]
        return sha256(json.dumps(known, sort_keys=True).encode()).hexdigest()

    def mask(self, text: str, *, language: str) -> Masked:
        """Mask a text, leaving what was decided to be no name."""
        masked = mask(text, names=self.names, language=language)
        if not self.nobody:
            return masked
        wrong = {span for span in masked.spans if self.is_nobody(text[span.start : span.end])}
        return _without(text, masked, wrong) if wrong else masked

    def suspects(self, text: str, *, language: str, ordinary: Ordinary | None = None) -> list[Span]:
        """List what looks like a name, is not masked, and nobody has decided about."""
        return [
            span
            for span in suspects(text, language, self.names, ordinary=ordinary)
            if not self.is_nobody(text[span.start : span.end])
        ]

    def is_nobody(self, spelling: str) -> bool:
        """Whether a spelling was decided to be no name."""
        return folded(spelling) in self.nobody


def _without(text: str, masked: Masked, wrong: Iterable[Span]) -> Masked:
    """Put the original back where something was masked that is no name."""
    left_out = set(wrong)
    parts: list[str] = []
    spans: list[Span] = []
    place, length = 0, 0
    for span in masked.spans:
        if span in left_out:
            continue
        placeholder = masked.text[span.masked_start : span.masked_end]
        parts += [text[place : span.start], placeholder]
        begin = length + span.start - place
        length = begin + len(placeholder)
        spans.append(Span(span.start, span.end, begin, length, span.kind, span.code))
        place = span.end
    parts.append(text[place:])
    return Masked("".join(parts), tuple(spans))


def known(*, session: Session, study_id: UUID, account_id: UUID | None, purpose: str) -> Known:
    """Return the names of a study with what was decided, and record that they were read.

    People stand under their code, teams under `team:` and theirs.
    """
    names = names_of(session=session, study_id=study_id, account_id=account_id, purpose=purpose)
    codes = dict(
        session.exec(select(Person.id, Person.code).where(Person.study_id == study_id)).all()
    )
    for code, spellings in gone_names(session=session, study_id=study_id).items():
        names[code] = names[code] + spellings
    for team in session.exec(select(Team).where(Team.study_id == study_id)).all():
        if spellings := sorted({name.strip() for name in team.name.values() if name.strip()}):
            names[f"team:{team.code}"] = spellings
    nobody = set()
    for decision in decisions_of(session=session, study_id=study_id):
        if decision.kind == "none":
            nobody.add(folded(decision.spelling))
        elif decision.kind == "name":
            names.setdefault(SOMEBODY, []).append(decision.spelling)
        elif decision.person_id in codes:
            names[codes[decision.person_id]].append(decision.spelling)
    return Known(names, frozenset(nobody))


@dataclass
class Found:
    """One spelling in a conversation: what it is masked as, how often, and where for example.

    Attributes:
        spelling: As it stands in the text, the first time.
        kind: A kind of `nlp.privacy.Span`, or `suspect` where it is not masked.
        code: Whose name it is, if anybody's.
        count: How often it occurs.
        examples: The words before and after it, in a few places.
    """

    spelling: str
    kind: str
    code: str | None
    count: int = 0
    examples: list[tuple[str, str]] = field(default_factory=list)

    def add(self, text: str, span: Span) -> None:
        """Count one more occurrence."""
        self.count += 1
        example = _around(text, span.start, span.end)
        if len(self.examples) < EXAMPLES and example not in self.examples:
            self.examples.append(example)


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    left, right = max(0, start - AROUND), end + AROUND
    before = ("…" if left else "") + text[left:start]
    after = text[end:right] + ("…" if right < len(text) else "")
    return before.replace("\n", " "), after.replace("\n", " ")


@dataclass(frozen=True)
class Review:
    """What is masked in some texts and what looks like a name and is not, the most frequent first.

    Attributes:
        masked: What is masked.
        suspects: What is not.
    """

    masked: list[Found]
    suspects: list[Found]


def review(texts: Iterable[tuple[str, str]], names: Known) -> Review:
    """Look at texts.

    Args:
        texts: Each text with the BCP 47 tag of its language.
        names: What the study knows.
    """
    masked: dict[tuple[str, str | None, str], Found] = {}
    unmasked: dict[tuple[str, str | None, str], Found] = {}
    looked_at = list(texts)
    ordinary = Ordinary(looked_at)
    for text, language in looked_at:
        for span in names.mask(text, language=language).spans:
            _count(masked, text, span)
        for span in names.suspects(text, language=language, ordinary=ordinary):
            _count(unmasked, text, span)
    return Review(_sorted(masked.values()), _sorted(unmasked.values()))


def _count(groups: dict[tuple[str, str | None, str], Found], text: str, span: Span) -> None:
    spelling = text[span.start : span.end]
    key = (span.kind, span.code, folded(spelling))
    groups.setdefault(key, Found(spelling, span.kind, span.code)).add(text, span)


def _sorted(found: Iterable[Found]) -> list[Found]:
    return sorted(found, key=lambda each: (-each.count, each.spelling))


def hide(decision: MaskDecision, names: Known, *, session: Session) -> int:
    """Mask a spelling at once wherever researchers can still read it, and say in how many places.

    Other forms of the name follow when the study's passages are gathered the next time, before the
    next themes: masking what is masked changes nothing, so that order does not matter.
    """
    visible = session.exec(
        select(Passage).where(
            Passage.study_id == decision.study_id,
            col(Passage.masked).icontains(decision.spelling, autoescape=True),
        )
    ).all()
    changed: list[Passage] = []
    before: set[str] = set()
    for passage in visible:
        masked = names.mask(passage.masked, language=passage.language).text
        if masked != passage.masked:
            before.add(passage.text_hash)
            passage.masked, passage.text_hash = masked, text_hash(masked)
            session.add(passage)
            changed.append(passage)
    forget_wording(changed, before, session=session)
    return len(changed)
