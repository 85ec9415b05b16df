"""Kinds of files as people tell them apart: an icon and a word, by the ending of the name."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contacts.attachments.naming import ending


class FileKind(NamedTuple):
    """How a kind of file is shown."""

    icon: str
    label: str | Promise


_KINDS: list[tuple[FileKind, str]] = [
    (FileKind("image", _("Image")), "jpg jpeg png gif webp heic heif avif svg tif tiff bmp"),
    (FileKind("file-text", "PDF"), "pdf"),
    (FileKind("file-text", _("Document")), "doc docx odt rtf txt md pages"),
    (FileKind("file-spreadsheet", _("Spreadsheet")), "xls xlsx ods csv numbers"),
    (FileKind("presentation", _("Presentation")), "ppt pptx odp key"),
    (FileKind("file-archive", _("Archive")), "zip rar 7z gz tar"),
    (FileKind("file-play", _("Video")), "mp4 mov avi mkv webm"),
    (FileKind("file-headphone", _("Audio")), "mp3 m4a wav ogg opus aac amr"),
    (FileKind("mail", _("Email")), "eml msg"),
    (FileKind("calendar", _("Calendar")), "ics"),
]
_BY_ENDING = {end: kind for kind, ends in _KINDS for end in ends.split()}


def kind_of(name: str) -> FileKind:
    """Return the kind of a file of this name; one we have no word for is called by its ending."""
    end = ending(name)[1:]
    return _BY_ENDING.get(end.lower()) or FileKind("file", end.upper() or _("File"))
