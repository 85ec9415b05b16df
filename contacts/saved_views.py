"""The views above a list: all records, one's own, and those that were kept under a name.

The address bar names the view it shows as ``view=7``, so that it is known which one to change once its words are
others. ``view=all`` asks for all records where the section opens with a view.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from contacts.filters import without
from contacts.listing import Listing
from contacts.models import SavedView
from tesoro.access import Request
from tesoro.forms import ModelForm

# What says where one is rather than what one sees.
PLACE = ("view", "open", "after", "before")
# What makes no other view of all records, or of one's own.
LOOKS = ("sort", "per_page", "columns")


@dataclass(frozen=True)
class ViewTab:
    """A view above the list: whether the list shows it now, and whether it was ``changed`` since it was opened."""

    name: Any
    url: str
    current: bool
    view: SavedView | None = None
    changed: bool = False
    may_change: bool = False


def views_of(request: Request, listing: Listing) -> list[ViewTab]:
    """Return all records, one's own and the views the user sees, for the tabs above the list.

    A view that a board cannot show as it was kept leads to the list.
    """
    data, now = _asked(listing), {canonical(listing.data), canonical(_asked(listing))}
    shown = _shown(listing, now, listing.data.get("view", ""))
    tabs = [ViewTab(listing.section.words.all, listing.everything, shown is None and _bare(data) == "")]
    if listing.section.assignable:
        mine = f"agent={request.user.pk}"
        current = shown is None and _bare(data) == mine
        tabs.append(ViewTab(listing.section.words.mine, f"{listing.here}?{mine}", current))
    for view in listing.views:
        changed = view is shown and canonical(view.query) not in now
        url = f"{listing.here if listing.shows(view) else listing.section.list_url}?{address(view)}"
        tabs.append(ViewTab(view.name, url, view is shown, view, changed, view.may_be_changed_by(request.user)))
    return tabs


def _asked(listing: Listing) -> QueryDict:
    """Return the words of the address without those that say where one looks."""
    return QueryDict(without(listing.data, *listing.beside)) if listing.beside else listing.data


def _shown(listing: Listing, now: set[str], asked: str) -> SavedView | None:
    """Return the view that the address names, or, where it names none, the one that asks for the same."""
    views = [view for view in listing.views if listing.shows(view)]
    if asked:
        return next((view for view in views if str(view.pk) == asked), None)
    return next((view for view in views if canonical(view.query) in now - {""}), None)


def address(view: SavedView) -> str:
    """Return the query string that shows a view."""
    return f"{view.query}&view={view.pk}" if view.query else f"view={view.pk}"


def words_to_keep(query: str) -> str:
    """Return the words of an address that a view holds, in their order."""
    return without(QueryDict(query), *PLACE)


def canonical(query: Any) -> str:
    """Return a query string by which two views can be compared."""
    data = QueryDict(query) if isinstance(query, str) else query
    return "&".join(sorted(without(data, *PLACE).split("&")))


def _bare(data: QueryDict) -> str:
    return without(data, *PLACE, *LOOKS)


class ViewForm(ModelForm):
    """The name of a view, who sees it, and whether the section opens with it.

    For somebody who may not change the view, only the last.
    """

    opens = forms.BooleanField(
        label=_("Open the section with this view"), required=False, help_text=_("For you alone.")
    )

    class Meta:
        model = SavedView
        fields = ("name", "shared")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.initial.setdefault("opens", getattr(self.instance, "opens", False))
        if not self.instance.may_be_changed_by(user):
            del self.fields["name"], self.fields["shared"]

    def keep(self) -> SavedView:
        """Store what was valid. Raises ValidationError when the words of the view are too many."""
        view = self.instance
        if "name" in self.fields:
            view.keep()
        view.open_first(self.user, self.cleaned_data["opens"])
        return view
