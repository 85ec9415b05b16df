"""Which columns a list shows, and in what order."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from contacts import columns
from contacts.listing import Listing
from contacts.sections import sections
from tesoro.access import Request, member

STEPS = {"up": -1, "down": 1}


@member
def choose(request: Request, section: str) -> HttpResponse:
    """Show the columns as a form that leads to the list; without script its arrows come back here."""
    listing = Listing(request, sections[section])
    if not listing.section.choosable:
        raise Http404
    keys = [head.key for head in listing.heads]
    for word, by in STEPS.items():
        keys = columns.moved(keys, request.GET.get(word, ""), by)
    shown = columns.chosen(listing.section, keys)
    context = {
        "first": shown[0],
        "shown": shown[1:],
        "others": [head for head in listing.section.heads if head not in shown],
        "kept": listing.kept(columns.WORD, *STEPS),
        "heading": _("Columns"),
        "submit_label": _("Show columns"),
        "cancel_url": listing.here + listing.address,
        "reset_url": listing.place(columns=""),
        "action": listing.here,
        "method": "get",
    }
    return render(request, "list/columns.html", context)
