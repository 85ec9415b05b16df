"""What can be found: rooms register their records here when they are ready."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from tesoro.icons import icon


@dataclass(frozen=True)
class Hit:
    """One record that was found: a name, and a line that tells it from its namesakes.

    What matches is marked in ``title``, ``about`` and ``prose``. Of ``prose``, a long text, the passage around the
    first match is shown; what stands in ``beside`` only where it matches, because it says why the record was found.
    ``badge`` and ``aside``, at the end of the line, are shown as they are.
    """

    key: Any
    url: str
    title: str
    face: str = ""
    about: Sequence[str] = ()
    beside: Sequence[str] = ()
    prose: str = ""
    badge: str = ""
    aside: str = ""


@dataclass(frozen=True)
class Group:
    """Records of one kind, and how they are found and shown.

    ``rows`` returns the live rows of an account, of a :class:`tesoro.search.Searchable` model, in no order; ``by``
    names the moment by which the latest come first, to which an index must lead: (account, ``by``, id). ``hit`` is
    given rows as ``loaded`` returns them. ``list_name`` names a list that is searched by ``?q=``; ``place`` orders the
    groups.
    """

    name: str
    title: Any
    rows: Callable[[Any], Any]
    hit: Callable[[Any], Hit]
    place: int
    loaded: Callable[[Any], Any] = lambda rows: rows
    by: str = "last_activity_at"
    list_name: str = ""
    # How many more are asked for, where ``loaded`` leaves some out.
    spare: int = 0
    # What the first line says on the section's own pages, with the words that were typed after it.
    in_list: Any = ""
    # Whether the latest are shown before anything is typed.
    recent: bool = False

    def list_url(self, query: str) -> str:
        """Return the address of the list with all that match, or nothing where there is no list."""
        return f"{reverse(self.list_name)}?{urlencode({'q': query})}" if self.list_name else ""


_groups: dict[str, Group] = {}


def register(group: Group) -> None:
    """Have a kind of record found; the app that owns it calls this when it is ready."""
    _groups[group.name] = group


def groups() -> list[Group]:
    """Return all kinds of records in the order they are shown."""
    return sorted(_groups.values(), key=lambda group: group.place)


def glyph(name: str) -> str:
    """Return the face of what has none: an icon of the size of an avatar."""
    return icon(name, "glyph")
