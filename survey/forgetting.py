"""Forgetting passages together with everything that was made from them."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Sequence
from typing import TypeVar
from uuid import UUID

from sqlmodel import Session, col, delete, exists, select

from data import search_index
from data.tables import Embedding, Passage, PassageTheme, Theme
from survey.extracts import forget_extracts

Key = TypeVar("Key")
AT_ONCE = 500
"""So many keys in one statement; databases limit them."""
JOINTS = ("、", "・", ", ")
"""What stands between the words of a suggested title."""


def forget_passages(passages: Sequence[Passage], *, session: Session) -> None:
    """Delete passages, their theme memberships, vectors, keywords, and extracts of them in memos.

    A vector goes when no other passage has the same text. A keyword goes when no remaining passage
    of that theme and language contains it, and with it its place in the suggested titles; a name
    that a person gave a theme stays. A quotation of a passage stays on the shelf without its words,
    its translations go.
    """
    forget_extracts(passages, session=session)
    _blank(passages)
    hashes = sorted({passage.text_hash for passage in passages})
    themes = _themes_of(passages, session=session)
    for some in _parts([passage.id for passage in passages]):
        session.exec(delete(Passage).where(col(Passage.id).in_(some)))
    _forget_made(hashes, themes, session=session)


def forget_wording(
    passages: Sequence[Passage], hashes: Collection[str], *, session: Session
) -> None:
    """Delete the vectors and keywords of what passages said before they were masked again.

    Args:
        passages: The passages as they now are.
        hashes: What their `text_hash` was.
        session: The caller's transaction.
    """
    session.flush()
    _blank(passages)
    _forget_made(sorted(hashes), _themes_of(passages, session=session), session=session)


def _blank(passages: Sequence[Passage]) -> None:
    """Take vectors out of the file behind search by meaning."""
    for study_id in {passage.study_id for passage in passages}:
        search_index.blank(
            study_id, [passage.id for passage in passages if passage.study_id == study_id]
        )


def _themes_of(passages: Sequence[Passage], *, session: Session) -> set[UUID]:
    themes: set[UUID] = set()
    for some in _parts([passage.id for passage in passages]):
        themes.update(
            session.exec(
                select(PassageTheme.theme_id).where(col(PassageTheme.passage_id).in_(some))
            ).all()
        )
    return themes


def _forget_made(hashes: Sequence[str], themes: set[UUID], *, session: Session) -> None:
    """Delete vectors that no passage has any more, and keywords that none contains."""
    for texts in _parts(hashes):
        session.exec(
            delete(Embedding).where(
                col(Embedding.text_hash).in_(texts),
                ~exists().where(col(Passage.text_hash) == col(Embedding.text_hash)),
            )
        )
    for theme_id in sorted(themes):
        _forget_words(session.get_one(Theme, theme_id), session=session)


def _parts(keys: Sequence[Key]) -> Iterator[Sequence[Key]]:
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _forget_words(theme: Theme, *, session: Session) -> None:
    """Drop the keywords of a theme that none of its remaining passages contains."""
    remaining = session.exec(
        select(Passage.language, Passage.masked)
        .join(PassageTheme, col(PassageTheme.passage_id) == col(Passage.id))
        .where(PassageTheme.theme_id == theme.id)
    ).all()
    texts: dict[str, str] = {}
    for language, masked in remaining:
        texts[language] = f"{texts.get(language, '')}\n{_plain(masked)}"
    kept = {
        tag: [word for word in words if _plain(word) in texts.get(tag, "")]
        for tag, words in theme.keywords.items()
    }
    dropped = {
        word for tag, words in theme.keywords.items() for word in words if word not in kept[tag]
    }
    if not dropped:
        return
    titles = {tag: _without(title, dropped) for tag, title in theme.titles.items()}
    theme.keywords = {tag: words for tag, words in kept.items() if words}
    theme.titles = {tag: title for tag, title in titles.items() if title}
    session.add(theme)


def _without(title: str, dropped: set[str]) -> str:
    joint = next((each for each in JOINTS if each in title), JOINTS[-1])
    return joint.join(word for word in title.split(joint) if word not in dropped)
