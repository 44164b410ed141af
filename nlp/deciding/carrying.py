"""Decisions live on: what people decided about one run is carried over to the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pandas as pd
from sqlmodel import Session, col, select

from data.tables import Passage, PassageTheme, Theme, ThemeEdit, ThemeRun
from nlp import memos
from nlp.deciding.decisions import Decisions, decisions_of, log_of


def carry(old: ThemeRun, new: ThemeRun, *, session: Session) -> dict[str, Any]:
    """Carry what people decided about a run over to a newer one, and say what became of its themes.

    A name, a description and setting aside go to the theme that continues theirs; parts of a merged
    theme that come back apart are merged again; a moved passage stays where a person put it. A
    theme that was split needs no splitting again where its parts are themes of the newer run;
    otherwise the split is lost. A theme that was begun from a code is begun again with what is
    marked now. Who decided, and when, stays as it was. What people said when they checked a theme
    goes to the theme that continues it.

    Returns:
        What the card of the new run holds: `run` (the old one), and by number, as people decided
        both, how many themes are the `same`, which `appeared` and `vanished`, which old one `split`
        into which new ones, which new one `merged` from which old ones; `lost`, the positions of
        old decisions that have nothing to go to.
    """
    # Both read runs as people decided them.
    from nlp.checking.carrying import carry_checks
    from nlp.coded.beginning import begin_again

    before, after = _both(old, new, session=session)
    decisions = decisions_of(log_of(session=session, run_id=old.id))
    before = _apart(before, old, decisions, session=session)
    begun = begin_again(decisions, old, new, session=session)
    heirs = _heirs(before, after, decisions, begun)
    lost: list[int] = []
    for position, (told, edit) in enumerate(_carried(decisions, heirs, after, lost), start=1):
        session.add(
            ThemeEdit(
                run_id=new.id,
                position=position,
                account_id=edit.account_id,
                action=edit.action,
                passage_id=edit.passage_id,
                carried=True,
                created_at=edit.created_at,
                **told,
            )
        )
    session.flush()
    memos.carry(old, new, lambda theme: heirs.of.get(decisions.root(theme)), session=session)
    now = decisions_of(log_of(session=session, run_id=new.id))
    carry_checks(old, new, decisions, now, heirs.of.get, session=session)
    return {"run": str(old.id), "lost": sorted(lost)} | _changes(
        _settled(before, decisions), _settled(after, now)
    )


@dataclass(frozen=True)
class Heirs:
    """Which new theme continues which old one.

    Attributes:
        of: For each old theme, as people decided them, the new one.
        parts: For each old theme, as the computer proposed them, the new one that comes back apart
            from the rest of what it was merged into.
        codes: For each new theme that was begun again from a code, the code.
    """

    of: dict[int, int] = field(default_factory=dict)
    parts: dict[int, int] = field(default_factory=dict)
    codes: dict[int, UUID] = field(default_factory=dict)


def _both(old: ThemeRun, new: ThemeRun, *, session: Session) -> tuple[pd.Series, pd.Series]:
    """Return the theme of each passage that both runs saw, -1 for none."""
    known = [
        str(key)
        for key in session.exec(
            select(Passage.id).where(
                Passage.study_id == old.study_id, col(Passage.created_at) <= old.created_at
            )
        )
    ]
    return (
        _assigned(old, known, session=session),
        _assigned(new, known, session=session),
    )


def _assigned(run: ThemeRun, known: list[str], *, session: Session) -> pd.Series:
    rows = session.exec(
        select(PassageTheme.passage_id, Theme.number)
        .join(Theme, col(Theme.id) == col(PassageTheme.theme_id))
        .where(Theme.run_id == run.id, col(PassageTheme.main).is_(True))
    ).all()
    themes = pd.Series({str(key): number for key, number in rows}, dtype="int64")
    return themes.reindex(known, fill_value=-1)


def _apart(
    assigned: pd.Series, run: ThemeRun, decisions: Decisions, *, session: Session
) -> pd.Series:
    """Put the passages of themes that were split into the parts they belong to most."""
    apart = assigned.copy()
    splits = [(decisions.edits["split", theme], parts) for theme, parts in decisions.splits.items()]
    for edit, parts in sorted(splits, key=lambda split: split[0].position):
        rows = session.exec(
            select(PassageTheme.passage_id, Theme.number)
            .join(Theme, col(Theme.id) == col(PassageTheme.theme_id))
            .where(Theme.run_id == run.id, col(Theme.number).in_(parts))
            .order_by(col(PassageTheme.weight))
        ).all()
        part_of = {str(key): number for key, number in rows}
        mine = apart.index[apart.isin(edit.after["of"]) & apart.index.isin(list(part_of))]
        apart[mine] = [part_of[key] for key in mine]
    return apart


def _settled(assigned: pd.Series, decisions: Decisions) -> pd.Series:
    """Apply merges and moves to the themes of passages."""
    settled = assigned.map(lambda theme: decisions.root(theme) if theme >= 0 else -1)
    for key, to in decisions.moved.items():
        if key in settled.index:
            settled[key] = -1 if to is None else decisions.root(to)
    return settled.astype("int64")


def _heirs(
    before: pd.Series,
    after: pd.Series,
    decisions: Decisions,
    begun: Mapping[int, tuple[int, UUID]],
) -> Heirs:
    """Match the themes: first as people decided them, then part by part.

    Those that were begun from codes are continued by those begun again.
    """
    from nlp.themes import match

    again = {old: new for old, (new, _) in begun.items()}
    codes = dict(begun.values())
    if before.empty:
        return Heirs(dict(again), dict(again), codes)
    raw = {old: new for new, old in match(before, after).same.items()}
    merged = before.map(lambda theme: decisions.root(theme) if theme >= 0 else -1)
    of = {
        old: new
        for new, old in match(merged.astype("int64"), after).same.items()
        if old not in decisions.begun
    }
    # Where so many were merged that no part is like the whole, the first part that came back.
    for root in sorted({decisions.root(theme) for theme in raw} - set(decisions.begun)):
        for part in (root, *decisions.members(root)):
            if root not in of and part in raw and raw[part] not in of.values():
                of[root] = raw[part]
    taken = set(of.values())
    parts = {old: new for old, new in raw.items() if new not in taken}
    return Heirs(of | again, parts | again, codes)


def _carried(
    decisions: Decisions, heirs: Heirs, after: pd.Series, lost: list[int]
) -> Iterator[tuple[dict[str, Any], ThemeEdit]]:
    """Yield what to write for each decision that holds; note those that have nowhere to go."""
    order = {"begun": 0, "name": 0, "description": 0, "questions": 0, "split": 0}
    order |= {"into": 1, "hidden": 2, "moved": 3}
    for (kind, about), edit in sorted(
        decisions.edits.items(), key=lambda item: (order[item[0][0]], item[1].position)
    ):
        if kind == "moved":
            told = _moved(str(about), decisions, heirs, after)
        else:
            assert isinstance(about, int)  # noqa: S101 - every other decision is about a theme
            told = _about(kind, about, decisions, heirs)
        if told is None:
            lost.append(edit.position)
        elif told:
            yield told, edit


def _about(kind: str, theme: int, decisions: Decisions, heirs: Heirs) -> dict[str, Any] | None:
    """Return what to write for a decision about a theme: nothing ({}), or None where it is lost."""
    if kind == "begun":
        return _begun(theme, heirs)
    if theme in decisions.splits:
        whole = all(part in heirs.of for part in decisions.splits[theme])
        return {} if whole or kind != "split" else None
    if kind == "questions":
        return _asked(theme, decisions, heirs)
    if kind == "into":
        return _merged(theme, decisions, heirs)
    if kind == "hidden":
        return _hidden(theme, decisions, heirs)
    texts = {"name": decisions.names, "description": decisions.descriptions}
    return _text(kind, theme, texts[kind], decisions, heirs)


def _begun(theme: int, heirs: Heirs) -> dict[str, Any] | None:
    heir = heirs.parts.get(theme)
    if heir is None:
        return None
    return {"theme": heir, "before": {"code": None}, "after": {"code": str(heirs.codes[heir])}}


def _hidden(theme: int, decisions: Decisions, heirs: Heirs) -> dict[str, Any] | None:
    if theme not in decisions.hidden:
        return {}
    if theme not in heirs.of:
        return None
    return {"theme": heirs.of[theme], "before": {"hidden": False}, "after": {"hidden": True}}


def _text(
    kind: str,
    theme: int,
    texts: Mapping[int, Mapping[str, str]],
    decisions: Decisions,
    heirs: Heirs,
) -> dict[str, Any] | None:
    if theme not in texts:
        return {}  # given back to the computer
    heir = heirs.parts.get(theme) if theme in decisions.into else heirs.of.get(theme)
    if heir is None:
        return {} if theme in decisions.into else None
    return {"theme": heir, "before": {kind: {}}, "after": {kind: dict(texts[theme])}}


def _asked(theme: int, decisions: Decisions, heirs: Heirs) -> dict[str, Any] | None:
    if not decisions.questions[theme] or theme in decisions.into:
        return {}
    if theme not in heirs.of:
        return None
    return {
        "theme": heirs.of[theme],
        "before": {"questions": []},
        "after": {"questions": decisions.questions[theme]},
    }


def _merged(theme: int, decisions: Decisions, heirs: Heirs) -> dict[str, Any] | None:
    into = heirs.of.get(decisions.root(theme))
    if into is None:
        return None
    part = heirs.parts.get(theme)
    if part is None:
        return {}  # the new run made them one itself, or the part is gone
    return {"theme": part, "before": {"into": None}, "after": {"into": into}}


def _moved(key: str, decisions: Decisions, heirs: Heirs, after: pd.Series) -> dict[str, Any] | None:
    to = decisions.moved[key]
    heir = None if to is None else heirs.of.get(decisions.root(to))
    if to is not None and heir is None:
        return None
    now = int(after.get(key, -1))
    return {"before": {"theme": None if now < 0 else now}, "after": {"theme": heir}}


def _changes(before: pd.Series, after: pd.Series) -> dict[str, Any]:
    from nlp.themes import match

    if before.empty:
        return {"same": 0, "appeared": [], "vanished": [], "split": {}, "merged": {}}
    found = match(before, after)
    return {
        "same": len(found.same),
        "appeared": found.appeared,
        "vanished": found.vanished,
        "split": {str(old): new for old, new in found.split.items()},
        "merged": {str(new): old for new, old in found.merged.items()},
    }
