"""The tickets on a board: one record each, drawn in Python as the cells of a table are; see :mod:`contacts.cells`."""

from html import escape
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe


class Ticket(NamedTuple):
    """One record on a board: the page and the name of it, and what is drawn below, at its foot and beside its name.

    A move is posted to ``place_url``; one that has no menu stays where it is.
    """

    pk: int
    url: str
    name: str
    lines: SafeString
    foot: SafeString
    place_url: str
    menu: SafeString
    beside: str = ""

    @property
    def drawn(self) -> SafeString:
        """The whole of what is shown."""
        place = f' data-place="{escape(self.place_url)}"' if self.menu else ""
        hint = ' aria-describedby="board-hint"' if self.menu else ""
        link = f'<a id="card-{self.pk}" href="{escape(self.url)}"{hint}>{escape(self.name)}</a>'
        return mark_safe(
            f'<li class="ticket" data-card="{self.pk}"{place}><h3>{link} {self.beside}</h3>'
            f'<div class="brief">{self.lines}</div><div class="foot">{self.foot}</div>{self.menu}</li>'
        )
