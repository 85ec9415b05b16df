"""Saved views of the list."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contacts.filters import without
from contacts.listing import Listing
from contacts.models import SavedView
from contacts.sections import sections
from tesoro.access import Request, member
from tesoro.tenancy import fetch

MOST_VIEWS = 30


@dataclass(frozen=True)
class ViewTab:
    """A view above the list, and whether the list shows it now."""

    name: Any
    url: str
    current: bool
    pk: int | None = None


def views_of(request: Request, listing: Listing) -> list[ViewTab]:
    """Return all records, one's own and the user's own views, for the tabs above the list."""
    section = listing.section
    here = listing.here
    now = _canonical(listing.data)
    tabs: list[tuple[Any, str, int | None]] = [(section.words.all, "", None)]
    if section.assignable:
        tabs.append((section.words.mine, f"agent={request.user.pk}", None))
    own = SavedView.objects.for_account(request.account).filter(owner=request.user, section=section.namespace)
    tabs += [(view.name, view.query, view.pk) for view in own]
    return [
        ViewTab(name, f"{here}?{query}" if query else here, _canonical(query) == now, pk) for name, query, pk in tabs
    ]


def _canonical(query: Any) -> str:
    data = QueryDict(query) if isinstance(query, str) else query
    return "&".join(sorted(without(data, "per_page", "open").split("&")))


@require_POST
@member
def create(request: Request, section: str) -> HttpResponse:
    """Keep the list's search, filters and order under a name."""
    query = without(QueryDict(request.POST.get("query", "")[:2000]))
    own = SavedView.objects.for_account(request.account).filter(owner=request.user, section=section)
    view = SavedView(account=request.account, owner=request.user, section=section, query=query)
    view.name = request.POST.get("name", "")
    try:
        view.full_clean()
        if own.count() >= MOST_VIEWS:
            raise ValidationError(_("You have 30 views already. Delete one first."))
        view.save()
        messages.success(request, _("View saved"))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    shape = "board" if request.POST.get("shape") == "board" and sections[section].board else "list"
    return redirect(f"{sections[section].url(shape)}?{query}")


@require_POST
@member
def delete(request: Request, section: str, pk: int) -> HttpResponse:
    """Forget one of the user's own views."""
    view = fetch(SavedView.objects.filter(owner=request.user, section=section), request, pk=pk)
    view.delete()
    messages.success(request, _("View “%(name)s” deleted") % {"name": view.name})
    return redirect(sections[section].url("list"))
