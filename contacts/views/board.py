"""What the boards share: the page, its filters, and what moves a card."""

from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from contacts.boards import Board, Gone
from contacts.saved_views import views_of
from contacts.ways_back import Standing, former, way_back
from tesoro.access import Request
from tesoro.posted import back, key
from tesoro.ranking import Place
from tesoro.toasts import toast


def show_board(request: Request, board: Board) -> HttpResponse:
    """Show a board; the next cards of one lane when htmx asks."""
    if request.htmx and board.going_on:
        return render(request, "board/_cards.html", {"board": board, "lane": board.going_on})
    listing = board.listing
    # The bar above the page creates where one looks, too.
    words = {"listing": listing, "views": views_of(request, listing), "create_url": listing.create_url}
    context = {"board": board, **words}
    if board.is_empty:
        context |= listing.section.elsewhere(request.account, listing.query)
    return render(request, "board/board.html", context)


def put_card(request: Request, board: Board, record: Any) -> HttpResponse:
    """Put a card where the form asks; the answer is the card, what is counted, and a toast with the way back.

    What has left the board or the lane in which it was seen, and what the rules refuse, stays where it is, and a toast
    says why.
    """
    try:
        with transaction.atomic():
            board.hold(record)
            was, stood = board.place_of(record), board.standing(record)
            _demand_seen(request, board, was)
            before = former(record, request.POST["undo"], stood) if request.POST.get("undo") else None
            board.arrange(record, _wanted(request, board, was, before), by=request.user, was=before)
    except Gone as gone:
        return _refused(request, board, str(gone))
    except ValidationError as error:
        return _refused(request, board, " ".join(error.messages))
    now = board.lane_of(record)
    _tell(request, board, record, was, way_back(record, stood, board.standing(record)))
    if not request.htmx:
        return back(request, board.address())
    [card] = board.cards_of([record])
    counted = [board.lane(lane) for lane in {was.lane, now}]
    context = {"board": board, "lane": board.lane(now), "card": card, "counted": counted}
    return render(request, "board/placed.html", context)


def words_shown(request: Request) -> QueryDict:
    """Return the words of the page from which htmx asks: what its lanes count."""
    return QueryDict(urlsplit(request.htmx.current_url_abs_path or "").query)


def _demand_seen(request: Request, board: Board, was: Place) -> None:
    """Raise Gone when a colleague has moved the card out of the lane in which it was seen, which ``from`` names."""
    if request.GET.get("from", was.lane) != was.lane:
        text = _("Somebody has moved this card to “%(lane)s” in the meantime. Nothing was changed.")
        raise Gone(text % {"lane": board.lane(was.lane).label})


def _wanted(request: Request, board: Board, was: Place, before: Standing | None) -> Place:
    """Return the place that the form names, or where the record stood ``before``.

    A card that only goes up or down keeps its reason.
    """
    data = request.POST
    lane = data.get(board.word, "")
    reason = was.reason if lane == was.lane else data.get("reason", "")
    if before:
        lane, reason = before[board.word], before["reason"]
    return Place(lane, reason, key(data.get("before", "")), key(data.get("after", "")))


def _tell(request: Request, board: Board, record: Any, was: Place, undo: str) -> None:
    """Say what moved, with a way back to the very place."""
    there = request.htmx.current_url_abs_path or back(request, board.address()).url
    name, now = str(record), board.lane(board.lane_of(record))
    posted: dict[str, Any] = {
        "undo_url": f"{board.place_url(record)}?from={now.key}",
        "undo_data": undo_data(was, undo, there),
    }
    if was.lane == now.key:
        toast(request, _("%(name)s moved within %(lane)s") % {"name": name, "lane": now.label}, **posted)
    else:
        cheer = now.kind.cheers and not request.POST.get("undo")
        say_moved(request, name, now.label, cheer=cheer, **posted)


def undo_data(was: Place, undo: str, there: str) -> dict[str, Any]:
    """Return what Undo of a move posts: how the record stood, between which neighbours, and the page to return to."""
    return {"undo": undo, "before": was.before or "", "after": was.after or "", "next": there}


def say_moved(request: Request, name: str, lane: Any, *, cheer: bool = False, **undo: Any) -> None:
    """Say to which lane something was moved; with ``cheer`` it is celebrated. ``undo`` is what ``toast`` takes."""
    text = _("%(name)s: %(lane)s. Congratulations!") if cheer else _("%(name)s: %(lane)s")
    toast(request, text % {"name": name, "lane": lane}, cheer=cheer, **undo)


def _refused(request: Request, board: Board, text: str) -> HttpResponse:
    """Say why the card stays where it was: the script puts it back."""
    messages.error(request, text)
    if not request.htmx:
        return back(request, board.address())
    answer = render(request, "parts/toasts.html", {"oob": True})
    answer["HX-Trigger"], answer["HX-Reswap"] = "board:refused", "none"
    return answer
