"""The board of leads: the page, its filters, and what moves a card."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from contacts.boards import FIRST, MORE
from contacts.filters import settled
from contacts.models import Person
from contacts.views.board import put_card, show_board, words_shown
from contacts.views.listing import show_filters
from leads.board import LeadBoard
from tesoro.access import Request, member
from tesoro.tenancy import fetch


@member
def cards(request: Request) -> HttpResponse:
    """Show the board as the address bar asks for it; the next cards of one lane when htmx asks."""
    board = LeadBoard.of(request, size=MORE if request.GET.get("after") else FIRST)
    if address := settled(board.listing):
        return redirect(address)
    return show_board(request, board)


@member
def filters(request: Request) -> HttpResponse:
    """Show the filters as a form; sent, it leads to the board."""
    return show_filters(request, LeadBoard.of(request).listing)


@require_POST
@member
def place(request: Request, pk: int) -> HttpResponse:
    """Put a card into a lane, between the two that are named."""
    person = fetch(Person.with_trash.select_related("account", "lead"), request, pk=pk)
    return put_card(request, LeadBoard.of(request, words_shown(request)), person)
