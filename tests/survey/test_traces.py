"""Where a picture was taken is not kept; what it shows is."""

from __future__ import annotations

import struct
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base
from PIL.PngImagePlugin import PngInfo

from survey.file_types import media_type
from survey.traces import TooManyPixelsError, UnreadableError, pictures, removable, without_traces

SECRET = b"Li Wei's phone"


def a_picture(name: str, *, orientation: int = 1, **more: object) -> bytes:
    """Return a picture, red above and blue below, whose notes say where and by whom."""
    picture = Image.new("RGB", (48, 32), "red")
    picture.paste("blue", (0, 16, 48, 32))
    exif = Image.Exif()
    exif[Base.Artist] = SECRET.decode()
    exif[Base.Orientation] = orientation
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (31.0, 13.0, 49.0)
    target = BytesIO()
    picture.save(target, name, exif=exif, **more)
    return target.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


PICTURES = {
    "JPEG": a_picture("JPEG", comment=SECRET, quality=90),
    "PNG": a_picture("PNG", pnginfo=PngInfo()),
    "WEBP": a_picture("WEBP", xmp=b"<x>" + SECRET + b"</x>"),
    "TIFF": a_picture("TIFF"),
    "AVIF": a_picture("AVIF"),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_kept_without_what_the_camera_noted(name: str) -> None:
    content = PICTURES[name]
    assert SECRET in content
    kept = without_traces(content, media_type(content))
    assert SECRET not in kept
    assert not opened(kept).getexif().get_ifd(IFD.GPSInfo)
    assert not opened(kept).info.get("comment")
    assert media_type(kept) == media_type(content)
    red, green, blue = opened(kept).convert("RGB").getpixel((24, 4))  # type: ignore[misc] # a colour
    assert red > 240
    assert green + blue < 30


def test_a_picture_held_sideways_stands_upright_afterwards() -> None:
    kept = opened(without_traces(a_picture("JPEG", orientation=6), "image/jpeg"))
    assert kept.size == (32, 48)
    assert kept.getpixel((28, 24))[0] > 240  # type: ignore[index] # a colour
    assert kept.getpixel((4, 24))[2] > 240  # type: ignore[index] # a colour


def test_a_large_picture_is_made_smaller_where_the_form_says_so() -> None:
    kept = opened(without_traces(PICTURES["JPEG"], "image/jpeg", longest=24))
    assert kept.size == (24, 16)
    assert opened(without_traces(PICTURES["PNG"], "image/png", longest=99)).size == (48, 32)


def test_what_is_hidden_behind_the_end_of_a_picture_goes() -> None:
    assert SECRET not in without_traces(PICTURES["JPEG"] + SECRET, "image/jpeg")


def test_a_picture_that_moves_still_moves() -> None:
    frames = [Image.new("P", (8, 8), number) for number in (1, 2, 3)]
    for number, frame in enumerate(frames):
        frame.putpalette([number * 80, 0, 0] * 256)
    target = BytesIO()
    frames[0].save(
        target,
        "GIF",
        save_all=True,
        append_images=frames[1:],
        duration=[50, 60, 70],
        comment=SECRET,
    )
    kept = without_traces(target.getvalue(), "image/gif")
    assert opened(kept).n_frames == 3  # type: ignore[attr-defined] # of a GIF
    assert SECRET not in kept


@pytest.mark.parametrize("content", [b"\xff\xd8\xff\xe0 not a picture", PICTURES["PNG"][:80]])
def test_a_broken_picture_is_not_kept(content: bytes) -> None:
    with pytest.raises(UnreadableError):
        without_traces(content, media_type(content))


def test_a_picture_of_endless_size_is_refused_before_it_is_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pictures, "MOST_PIXELS", 1000)
    with pytest.raises(TooManyPixelsError):
        without_traces(PICTURES["PNG"], "image/png")


def box(kind: bytes, *inside: bytes) -> bytes:
    content = b"".join(inside)
    return struct.pack(">I4s", 8 + len(content), kind) + content


def full(kind: bytes, *inside: bytes, version: int = 0) -> bytes:
    return box(kind, bytes([version, 0, 0, 0]), *inside)


TIMES = struct.pack(">II", 3_700_000_000, 3_700_000_001)
PLACE = b"+31.2304+121.4737/"
PLACES = b"31.2304 121.4737; 31.2310 121.4740"
SOUND = b"what is heard and seen"


def a_track(handler: bytes, offset: int, length: int) -> bytes:
    table = box(
        b"stbl",
        full(b"stsz", struct.pack(">II", 0, 1), struct.pack(">I", length)),
        full(b"stsc", struct.pack(">IIII", 1, 1, 1, 1)),
        full(b"stco", struct.pack(">II", 1, offset)),
    )
    media = box(
        b"mdia",
        full(b"mdhd", TIMES, b"scale"),
        full(b"hdlr", bytes(4), handler, bytes(12), SECRET if handler == b"meta" else b""),
        box(b"minf", table),
    )
    return box(b"trak", full(b"tkhd", TIMES, b"more"), media)


def a_film(brand: bytes = b"isom") -> bytes:
    """Return a film with its place, its times, and a track of places over time."""
    head = box(b"ftyp", brand, bytes(4))
    data = box(b"mdat", SOUND, PLACES)
    sound = len(head) + 8
    movie = box(
        b"moov",
        full(b"mvhd", TIMES, b"rate"),
        a_track(b"vide", sound, len(SOUND)),
        a_track(b"meta", sound + len(SOUND), len(PLACES)),
        box(b"udta", box(b"\xa9xyz", struct.pack(">HH", len(PLACE), 0), PLACE)),
        full(b"meta", full(b"hdlr", bytes(4), b"mdta"), box(b"ilst", PLACE)),
    )
    return head + data + movie + box(b"uuid", SECRET)


@pytest.mark.parametrize(
    ("brand", "kind"),
    [(b"isom", "video/mp4"), (b"qt  ", "video/quicktime"), (b"M4A ", "audio/mp4")],
)
def test_a_film_is_kept_without_place_and_time(brand: bytes, kind: str) -> None:
    film = a_film(brand)
    kept = without_traces(film, kind)
    assert media_type(film) == kind
    assert len(kept) == len(film)
    for told in (PLACE, PLACES, SECRET, TIMES):
        assert told in film
        assert told not in kept
    assert SOUND in kept
    assert kept.count(b"trak") == 1
    assert kept.index(SOUND) == film.index(SOUND)
    assert without_traces(kept, kind) == kept


def a_heic_picture() -> bytes:
    """Return a picture as telephones take them: its notes are items beside the picture."""
    head = box(b"ftyp", b"heic", bytes(4))
    image = b"the light"

    def described(at: int) -> bytes:
        kinds = full(
            b"iinf",
            struct.pack(">H", 2),
            full(b"infe", struct.pack(">HH4s", 1, 0, b"hvc1"), version=2),
            full(b"infe", struct.pack(">HH4s", 2, 0, b"Exif"), version=2),
        )
        extents = [(1, at, len(image)), (2, at + len(image), len(SECRET))]
        places = full(
            b"iloc",
            bytes([0x44, 0]),
            struct.pack(">H", len(extents)),
            *(struct.pack(">HHHII", item, 0, 1, start, size) for item, start, size in extents),
        )
        return full(b"meta", full(b"hdlr", bytes(4), b"pict"), kinds, places)

    at = len(head) + len(described(0)) + 8
    return head + described(at) + box(b"mdat", image, SECRET)


def test_a_heic_picture_is_kept_without_its_notes() -> None:
    content = a_heic_picture()
    assert media_type(content) == "image/heic"
    kept = without_traces(content, "image/heic")
    assert SECRET not in kept
    assert kept == content.replace(SECRET, bytes(len(SECRET)))


@pytest.mark.parametrize("kind", ["image/heic", "video/mp4"])
@given(data=st.data())
def test_a_broken_file_of_boxes_is_refused_or_cleaned(kind: str, data: st.DataObject) -> None:
    content = bytearray(a_heic_picture() if kind == "image/heic" else a_film())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(1, len(content)))
    try:
        kept = without_traces(bytes(content[:cut]), kind)
    except UnreadableError:
        return
    assert len(kept) <= cut


def test_it_is_known_which_files_keep_their_notes() -> None:
    assert removable("image/jpeg")
    assert removable("video/quicktime")
    assert not removable("application/pdf")
    assert without_traces(b"%PDF-", "application/pdf") == b"%PDF-"
