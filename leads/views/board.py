"""The board of leads: the page, its filters, and what moves a card."""

from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contacts.boards import FIRST, MORE
from contacts.filters import said
from contacts.models import Person
from contacts.views.saved import views_of
from leads import pipeline
from leads.board import LeadBoard
from leads.models import Status
from leads.pipeline import Gone, Place
from tesoro.access import Request, member
from tesoro.posted import back, key
from tesoro.tenancy import fetch
from tesoro.toasts import toast


@member
def cards(request: Request) -> HttpResponse:
    """Show the board as the address bar asks for it; the next cards of one lane when htmx asks."""
    if "" in request.GET.values():
        return redirect(f"{request.path}?{said(request.GET)}")
    board = LeadBoard.of(request, size=MORE if request.GET.get("after") else FIRST)
    if request.htmx and board.going_on:
        return render(request, "board/_cards.html", {"board": board, "lane": board.going_on})
    context = {"board": board, "listing": board.listing, "views": views_of(request, board.listing)}
    if board.is_empty:
        context |= board.listing.section.elsewhere(request.account, board.listing.query)
    return render(request, "board/board.html", context)


@member
def filters(request: Request) -> HttpResponse:
    """Show the filters as a form; sent, it leads to the board."""
    listing = LeadBoard.of(request).listing
    context = {
        "form": listing.filter.form,
        "wide": listing.section.wide_filters,
        "kept": listing.kept(*listing.filter.form.fields),
        "heading": listing.section.words.filter,
        "submit_label": listing.section.words.show,
        "cancel_url": listing.here,
        "action": listing.here,
        "method": "get",
    }
    return render(request, "list/filters.html", context)


@require_POST
@member
def place(request: Request, pk: int) -> HttpResponse:
    """Put a card into a lane, between the two that are named; the answer is the card, and the counts of the lanes.

    Whoever is no lead any more, and what the rules refuse, stays where it is, and a toast says why.
    """
    person = fetch(Person.with_trash.select_related("account", "lead"), request, pk=pk)
    try:
        was = _arranged(request, person)
    except Gone:
        return _refused(request, _("Somebody converted or deleted this lead meanwhile."))
    except ValidationError as error:
        return _refused(request, " ".join(error.messages))
    person.lead.refresh_from_db()
    _tell(request, person, was)
    if not request.htmx:
        return back(request, reverse("leads:board"))
    board = LeadBoard.of(request, _below(request))
    lane = board.lane(person.lead.status)
    [card] = board.cards_of([person])
    counted = [board.lane(status) for status in {was.status, person.lead.status}]
    return render(request, "board/placed.html", {"board": board, "lane": lane, "card": card, "counted": counted})


def _arranged(request: Request, person: Any) -> Place:
    """Arrange the card as was asked, and return where it lay before. Raises what ``arrange`` raises."""
    if person.is_contact or person.in_trash:
        raise Gone(person)
    data, was = request.POST, pipeline.place_of(person.lead)
    status = data.get("status", "")
    reason = was.reason if status == was.status else data.get("reason", "")
    wanted = Place(status, reason, key(data.get("before", "")), key(data.get("after", "")))
    pipeline.arrange(person, wanted, by=request.user)
    return was


def _tell(request: Request, person: Any, was: Place) -> None:
    """Say what moved, with a way back to the very place."""
    said = _("%(name)s moved within %(status)s") if was.status == person.lead.status else _("%(name)s: %(status)s")
    undo = {
        "status": was.status,
        "reason": was.reason,
        "before": was.before or "",
        "after": was.after or "",
        "next": request.htmx.current_url_abs_path or back(request, reverse("leads:board")).url,
    }
    text = said % {"name": person.full_name, "status": Status(person.lead.status).label}
    toast(request, text, undo_url=reverse("leads:place", args=[person.pk]), undo_data=undo)


def _refused(request: Request, text: str) -> HttpResponse:
    """Say why the card stays where it was: the script puts it back."""
    messages.error(request, text)
    if not request.htmx:
        return back(request, reverse("leads:board"))
    answer = render(request, "parts/toasts.html", {"oob": True})
    answer["HX-Trigger"], answer["HX-Reswap"] = "board:refused", "none"
    return answer


def _below(request: Request) -> QueryDict:
    """Return the words of the board from which htmx asks: what its lanes count."""
    return QueryDict(urlsplit(request.htmx.current_url_abs_path or "").query)
