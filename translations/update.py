"""Bring the catalogs up to date with the code: `make translations`.

Marked strings are the first arguments of `say`, `t`, `tn` and `t.n` (the chapter's voice). New
messages are added untranslated; those no longer in the code are removed. A new language is a new
folder with an empty catalog.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from i18n import CATALOGS, INTERFACE_LANGUAGES, path_of

ROOT = Path(__file__).parent.parent
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "say": None,
    "t": None,
    "tn": (1, 2),
    "n": (1, 2),
}
FOLDERS = ("pages", "server", "jobs", "nlp", "survey", "data")


def extracted() -> Catalog:
    """Return every message of the code, with the files it stands in."""
    template = Catalog(project="Zhenqing", fuzzy=False)
    for folder in FOLDERS:
        found = extract_from_dir(
            ROOT / folder,
            method_map=[("**.py", "python")],
            keywords=KEYWORDS,
            comment_tags=("TRANSLATORS:",),
        )
        for filename, _line, message, comments, context in found:
            template.add(
                message,
                locations=[(f"{folder}/{filename}", 0)],
                auto_comments=comments,
                context=context,
            )
    return template


def stored(language: str) -> Catalog:
    """Return the catalog of a language as it is kept."""
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language.replace("-", "_"))
    with path.open("rb") as source:
        return read_po(source, locale=language.replace("-", "_"))


def main() -> None:
    """Update every catalog and say what is missing."""
    template = extracted()
    for language in INTERFACE_LANGUAGES:
        if language == "en":
            continue
        catalog = stored(language)
        since = catalog.creation_date
        catalog.update(template, no_fuzzy_matching=True)
        # The day it was first made: writing it again must not change it.
        catalog.creation_date = since
        catalog.obsolete.clear()
        written = BytesIO()
        write_po(
            written, catalog, omit_header=False, sort_output=True, include_lineno=False, width=0
        )
        path = path_of(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(written.getvalue())
        missing = sum(
            not message.string or not any(message.string) for message in catalog if message.id
        )
        print(
            f"{language}: {len(catalog)} messages, {missing} to translate in "
            f"{path.relative_to(CATALOGS)}"
        )


if __name__ == "__main__":
    main()
