"""Projects as hypothesis draws them: texts with rare characters, codes within codes, any offsets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from nlp.exchange.guids import guid_of
from nlp.exchange.model import (
    Case,
    Code,
    Coding,
    Group,
    Note,
    Project,
    Selection,
    Source,
    User,
    Value,
    Variable,
)

LETTERS = st.sampled_from(
    [*"ab e\n\t.，。真情", "😀", "👩‍🎬", "𠮷", "𪚥", "e\u0301", "\u2028", "&", "<", '"', "'", "]]>"]
)
WORDS = st.lists(LETTERS, min_size=1, max_size=40).map("".join).filter(str.strip)
NAMES = st.text("abc 真😀&<\"'", min_size=1, max_size=12).map(str.strip).filter(bool)
MOMENTS = st.integers(0, 10**8).map(
    lambda second: datetime(2026, 6, 1, tzinfo=UTC) + timedelta(seconds=second)
)


@st.composite
def projects(draw: st.DrawFn) -> Project:
    """Draw a project in which every reference leads somewhere."""
    users = tuple(User(guid_of("user", n), f"Coder {n}") for n in range(draw(st.integers(0, 3))))
    notes = tuple(
        Note(guid_of("note", n), draw(WORDS), draw(NAMES), made_at=draw(MOMENTS))
        for n in range(draw(st.integers(0, 3)))
    )
    codes = tuple(
        draw(_code(f"{n}", [note.guid for note in notes], 0))
        for n in range(draw(st.integers(1, 3)))
    )
    variables = (Variable(guid_of("team"), "Team"), Variable(guid_of("day"), "Day", "Date"))
    sources = tuple(
        Source(
            guid_of("source", n),
            f"{draw(NAMES)} {n}",
            draw(WORDS).removeprefix("\ufeff"),
            values=draw(_values()),
        )
        for n in range(draw(st.integers(0, 3)))
    )
    flat = [code.guid for code, _ in Project("", codes=codes).all_codes() if code.codable]
    selections = tuple(
        draw(_selection(source, n, flat, [user.guid for user in users], draw(MOMENTS)))
        for source in sources
        for n in range(draw(st.integers(0, 4)) if flat else 0)
    )
    cases = tuple(
        Case(
            guid_of("case", source.guid), f"P{n:02}", values=draw(_values()), sources=(source.guid,)
        )
        for n, source in enumerate(sources)
    )
    groups = (
        Group(guid_of("set"), "Interviews", sources=tuple(source.guid for source in sources)),
    )
    return Project(
        "测试 😀 & <project>", origin="Zhenqing", made_at=draw(MOMENTS), users=users, codes=codes, variables=variables,
        cases=cases, sources=sources, selections=selections, notes=notes, groups=groups,
    )  # fmt: skip


@st.composite
def _code(draw: st.DrawFn, key: str, notes: list[str], depth: int) -> Code:
    below = range(draw(st.integers(0, 2)) if depth < 3 else 0)
    return Code(
        guid_of("code", key),
        draw(NAMES.map(lambda name: " ".join(name.split()))),
        draw(st.one_of(st.just(""), WORDS)),
        draw(st.sampled_from(["", "#2f6f62"])),
        codable=draw(st.booleans()),
        notes=tuple(notes[:1]),
        children=tuple(draw(_code(f"{key}.{n}", notes, depth + 1)) for n in below),
    )


@st.composite
def _values(draw: st.DrawFn) -> tuple[Value, ...]:
    return (
        (Value(guid_of("team"), draw(NAMES)), Value(guid_of("day"), "2026-06-03"))
        if draw(st.booleans())
        else ()
    )


@st.composite
def _selection(  # noqa: PLR0917 - hypothesis passes draw
    draw: st.DrawFn,
    source: Source,
    number: int,
    codes: list[str],
    users: list[str],
    moment: datetime,
) -> Selection:
    start = draw(st.integers(0, len(source.text) - 1))
    end = draw(st.integers(start + 1, len(source.text)))
    user = draw(st.sampled_from(["", *users]))
    codings = tuple(
        Coding(guid_of("coding", source.guid, number, n), code, user, moment)
        for n, code in enumerate(draw(st.lists(st.sampled_from(codes), min_size=1, max_size=2)))
    )
    return Selection(
        guid_of("selection", source.guid, number), source.guid, start, end, codings,
        draw(st.one_of(st.just(""), WORDS)), user, moment,
    )  # fmt: skip
