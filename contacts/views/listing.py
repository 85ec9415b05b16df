"""The list of contacts."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from contacts.filters import said
from contacts.listing import SIZES, Listing, elsewhere
from contacts.models import Kind
from contacts.views.saved import views_of
from tesoro.access import Request, member


@member
def contacts(request: Request) -> HttpResponse:
    """Show a page of contacts as the address bar asks for it; the table alone when htmx asks."""
    if "" in request.GET.values():  # fields of a form that were left empty: an address is for sharing
        return redirect(f"{request.path}?{said(request.GET)}")
    listing = Listing(request, Kind.CONTACT)
    context = {"listing": listing, "sizes": SIZES, "views": views_of(request, listing)}
    if not listing.page.rows:
        context["others"], context["examples"] = elsewhere(listing)
    template = "contacts/_table.html" if request.htmx.target == "list" else "contacts/list.html"
    return render(request, template, context)


@member
def exact_count(request: Request) -> HttpResponse:
    """Count the matches to the last one, for a list of more than ten thousand."""
    return HttpResponse(Listing(request, Kind.CONTACT).exact_count_text)


@member
def filters(request: Request) -> HttpResponse:
    """Show the filters as a form; sent, it leads to the list."""
    listing = Listing(request, Kind.CONTACT)
    context = {
        "form": listing.filter.form,
        "kept": listing.kept(*listing.filter.form.fields),
        "heading": _("Filter contacts"),
        "submit_label": _("Show contacts"),
        "cancel_url": reverse("contacts:list"),
        "action": reverse("contacts:list"),
        "method": "get",
    }
    return render(request, "contacts/filters.html", context)
