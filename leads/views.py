"""The list of leads."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contacts.listing import SIZES, Listing, elsewhere
from contacts.models import Kind
from tesoro.access import Request, member

COLUMNS = ["name", "email", "phone", "agent", "last"]


@require_safe
@member
def leads(request: Request) -> HttpResponse:
    """Show a page of leads as the address bar asks for it."""
    listing = Listing(request, Kind.LEAD)
    heads = [column for column in listing.columns if column.key in COLUMNS]
    context = {"listing": listing, "columns": heads, "sizes": SIZES}
    if not listing.page.rows:
        context["others"], context["examples"] = elsewhere(listing)
    return render(request, "leads/list.html", context)
