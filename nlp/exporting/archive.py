"""One archive: the files, and a manifest of checksums with which it can be checked and read."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from data.tables.base import now
from i18n import Message, Refusal, say
from nlp.exporting import comma, excel, parquet, spss
from nlp.exporting.codebook import NAME as CODEBOOK
from nlp.exporting.codebook import codebook
from nlp.exporting.formats import Files, Format, settled
from nlp.exporting.long_texts import path_of, set_apart
from survey.answers import Column, Sheet

if TYPE_CHECKING:
    import pandas as pd

MANIFEST = "manifest.json"
README = "README.txt"
WHAT = "zhenqing export"
FORM = 1


class ArchiveError(Refusal):
    """The archive is damaged, or is none of ours."""


@dataclass(frozen=True)
class Made:
    """An archive.

    Attributes:
        content: The file.
        counts: Rows by table.
        people: The keys of those whose words or numbers it holds.
    """

    content: bytes
    counts: Mapping[str, int]
    people: Sequence[str]

    @property
    def sha256(self) -> str:
        """The checksum of the whole archive."""
        return sha256(self.content).hexdigest()


def write(sheets: Sequence[Sheet], format: Format) -> Files:  # noqa: A002 - what it is called everywhere
    """Write sheets in a format."""
    writers = {
        "csv": comma.write,
        "excel": excel.write,
        "parquet": parquet.write,
        "spss": spss.write,
    }
    return writers[format](sheets)


def pack(
    sheets: Sequence[Sheet],
    *,
    format: Format,  # noqa: A002 - what it is called everywhere
    language: str,
    said: Mapping[str, Any],
    readme: str,
    attached: Mapping[str, bytes] | None = None,
) -> bytes:
    """Write sheets and their codebook into one archive.

    Args:
        sheets: The tables.
        format: In which they are written.
        language: Of labels and codebook.
        said: What the manifest says besides: the study, whether names are masked.
        readme: For people who open the archive.
        attached: Files that go along as they are, by path.
    """
    apart, texts = set_apart([settled(sheet) for sheet in sheets], format)
    files = write(apart, format)
    book = settled(codebook(apart, files, language=language))
    contents = dict(files.contents)
    contents[f"{CODEBOOK}.csv"] = comma.table(book)
    contents |= {path_of(sign): text.encode() for sign, text in texts.items()}
    contents[README] = readme.encode()
    contents |= attached or {}
    manifest = {
        "what": WHAT,
        "form": FORM,
        "made_at": now().isoformat(timespec="seconds"),
        "format": format,
        "language": language,
        **said,
        "files": {
            path: {"sha256": sha256(content).hexdigest(), "bytes": len(content)}
            for path, content in sorted(contents.items())
        },
        "tables": [_described(sheet, files) for sheet in apart],
        "long_texts": sorted(texts),
    }
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
        for path, content in contents.items():
            archive.writestr(path, content)
    return target.getvalue()


def _described(sheet: Sheet, files: Files) -> dict[str, Any]:
    file, page = files.placed[sheet.name]
    headings = files.headings[sheet.name]
    return {
        "name": sheet.name,
        "file": file,
        "page": page,
        "rows": len(sheet.rows),
        "content_sha256": digest_of(sheet.rows),
        "columns": [
            {"name": column.name, "heading": heading, "kind": column.kind, "label": column.label}
            for column, heading in zip(sheet.columns, headings, strict=True)
        ],
        "codes": files.codes.get(sheet.name, {}),
    }


def digest_of(rows: Sequence[tuple[Any, ...]]) -> str:
    """Return the sha256 of what rows say, whatever file they were written to."""
    found = sha256()
    for row in rows:
        cells = [cell.isoformat() if isinstance(cell, dt.date) else cell for cell in row]
        found.update(json.dumps(cells, ensure_ascii=False).encode() + b"\n")
    return found.hexdigest()


@dataclass(frozen=True)
class Opened:
    """An archive whose files are all there and as they were written."""

    manifest: Mapping[str, Any]
    contents: Mapping[str, bytes]

    @cached_property
    def pages(self) -> Mapping[str, excel.Page]:
        """The pages of its workbook."""
        return excel.pages_of(self.contents[excel.BOOK])


def open_archive(content: bytes) -> Opened:
    """Open an archive and compare every file with the manifest.

    Raises:
        ArchiveError: It is damaged or none of ours; every file that is wrong is named.
    """
    try:
        with ZipFile(BytesIO(content)) as archive:
            contents = {name: archive.read(name) for name in archive.namelist()}
        manifest = json.loads(contents.pop(MANIFEST))
        known = manifest["what"] == WHAT and manifest["form"] == FORM
        files = dict(manifest["files"])
    except (BadZipFile, KeyError, ValueError, TypeError, NotImplementedError, OSError) as error:
        raise ArchiveError(say("This is not an export, or it is damaged.")) from error
    if not known:
        raise ArchiveError(say("This is not an export, or it is damaged."))
    wrong = [_wrong(path, said, contents) for path, said in files.items()]
    wrong += [
        say("{file} is in the archive, but not in its manifest.", file=path)
        for path in sorted(set(contents) - set(files))
    ]
    found = [message for message in wrong if message]
    if found:
        raise ArchiveError(*found)
    return Opened(manifest, contents)


def _wrong(path: str, said: Mapping[str, Any], contents: Mapping[str, bytes]) -> Message | None:
    if path not in contents:
        return say("{file} is missing from the archive.", file=path)
    if sha256(contents[path]).hexdigest() != said["sha256"]:
        return say("{file} is not what was written.", file=path)
    return None


def check(content: bytes) -> dict[str, int]:
    """Check an archive from end to end: its files, and every table read back.

    Returns:
        Rows by table.

    Raises:
        ArchiveError: Something in it is not what was written; the sentences say what.
    """
    opened = open_archive(content)
    wrong = []
    counts = {}
    for said in opened.manifest["tables"]:
        rows = _rows(opened, said, whole=False)
        counts[said["name"]] = len(rows)
        if digest_of(rows) != said["content_sha256"]:
            wrong.append(
                say("The table {table} is not read back as it was written.", table=said["name"])
            )
    if wrong:
        raise ArchiveError(*wrong)
    return counts


def read_back(content: bytes) -> dict[str, pd.DataFrame]:
    """Return the tables of an archive, choices by their names, missing cells as None.

    Raises:
        ArchiveError: It is damaged or none of ours.
    """
    import pandas as pd

    opened = open_archive(content)
    return {
        said["name"]: pd.DataFrame(
            _rows(opened, said),
            columns=[column["name"] for column in said["columns"]],
            dtype=object,
        )
        for said in opened.manifest["tables"]
    }


def _rows(opened: Opened, said: Mapping[str, Any], *, whole: bool = True) -> list[tuple[Any, ...]]:
    """Read the rows of a table; `whole` puts long texts back into their cells."""
    content = opened.contents[said["file"]]
    columns = [Column(each["name"], each["kind"], each["label"]) for each in said["columns"]]
    form = opened.manifest["format"]
    if form == "csv":
        rows = comma.read(content, columns)
    elif form == "excel":
        rows = excel.read(opened.pages[said["page"]], columns)
    elif form == "parquet":
        rows = parquet.read(content)
    else:
        rows = spss.read(content, columns, said["codes"])
    signs = set(opened.manifest["long_texts"]) if whole else set()
    if not signs:
        return rows
    return [
        tuple(opened.contents[path_of(cell)].decode() if cell in signs else cell for cell in row)
        for row in rows
    ]
