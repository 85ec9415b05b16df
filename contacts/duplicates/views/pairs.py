"""What was found alike: the list, the search that fills it, and saying that two are not the same."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from contacts.duplicates import dismissing, scanning
from contacts.duplicates.fetching import fetch_pair
from contacts.duplicates.listing import Pairs
from contacts.duplicates.models import Dismissal
from contacts.models import Person
from tesoro.access import Request, admin_only
from tesoro.posted import back
from tesoro.tenancy import fetch
from tesoro.toasts import toast


@admin_only
@require_safe
def pairs(request: Request) -> HttpResponse:
    """List the pairs, the surest first. htmx asks how far the search is; when it is over, for the page."""
    found = Pairs(request)
    if not request.htmx:
        return render(request, "duplicates/list.html", {"pairs": found, "section": "contacts"})
    if found.scan and found.scan.is_looking:
        return render(request, "duplicates/_progress.html", {"pairs": found})
    return HttpResponse(status=204, headers={"HX-Refresh": "true"})


@admin_only
@require_POST
def search(request: Request) -> HttpResponse:
    """Have a worker look for duplicates; pressed again meanwhile, nothing more happens."""
    scanning.start(request.account, by=request.user)
    return back(request, "duplicates:list")


@admin_only
@require_POST
def dismiss(request: Request, one: int, two: int) -> HttpResponse:
    """Remember that two people are not the same; the toast offers Undo."""
    people = fetch_pair(Person.with_trash, request, one, two)
    dismissal = dismissing.dismiss(*people, by=request.user)
    url = reverse("duplicates:revocation", args=[dismissal.pk])
    words = {"one": people[0].full_name, "two": people[1].full_name}
    text = _("%(one)s and %(two)s are not the same person and will not be suggested again") % words
    toast(request, text, undo_url=url, undo_data={"next": request.POST.get("next", "")})
    return back(request, "duplicates:list")


@admin_only
@require_POST
def take_back(request: Request, pk: int) -> HttpResponse:
    """Forget that two people are not the same."""
    dismissing.take_back(fetch(Dismissal.objects.select_related("account"), request, pk=pk))
    return back(request, "duplicates:list")
