"""Avatars: really images, upright, square, without metadata."""

import io
import struct
import zlib
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tesoro.images import MAX_BYTES, clean_avatar


def picture(kind: str = "JPEG", size: tuple[int, int] = (900, 600), mode: str = "RGB", **options: Any) -> bytes:
    """Return the bytes of an image whose left half is red."""
    image = Image.new(mode, size, 0)
    image.paste((255, 0, 0) if mode == "RGB" else 255, (0, 0, size[0] // 2, size[1]))
    written = io.BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


def upload(content: bytes, name: str = "photo.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def cleaned(content: bytes, name: str = "photo.jpg") -> Image.Image:
    image = Image.open(io.BytesIO(clean_avatar(upload(content, name)).read()))
    image.load()
    return image


def refusal(content: bytes) -> ValidationError:
    with pytest.raises(ValidationError) as refused:
        clean_avatar(upload(content))
    return refused.value


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
@pytest.mark.parametrize("size", [(900, 600), (600, 900), (20, 20), (1, 1), (3000, 10)])
def test_every_accepted_kind_and_shape_becomes_a_square_webp(kind: str, size: tuple[int, int]) -> None:
    image = cleaned(picture(kind, size))
    assert (image.format, image.size) == ("WEBP", (512, 512))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_mode_of_colour_is_read(mode: str) -> None:
    image = Image.new(mode, (40, 40))
    written = io.BytesIO()
    image.save(written, "PNG")
    assert cleaned(written.getvalue()).size == (512, 512)


def test_the_jpeg_with_a_second_picture_that_phones_make_is_read() -> None:
    written = io.BytesIO()
    one, other = (Image.new("RGB", (40, 40), colour) for colour in ("red", "blue"))
    one.save(written, "MPO", save_all=True, append_images=[other])
    assert cleaned(written.getvalue()).size == (512, 512)


def test_print_colours_are_read() -> None:
    written = io.BytesIO()
    Image.new("CMYK", (40, 40)).save(written, "JPEG")
    assert cleaned(written.getvalue()).mode == "RGB"


def test_what_shows_through_still_does() -> None:
    written = io.BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(written, "PNG")
    assert cleaned(written.getvalue()).convert("RGBA").getpixel((5, 5))[3] == 0  # type: ignore[index]


def test_the_middle_is_kept_when_cropping() -> None:
    image = cleaned(picture(size=(1000, 500))).convert("RGB")
    assert image.getpixel((100, 256))[0] > 200  # type: ignore[index]
    assert image.getpixel((412, 256))[0] < 60  # type: ignore[index]


def test_a_photo_taken_sideways_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned a quarter clockwise
    image = cleaned(picture(size=(600, 600), exif=exif)).convert("RGB")
    assert image.getpixel((256, 50))[0] > 200  # type: ignore[index]
    assert image.getpixel((256, 460))[0] < 60  # type: ignore[index]


def test_position_and_camera_are_stripped() -> None:
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825)[1] = "N"
    content = clean_avatar(upload(picture(exif=exif, comment=b"SecretComment"))).read()
    assert b"Secret" not in content
    assert b"EXIF" not in content
    assert not Image.open(io.BytesIO(content)).getexif()


def test_the_first_picture_of_an_animation_is_taken() -> None:
    frames = [Image.new("RGB", (30, 30), colour) for colour in ("red", "blue")]
    written = io.BytesIO()
    frames[0].save(written, "GIF", save_all=True, append_images=frames[1:])
    image = cleaned(written.getvalue())
    assert getattr(image, "n_frames", 1) == 1
    assert image.convert("RGB").getpixel((5, 5))[0] > 200  # type: ignore[index]


def test_the_name_is_random_and_tells_nothing() -> None:
    content = picture()
    names = {clean_avatar(upload(content, "../ana.php")).name for _turn in range(2)}
    assert len(names) == 2
    assert all(name and name.endswith(".webp") and "ana" not in name and "/" not in name for name in names)


def test_the_kind_is_judged_by_decoding_and_not_by_name() -> None:
    assert cleaned(picture("PNG"), name="photo.txt").size == (512, 512)


def test_a_megabyte_is_allowed_and_one_byte_more_is_not() -> None:
    content = picture()
    assert clean_avatar(upload(content + b"\0" * (MAX_BYTES - len(content))))
    error = refusal(content + b"\0" * (MAX_BYTES - len(content) + 1))
    assert (error.code, error.messages) == ("too_large", ["A photo may have at most 1 MB; this one has 1.01 MB."])


def test_a_photo_that_is_too_large_is_told_its_size() -> None:
    assert refusal(b"\0" * 1_468_006).messages == ["A photo may have at most 1 MB; this one has 1.4 MB."]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "required"),
        (b"hello", "unreadable"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 100, "unreadable"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "unreadable"),
        (b"GIF89a", "unreadable"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "unreadable"),
        (b"%PDF-1.7", "unreadable"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "svg"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "format"),
        (picture("BMP", (20, 20)), "unreadable"),
        (picture("TIFF", (20, 20)), "unreadable"),
    ],
)
def test_a_file_that_is_no_photo_is_refused(content: bytes, code: str) -> None:
    assert refusal(content).code == code


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
def test_a_photo_that_is_cut_off_is_refused(kind: str) -> None:
    image = Image.effect_noise((400, 400), 80)
    written = io.BytesIO()
    image.save(written, kind)
    content = written.getvalue()
    assert refusal(content[: len(content) // 2]).code == "unreadable"


def bomb(width: int, height: int) -> bytes:
    """Return a PNG that claims a size and holds nothing."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [7_500, 10_000, 60_000])
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_a_photo_that_would_unfold_into_gigabytes_is_refused(side: int) -> None:
    assert refusal(bomb(side, side)).code == "too_many_pixels"


def test_a_file_that_was_read_before_is_read_from_its_beginning() -> None:
    file = upload(picture())
    file.read()
    assert clean_avatar(file).size


def repeated_scans(times: int) -> bytes:
    """Return a progressive JPEG whose last scan stands there so many times."""
    written = io.BytesIO()
    Image.effect_noise((64, 64), 80).save(written, "JPEG", progressive=True)
    content = written.getvalue()
    last = content.rindex(b"\xff\xda")
    return content[:last] + content[last:-2] * times + content[-2:]


def test_a_progressive_photo_is_taken() -> None:
    assert clean_avatar(upload(repeated_scans(1))).size


def test_a_small_file_that_would_be_decoded_a_thousand_times_over_is_refused() -> None:
    assert refusal(repeated_scans(1_000)).code == "unreadable"
