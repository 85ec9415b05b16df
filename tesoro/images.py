"""Photos of people, and small pictures of files: really an image, upright, without what a camera writes into it."""

import io
import threading
import uuid
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

MAX_BYTES = 1_048_576
SIDE = 512
THUMBNAIL_SIDE = 480
# An image of 1 MB can unfold into gigabytes. A JPEG is decoded at a fraction of its size; the others are not, and
# 24 million pixels of them take 100 MB.
MAX_PIXELS = 50_000_000
MAX_PIXELS_UNFOLDED = 24_000_000

# Each scan of a progressive JPEG is decoded over the whole picture. Cameras and programs write ten or so; a file of
# 100 kB with a thousand would keep a processor busy for many seconds.
MOST_SCANS = 50

_ONE_AT_A_TIME = threading.Lock()
_ACCEPTED = ("JPEG", "PNG", "GIF", "WEBP")
_ALPHA = ("RGBA", "LA", "PA", "RGBa", "La")
_HEIC = (b"ftyphe", b"ftypmif1", b"ftypmsf1", b"ftypavi")


class Readable(Protocol):
    """An uploaded or any other open file."""

    def read(self, size: int = -1, /) -> bytes:
        """Return at most `size` bytes."""


def clean_avatar(upload: Readable) -> ContentFile:
    """Return an uploaded photo as a WebP of 512 by 512 pixels with a random name and no metadata.

    What it is is found out by decoding it, not from its name or header. Animations give their first picture;
    small photos are enlarged, so that every avatar has one size. Raises ValidationError: "required", "too_large",
    "svg", "format", "too_many_pixels" or "unreadable".
    """
    image = _decode(io.BytesIO(_read(upload)))
    return _as_webp(ImageOps.fit(_upright(image), (SIDE, SIDE), Image.Resampling.LANCZOS))


def thumbnail(upload: Any) -> ContentFile | None:
    """Return an open file, of any size, as a WebP of at most 480 by 480 pixels with a random name and no metadata.

    None for what is no JPEG, PNG, GIF or WebP, is damaged, or unfolds too far: such a file has no picture.
    """
    try:
        image = _upright(_decode(upload))
    except ValidationError:
        return None
    finally:
        upload.seek(0)
    image.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    return _as_webp(image)


def _as_webp(image: Image.Image) -> ContentFile:
    image.info = {}  # position, camera and colour profile would be written out again
    written = io.BytesIO()
    image.save(written, "WEBP", quality=85, method=4)
    return ContentFile(written.getvalue(), name=f"{uuid.uuid4().hex}.webp")


def _read(upload: Readable) -> bytes:
    size = getattr(upload, "size", None)
    seek = getattr(upload, "seek", None)
    if seek is not None:
        seek(0)
    content = b"" if isinstance(size, int) and size > MAX_BYTES else upload.read(MAX_BYTES + 1)
    length = max(len(content), size if isinstance(size, int) else 0)
    if length > MAX_BYTES:
        raise ValidationError(
            _("A photo may have at most 1 MB; this one has %(size)s MB."),
            code="too_large",
            params={"size": _megabytes(length)},
        )
    if not content:
        raise ValidationError(_("This file is empty."), code="required")
    return content


def _megabytes(length: int) -> str:
    """Return a size above the limit in MB; one just above it must not read as the limit itself."""
    return f"{max(length / MAX_BYTES, 1.01):.{1 if length >= 1.1 * MAX_BYTES else 2}f}"


def _decode(source: Any) -> Image.Image:
    """Decode an open file. Raises ValidationError for what is no image, is cut off or unfolds too far."""
    try:
        source.seek(0)
        image = Image.open(source, formats=_ACCEPTED)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None
    except (OSError, ValueError, SyntaxError, EOFError, OverflowError):
        raise _unknown(source) from None
    if image.width * image.height > (MAX_PIXELS if image.format == "JPEG" else MAX_PIXELS_UNFOLDED):
        raise _too_many_pixels()
    if image.format == "JPEG" and _scans(source) > MOST_SCANS:
        raise ValidationError(_("This photo is damaged or cut off. Choose another."), code="unreadable")
    image.draft("RGB", (2 * SIDE, 2 * SIDE))  # JPEG alone: decodes large photos at a fraction of their size
    try:
        with _ONE_AT_A_TIME:
            image.load()
            image.thumbnail((4 * SIDE, 4 * SIDE))
    except Exception:  # decoders raise whatever they like on damaged files
        raise ValidationError(_("This photo is damaged or cut off. Choose another."), code="unreadable") from None
    return image


def _scans(source: Any) -> int:
    """Return how many scans a JPEG has: its mark stands in picture data only where a scan begins."""
    place = source.tell()
    source.seek(0)
    found, last = 0, b""
    while part := source.read(1 << 20):
        found += (last + part).count(b"\xff\xda")
        last = part[-1:]
    source.seek(place)
    return found


def _upright(image: Image.Image) -> Image.Image:
    """Turn the image as its EXIF data say, in RGB, or RGBA if something shows through."""
    try:
        image = ImageOps.exif_transpose(image)
    except Exception:  # damaged EXIF data are no reason to refuse a good photo
        image = image.copy()
    see_through = image.mode in _ALPHA or "transparency" in image.info
    return image.convert("RGBA" if see_through else "RGB")


def _too_many_pixels() -> ValidationError:
    return ValidationError(_("This photo has too many pixels. Make it smaller and try again."), code="too_many_pixels")


def _unknown(source: Any) -> ValidationError:
    source.seek(0)
    head = source.read(4096)
    if b"<svg" in head.lower():
        return ValidationError(_("An SVG drawing cannot be a photo. Use JPEG, PNG, GIF or WebP."), code="svg")
    if head[4:12].startswith(_HEIC):
        return ValidationError(_("HEIC and AVIF photos cannot be read. Save it as JPEG."), code="format")
    return ValidationError(_("This file is not an image we can read. Use JPEG, PNG, GIF or WebP."), code="unreadable")
