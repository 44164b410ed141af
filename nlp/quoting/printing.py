"""Quotations as they are printed: released and checked ones only, and what is still open."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from sqlmodel import Session, col, func, select

from data.tables import Passage, Study
from i18n import Message, canonical, say
from nlp.quoting.standing import RELEASED, Quoted, Standing, shelf_of
from nlp.quoting.wording import codes_of

if TYPE_CHECKING:
    from nlp.results import Found

LANGUAGES = ("en", "zh-Hans")
"""In which languages a chapter is written."""


@dataclass(frozen=True)
class Printed:
    """A quotation in the form in which it is printed.

    Attributes:
        key: The quotation.
        original: Its original wording; empty where only a translation may be printed.
        language: The language of the original; empty where the original is.
        translation: Its translation; empty where the original is in the chapter's language.
        translation_language: The translation's language.
        translator: Who or what translated it.
        machine: Whether that was a programme.
        checker: Who compared the translation with the original.
        name: How its author is named; empty where it is unattributed.
        question: What it answers, by language; empty for interviews.
    """

    key: UUID
    original: str
    language: str
    translation: str = ""
    translation_language: str = ""
    translator: str = ""
    machine: bool = False
    checker: str = ""
    name: str = ""
    question: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Rules:
    """What decides about the form of a quotation.

    Attributes:
        threshold: The fewest people of which one cannot be told from the others.
        writers: For each language the number of people who write it.
        codes: Finds the codes of people in masked text.
    """

    threshold: int
    writers: Mapping[str, int]
    codes: re.Pattern[str]

    def many_write(self, language: str) -> bool:
        """Whether so many people write a language that it does not point to one of them."""
        return (
            language not in {"", "und", "mul"} and self.writers.get(language, 0) >= self.threshold
        )


def rules_of(study: Study, *, session: Session) -> Rules:
    """Return what decides about the form of a study's quotations."""
    writers = session.exec(
        select(Passage.language, func.count(col(Passage.person_id).distinct()))
        .where(Passage.study_id == study.id)
        .group_by(col(Passage.language))
    ).all()
    return Rules(study.threshold, dict(writers), codes_of(session=session, study_id=study.id))


def as_printed(
    each: Quoted, choice: str, *, language: str, rules: Rules, name: str = ""
) -> Printed | None:
    """Return a quotation as a choice would have it printed in a chapter's language.

    Unattributed means without code, team, role, nationality and date, and with the original wording
    only where at least `threshold` people of the study write its language.

    Args:
        each: The quotation.
        choice: Named or unattributed.
        language: Of the chapter.
        rules: Of the study.
        name: How its author is named.

    Returns:
        None where nothing may be printed: it is outdated, or there is no checked translation.
    """
    tag = canonical(language)
    if not each.words:
        return None
    needs_translation = each.language != tag
    kept = each.checked.get(tag)
    if needs_translation and kept is None:
        return None
    named = choice == Standing.NAMED
    with_original = named or rules.many_write(each.language)
    if not with_original and not needs_translation:
        return None
    return Printed(
        key=each.key,
        original=each.plain(rules.codes) if with_original else "",
        language=each.language if with_original else "",
        translation=each.translated(tag, rules.codes) if needs_translation else "",
        translation_language=tag if needs_translation else "",
        translator=kept.translator if kept and needs_translation else "",
        machine=bool(kept and kept.machine and needs_translation),
        checker=kept.checker if kept and needs_translation else "",
        name=name if named else "",
        question=each.question,
    )


@dataclass(frozen=True)
class Shelf:
    """All quotations of a study with what decides about their form."""

    found: Found
    quotations: list[Quoted]
    rules: Rules

    @cached_property
    def _themes(self) -> Mapping[str, int]:
        return {str(key): int(number) for key, number in self.found.main.items()}

    def theme_of(self, each: Quoted) -> int:
        """Return the theme that most of a quotation's passage belongs to; -1 for none."""
        return self._themes.get(str(each.quotation.passage_id), -1)

    @cached_property
    def settled(self) -> set[str]:
        """Passages about which their author has decided: a draft shows nothing else of them."""
        return {str(each.quotation.passage_id) for each in self.quotations if each.settled}

    def printable(self, theme: int, language: str) -> list[Printed]:
        """Return what may be printed below a theme, in the order in which it was chosen."""
        printed = [
            released(each, language=language, rules=self.rules)
            for each in self.quotations
            if self.theme_of(each) == theme and theme not in self.found.decisions.hidden
        ]
        return [each for each in printed if each]


def released(each: Quoted, *, language: str, rules: Rules) -> Printed | None:
    """Return a quotation as its author released it; None where they did not, or not this."""
    if each.standing not in RELEASED or each.release is None:
        return None
    tag = canonical(language)
    if each.language != tag and tag in each.unseen:
        return None
    return as_printed(each, each.release.choice, language=tag, rules=rules, name=each.release.name)


def read_shelf(*, session: Session, study: Study, found: Found) -> Shelf:
    """Read every quotation of a study once, for all themes of a run."""
    return Shelf(
        found,
        shelf_of(session=session, study_id=study.id),
        rules_of(study, session=session),
    )


def printable(
    study: Study, theme: int, *, language: str, session: Session, found: Found | None = None
) -> list[Printed]:
    """Return the released, checked quotations of a theme in the form in which they are printed.

    Args:
        study: The study.
        theme: The number of a theme of the newest run.
        language: Of the chapter.
        session: The caller's transaction.
        found: The newest run where it was read already.
    """
    if found is None:
        from nlp.results import latest_run, read_run  # what participants see needs no tables

        run = latest_run(session=session, study_id=study.id)
        if run is None:
            return []
        found = read_run(session=session, run=run)
    return read_shelf(session=session, study=study, found=found).printable(theme, language)


def open_items(study: Study, *, language: str, session: Session) -> list[Message]:
    """Say what stands between the shelf and a final version; nothing where all is settled.

    A quotation that its author refused is settled: it is not printed.
    """
    shelf = shelf_of(session=session, study_id=study.id)
    rules = rules_of(study, session=session)
    tag = canonical(language)
    waiting = Counter(each.standing for each in shelf)
    untold = [each for each in shelf if each.standing in RELEASED and each.language != tag]
    unchecked = sum(tag not in each.checked for each in untold)
    unseen = sum(tag in each.unseen for each in untold)
    hidden = sum(
        each.standing is Standing.UNATTRIBUTED
        and each.language == tag
        and not rules.many_write(tag)
        for each in shelf
    )
    items = [
        (waiting[Standing.OUTDATED], say("Quotations whose words were corrected or removed")),
        (waiting[Standing.UNSENT], say("Quotations nobody was asked about yet")),
        (waiting[Standing.CHANGED], say("Quotations that changed after their author was asked")),
        (waiting[Standing.WAITING], say("Quotations without a reply")),
        (unchecked, say("Released quotations without a checked translation")),
        (unseen, say("Released quotations whose translation their author has not seen")),
        (hidden, say("Released quotations whose language would point to their author")),
    ]
    return [say("{what}: {count}", what=what, count=count) for count, what in items if count]
