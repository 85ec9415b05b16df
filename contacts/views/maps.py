"""A list on a map: those of its records that have a point, under the same search and filters."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contacts.listing import Listing
from contacts.places.listed import Located
from contacts.places.maps import map_of
from contacts.saved_views import views_of
from contacts.sections import sections
from contacts.views.listing import show_filters
from tesoro.access import Request, member


@member
@require_safe
def page(request: Request, section: str) -> HttpResponse:
    """Show the map; the script asks for its points."""
    listing = Listing(request, sections[section], shape="map")
    context = {
        "listing": listing,
        "views": views_of(request, listing),
        "located": Located(listing),
        "map": map_of(request.account),
    }
    return render(request, "list/map.html", context)


@member
@require_safe
def points(request: Request, section: str) -> HttpResponse:
    """Return the points of the records that match, for the script."""
    listing = Listing(request, sections[section], shape="map")
    return JsonResponse({"points": Located(listing).points})


@member
@require_safe
def filters(request: Request, section: str) -> HttpResponse:
    """Show the filters as a form; sent, it leads back to the map."""
    return show_filters(request, Listing(request, sections[section], shape="map"))
