"""Pictures without what the camera noted in them."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import TYPE_CHECKING, Any

from survey.traces.reading import UnreadableError

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = {
    "image/jpeg": ("JPEG", "MPO"),
    "image/png": ("PNG",),
    "image/gif": ("GIF",),
    "image/webp": ("WEBP",),
    "image/bmp": ("BMP",),
    "image/tiff": ("TIFF",),
    "image/avif": ("AVIF",),
}
"""The names that Pillow has for the media types it can write."""
MOST_PIXELS = 100_000_000
_SEEN = ("icc_profile", "transparency", "duration", "loop", "background")
"""What is noted in a picture and needed to show it."""


class TooManyPixelsError(ValueError):
    """The picture has more than `MOST_PIXELS`."""


def without_traces(content: bytes, media_type: str, *, longest: int | None = None) -> bytes:
    """Return a picture written anew: its pixels, turned as they are to be seen, and its colours.

    A JPEG file that need not be turned or made smaller keeps its tables, so that it loses next to
    nothing.

    Args:
        content: The picture.
        media_type: One of `FORMATS`.
        longest: How many pixels its longer side may have; pictures that move stay as they are.

    Raises:
        UnreadableError: It cannot be read to its end.
        TooManyPixelsError: It is too large.
    """
    import PIL.Image

    formats = FORMATS[media_type]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # odd notes of cameras; they go anyway
            with PIL.Image.open(BytesIO(content), formats=formats) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise TooManyPixelsError
                return _written(picture, formats[0], longest)
    except PIL.Image.DecompressionBombError as error:
        raise TooManyPixelsError from error
    except (OSError, SyntaxError, ValueError, KeyError, IndexError, EOFError) as error:
        if isinstance(error, TooManyPixelsError):
            raise
        raise UnreadableError from error


def _written(picture: Image, name: str, longest: int | None) -> bytes:
    from PIL.ExifTags import Base

    target = BytesIO()
    colours = picture.info.get("icc_profile")
    turned = picture.getexif().get(Base.Orientation, 1) != 1
    large = longest is not None and max(picture.size) > longest
    if picture.format == "JPEG" and not turned and not large:
        # "keep" takes the tables over; the comment would be taken over too.
        picture.save(target, name, quality="keep", icc_profile=colours, comment=b"")
        return target.getvalue()
    frames = _frames(picture) if name in {"GIF", "WEBP", "PNG", "AVIF"} else [_plain(picture)]
    if longest and large and len(frames) == 1:
        frames[0].thumbnail((longest, longest))
    more: dict[str, Any] = {"quality": 92} if name in {"JPEG", "WEBP", "AVIF"} else {}
    if len(frames) > 1:
        more |= {"save_all": True, "append_images": frames[1:], "loop": picture.info.get("loop", 0)}
        if all("duration" in frame.info for frame in frames):
            more["duration"] = [frame.info["duration"] for frame in frames]
    frames[0].save(target, name, icc_profile=colours, **more)
    return target.getvalue()


def _frames(picture: Image) -> list[Image]:
    from PIL import ImageSequence

    return [_plain(frame) for frame in ImageSequence.Iterator(picture)]


def _plain(picture: Image) -> Image:
    """Return a copy that is turned the right way up and knows nothing but its pixels."""
    from PIL.ImageOps import exif_transpose

    upright = exif_transpose(picture).copy()
    upright.info = {name: value for name, value in upright.info.items() if name in _SEEN}
    return upright
