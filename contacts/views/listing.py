"""The list of a section."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from contacts.filters import said
from contacts.listing import SIZES, Listing
from contacts.sections import sections
from contacts.views.saved import views_of
from tesoro.access import Request, member


@member
def records(request: Request, section: str) -> HttpResponse:
    """Show a page of the list as the address bar asks for it; the table alone when htmx asks."""
    if "" in request.GET.values():  # fields of a form that were left empty: an address is for sharing
        return redirect(f"{request.path}?{said(request.GET)}")
    listing = Listing(request, sections[section])
    context = {"listing": listing, "sizes": SIZES, "views": views_of(request, listing)}
    if not listing.page.rows:
        context |= listing.section.elsewhere(request.account, listing.query)
    template = "list/_table.html" if request.htmx.target == "list" else "list/list.html"
    return render(request, template, context)


@member
def exact_count(request: Request, section: str) -> HttpResponse:
    """Count the matches to the last one, for a list of more than ten thousand."""
    return HttpResponse(Listing(request, sections[section]).exact_count_text)


@member
def filters(request: Request, section: str) -> HttpResponse:
    """Show the filters as a form; sent, it leads to the list."""
    listing = Listing(request, sections[section])
    context = {
        "form": listing.filter.form,
        "wide": listing.section.wide_filters,
        "kept": listing.kept(*listing.filter.form.fields),
        "heading": listing.section.words.filter,
        "submit_label": listing.section.words.show,
        "cancel_url": listing.section.url("list"),
        "action": listing.section.url("list"),
        "method": "get",
    }
    return render(request, "list/filters.html", context)
