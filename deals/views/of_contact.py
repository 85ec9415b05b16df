"""The tab Deals on the page of a contact: what they take part in, open deals first.

A lead who was a contact before has it, too, while they take part in any; they begin no new one.
"""

from typing import Any

from django.db.models import BooleanField, Case, Value, When
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from contacts.models import Person
from contacts.record import Record
from contacts.views.detail import of_person
from deals.models import Party
from deals.models.choices import CLOSED
from deals.rows import part_rows
from tesoro.access import Request, member

SHOWN = 50


@require_safe
@member
@of_person
def deals_of(request: Request, person: Person) -> HttpResponse:
    """Show the deals of a contact, those with the latest activity first; beyond fifty the list of deals has them."""
    parties = list(_parties(person)[: SHOWN + 1])
    if not parties and not person.is_contact:
        raise Http404
    context = {
        **Record(request, person, "deals").context,
        "rows": part_rows(parties[:SHOWN], request.account),
        "create_url": f"{reverse('deals:create')}?contact={person.pk}" if person.is_contact else "",
        "all_url": f"{reverse('deals:list')}?contact={person.pk}" if len(parties) > SHOWN else "",
    }
    return render(request, "deals/of_contact.html", context)


def _parties(person: Person) -> Any:
    """Return what the contact takes part in, with its deal and the deal's agent, in one query."""
    closed = Case(When(deal__stage__in=CLOSED, then=Value(True)), default=Value(False), output_field=BooleanField())
    rows = Party.objects.present().filter(person=person).select_related("deal__assigned_to")
    return rows.defer("deal__description", "deal__search_text").order_by(closed, "-deal__last_activity_at", "-deal")
