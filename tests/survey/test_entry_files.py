"""Files that answer questions: judged by their content, gone when they are taken out."""

from __future__ import annotations

import errno
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base
from sqlmodel import Session, select

from data import files
from data.tables import Account, Attachment, EntryFile, Study
from settings import Settings
from survey import entry_files
from survey.file_types import MAX_MEGABYTES, media_type, media_type_for
from survey.traces import without_traces
from tests.studies_for_tests import a_study


def a_jpeg(colour: str = "red") -> bytes:
    """Return a small picture as it is kept: without notes."""
    target = BytesIO()
    Image.new("RGB", (8, 8), colour).save(target, "JPEG", quality=90)
    return without_traces(target.getvalue(), "image/jpeg")


JPEG = a_jpeg()
PDF = b"%PDF-1.7 ..."
INSTANCE = UUID(int=7)


@pytest.fixture
def account(session: Session) -> Account:
    a_study(session)
    return session.exec(select(Account)).one()


def keep(
    session: Session,
    account: Account,
    filename: str = "take.jpg",
    content: bytes = JPEG,
    **more: str,
) -> EntryFile:
    kept = entry_files.keep(
        session=session,
        study_id=session.exec(select(Study.id)).one(),
        account_id=account.id,
        instance_id=INSTANCE,
        path="/data/photo",
        filename=filename,
        content=content,
        kind=more.get("kind", "image"),
    )
    session.commit()
    return kept


def stored(installation: Settings) -> list[Path]:
    folder = Path(installation.files_url.removeprefix("file://"))
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_is_kept_and_read_by_its_author_only(session: Session, account: Account) -> None:
    name = keep(session, account).name
    of_entry = {"session": session, "instance_id": INSTANCE, "name": name}
    assert entry_files.read(account_id=account.id, **of_entry) == ("image/jpeg", JPEG)  # type: ignore[arg-type] # as above
    assert entry_files.read(account_id=UUID(int=1), **of_entry) is None  # type: ignore[arg-type] # as above


def test_two_files_of_one_name_have_two_names(session: Session, account: Account) -> None:
    names = [keep(session, account, content=JPEG + bytes([number])).name for number in range(3)]
    assert names == ["take.jpg", "take-2.jpg", "take-3.jpg"]


def test_what_is_taken_out_is_gone_for_good(
    session: Session, account: Account, installation: Settings
) -> None:
    name = keep(session, account).name
    assert len(stored(installation)) == 1
    entry_files.remove(session=session, account_id=account.id, instance_id=INSTANCE, name=name)
    session.commit()
    assert stored(installation) == []
    assert session.exec(select(Attachment)).all() == []


def test_the_same_content_stays_as_long_as_another_file_has_it(
    session: Session, account: Account, installation: Settings
) -> None:
    keep(session, account)
    twin = keep(session, account, "twin.jpg").name
    entry_files.remove(session=session, account_id=account.id, instance_id=INSTANCE, name=twin)
    session.commit()
    assert len(stored(installation)) == 1


@pytest.mark.parametrize(
    ("filename", "content", "kind"),
    [
        ("photo.jpg", b"<svg onload='alert(1)'/>", "image"),
        ("photo.jpg", PDF, "image"),
        ("film.mp4", JPEG, "video"),
        ("sound.mp3", PDF, "audio"),
        ("empty.txt", b"", "file"),
    ],
)
def test_what_a_file_is_is_judged_by_its_content(
    session: Session, account: Account, filename: str, content: bytes, kind: str
) -> None:
    with pytest.raises(entry_files.EntryFileError) as refused:
        keep(session, account, filename, content, kind=kind)
    assert filename in str(refused.value)


def test_a_broken_picture_is_refused(session: Session, account: Account) -> None:
    with pytest.raises(entry_files.EntryFileError, match="no picture that can be read"):
        keep(session, account, "half.jpg", JPEG[: len(JPEG) // 2])


def test_a_picture_is_kept_without_where_it_was_taken(session: Session, account: Account) -> None:
    exif = Image.Exif()
    exif[Base.Artist] = "Li Wei"
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (31.0, 13.0, 49.0)
    taken = BytesIO()
    Image.new("RGB", (8, 8)).save(taken, "JPEG", exif=exif)
    kept = keep(session, account, content=taken.getvalue())
    found = files.read(session.get_one(Attachment, kept.attachment_id))
    assert b"Li Wei" in taken.getvalue()
    assert not Image.open(BytesIO(found)).getexif()


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "The server’s disk is full, so take"),
        (OSError(errno.EIO, "Input/output error"), "could not be kept right now"),
    ],
)
def test_without_room_on_the_disk_a_file_is_refused_in_words_and_leaves_nothing(
    session: Session,
    account: Account,
    monkeypatch: pytest.MonkeyPatch,
    trouble: OSError,
    said: str,
) -> None:
    def full(*_args: object, **_more: object) -> None:
        raise trouble

    monkeypatch.setattr("data.files.fsspec.open", full)
    with pytest.raises(entry_files.EntryFileError, match=said):
        keep(session, account)
    assert session.exec(select(Attachment)).all() == []
    monkeypatch.undo()
    assert keep(session, account).name == "take.jpg"


def test_a_file_that_is_too_large_is_refused(
    session: Session, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(MAX_MEGABYTES, "image", 0)
    with pytest.raises(entry_files.EntryFileError, match="larger than 0 MB"):
        keep(session, account)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "audio/wav"),
        (b"\x00\x00\x00\x18ftypheic", "image/heic"),
        (b"\x00\x00\x00\x18ftypM4A ", "audio/mp4"),
        (b"\x00\x00\x00\x18ftypisom", "video/mp4"),
        (b"\xff\xf1\x50\x80", "audio/aac"),
        (b"\xff\xfb\x90\x64", "audio/mpeg"),
        (b"\x1aE\xdf\xa3....webm", "video/webm"),
        (b"hello", "application/octet-stream"),
    ],
)
def test_media_types(content: bytes, found: str) -> None:
    assert media_type(content) == found


def test_a_recording_of_the_browser_is_sound() -> None:
    assert media_type_for("audio", b"\x1aE\xdf\xa3....webm") == "audio/webm"


@given(st.binary(max_size=40))
def test_any_content_has_a_media_type(content: bytes) -> None:
    assert "/" in media_type(content)


@given(st.text(max_size=300), st.sets(st.text(max_size=20), max_size=5))
def test_a_free_name_is_plain_and_not_taken(filename: str, taken: set[str]) -> None:
    name = entry_files.free_name(filename, taken)
    assert name not in taken
    assert not set(name) & set("/\\:\0")
    assert 0 < len(name) <= 150
