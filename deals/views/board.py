"""The boards of deals: the page, its filters, and what moves a card."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from contacts.boards import FIRST_OF_MANY, MORE
from contacts.filters import settled
from contacts.saved_views import address as address_of
from contacts.views.board import put_card, show_board, words_shown
from contacts.views.listing import show_filters
from deals.board import BOARDS, DealBoard, board_of, remember, remembered
from deals.models import Deal
from tesoro.access import Request, member
from tesoro.tenancy import fetch


@member
def cards(request: Request) -> HttpResponse:
    """Show the board of a pipeline as the address bar asks for it; the next cards of one lane when htmx asks.

    An address that names no pipeline leads to the one looked at last.
    """
    asked = request.GET.get("pipeline", "")
    pipeline = asked if asked in BOARDS else remembered(request)
    board = board_of(request, pipeline, size=MORE if request.GET.get("after") else FIRST_OF_MANY)
    if asked != pipeline:
        return redirect(_named(board))
    if address := settled(board.listing):
        return redirect(address)
    answer = show_board(request, board)
    if remembered(request) != pipeline:
        remember(answer, pipeline)
    return answer


def _named(board: DealBoard) -> str:
    """Return the address that asks for the same and names the pipeline; the section opens with the user's view."""
    listing = board.listing
    words = board.address(pipeline=board.pipeline.value)
    return f"{words}&{address_of(listing.opening)}" if not listing.data and listing.opening else words


@member
def filters(request: Request) -> HttpResponse:
    """Show the filters as a form; sent, it leads to the board."""
    asked = request.GET.get("pipeline", "")
    return show_filters(request, board_of(request, asked if asked in BOARDS else remembered(request)).listing)


@require_POST
@member
def place(request: Request, pk: int) -> HttpResponse:
    """Put a card into a lane, between the two that are named."""
    deal = fetch(Deal.with_trash.select_related("assigned_to"), request, pk=pk)
    words = words_shown(request)
    shown = words.get("pipeline", "")
    return put_card(request, board_of(request, shown if shown in BOARDS else deal.pipeline, words), deal)
