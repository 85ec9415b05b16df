"""The list of a section."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from contacts import columns
from contacts.filters import settled
from contacts.listing import SIZES, Listing
from contacts.saved_views import address as address_of
from contacts.saved_views import views_of
from contacts.sections import sections
from tesoro.access import Request, member


@member
def records(request: Request, section: str) -> HttpResponse:
    """Show a page of the list as the address bar asks for it; the table alone when htmx asks."""
    listing = Listing(request, sections[section])
    if address := _better_address(listing):
        return redirect(address)
    context = {"listing": listing, "sizes": SIZES, "views": views_of(request, listing)}
    if not listing.page.rows:
        context |= listing.section.elsewhere(request.account, listing.query)
    template = "list/_table.html" if request.htmx.target == "list" else "list/list.html"
    return render(request, template, context)


def _better_address(listing: Listing) -> str:
    """Return the address that is kept and shared for what is asked, "" where it is the request's own."""
    if not listing.data:
        return f"{listing.here}?{address_of(listing.opening)}" if listing.opening else ""
    if address := settled(listing):
        return listing.everything if address.endswith("?") else address
    if len(listing.data.getlist(columns.WORD)) > 1:  # as the form sends them
        keys = ",".join(head.key for head in listing.heads) if listing.columns_chosen else ""
        return listing.place(columns=keys)
    return ""


@member
def exact_count(request: Request, section: str) -> HttpResponse:
    """Count the matches to the last one, for a list of more than ten thousand."""
    return HttpResponse(Listing(request, sections[section]).exact_count_text)


@member
def filters(request: Request, section: str) -> HttpResponse:
    """Show the filters as a form; sent, it leads to the list."""
    return show_filters(request, Listing(request, sections[section]))


def show_filters(request: Request, listing: Listing) -> HttpResponse:
    """Show the filters of a list or a board as a form; sent, it leads back there, as does leaving it."""
    context = {
        "form": listing.filter.form,
        "wide": listing.section.wide_filters,
        "kept": listing.kept(*listing.filter.form.fields),
        "heading": listing.section.words.filter,
        "submit_label": listing.section.words.show,
        "cancel_url": f"{listing.here}{listing.address}",
        "action": listing.here,
        "method": "get",
    }
    return render(request, "list/filters.html", context)
