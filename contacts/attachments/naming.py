"""What a file is called: as its sender called it, without path, without what cannot be seen, and not too long."""

import re
import unicodedata
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tesoro.text import too_long

NAME_LENGTH = 150

# An ending of more characters, or with anything but these in it, is part of the name: "Offer to Sr. Peña".
_ENDING = re.compile(r"(?<=.)\.[A-Za-z0-9]{1,10}$", re.DOTALL)
_PATH = re.compile(r"[/\\]")
# Controls, marks of direction and other invisible characters, halves of a pair, ends of lines and paragraphs.
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


class Name(NamedTuple):
    """A name as it is shown, and in words what had to be done to it; nothing when it is the name that was sent."""

    text: str
    told: str = ""


def ending(name: str) -> str:
    """Return how a name ends, with its dot (".pdf"), or nothing."""
    found = _ENDING.search(name)
    return found[0] if found else ""


def clean_name(sent: str) -> Name:
    """Return the name under which a file that was sent as ``sent`` is shown: one line of 1 to 150 characters.

    A name that is too long keeps its ending. Cleaning a clean name changes nothing.
    """
    whole = unicodedata.normalize("NFC", sent)
    name = _seen(_PATH.split(whole)[-1]).strip(" .") or _("File")
    cleaned = name != whole.strip(" .")
    if len(name) > NAME_LENGTH:
        return Name(_shortened(name), _("Its name was too long and is now “%(name)s”.") % {"name": _shortened(name)})
    return Name(name, _("It is now called “%(name)s”.") % {"name": name} if cleaned else "")


def chosen_name(typed: str, end: str) -> str:
    """Return the name a colleague gives a file, with the ending ``end``: a file stays of the kind it is.

    Raises ValidationError: "required", "path" (a stroke in it) or "max_length".
    """
    name = _seen(unicodedata.normalize("NFC", typed)).strip(" .")
    if not name or f".{name}".lower() == end.lower():
        raise ValidationError(_("Name is missing."), code="required")
    if _PATH.search(name):
        raise ValidationError(_("A file's name has no “/” or “\\” in it."), code="path")
    if not name.lower().endswith(end.lower()):
        name += end
    if len(name) > NAME_LENGTH:
        raise too_long(NAME_LENGTH, len(name))
    return name


def _seen(text: str) -> str:
    """Return a text without characters that cannot be seen; every kind of white space becomes one blank."""
    spaced = "".join(" " if char.isspace() else char for char in text)
    return " ".join("".join(char for char in spaced if unicodedata.category(char) not in _UNSEEN).split())


def _shortened(name: str) -> str:
    end = ending(name)
    return name[: NAME_LENGTH - len(end)].rstrip(" .") + end
