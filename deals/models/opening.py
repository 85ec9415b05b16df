"""What keeps a deal from being open: somebody who takes part in it has become a lead.

Who takes part in an open deal stays a contact (``deals.hindrance``). In one that is won, lost or in the trash they may
become a lead; whoever opens it again asks here.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.duplicates.models import Merge
from contacts.models import Person
from deals.models.party import Party

NAMED = 5  # leads, where several are in the way


class Led(str):
    """Why a deal cannot be open, in words, with the lead who is in the way."""

    __slots__ = ("lead",)
    lead: Any

    def __new__(cls, lead: Any) -> "Led":
        """Say who takes part as a lead, and what to do about it."""
        text = _("%(name)s takes part in this deal and is a lead. Convert %(name)s to a contact first.")
        if lead.in_trash:
            text = _("%(name)s takes part in this deal and is a lead in the trash. Restore and convert %(name)s first.")
        told = super().__new__(cls, text % {"name": lead.full_name})
        told.lead = lead
        return told


def hold_people(deals: Any) -> None:
    """Lock all who take part in the deals of a queryset, in the order of their keys; the deals are locked before."""
    parties = Party.objects.filter(deal__in=deals.order_by().values("pk")).order_by().values("person")
    people = Person.with_trash.filter(pk__in=parties).order_by("pk").select_for_update(of=("self",))
    list(people.values_list("pk"))


def kept_shut(ids: Sequence[int]) -> dict[int, Led]:
    """Return by key why deals cannot be open: the first lead of each in which any takes part.

    Who was merged into somebody else does not count: who stayed takes part instead, and a merge that is undone brings
    no lead back into an open deal (``deals.parties``). Call it once these people are held: of two at once, one who
    opens the deal and one who makes a lead of them, one is refused.
    """
    leads = Party.objects.leads().filter(deal__in=ids).order_by("-pk").select_related("person")
    merged = Exists(Merge.objects.standing().filter(gone=OuterRef("person")))
    return {party.deal_id: Led(party.person) for party in leads.exclude(merged, person__deleted_at__isnull=False)}


def _named(lead: Any) -> str:
    return _("%(name)s (in the trash)") % {"name": lead.full_name} if lead.in_trash else str(lead.full_name)


def told_shut(reasons: Mapping[int, Led]) -> str:
    """Return of many deals that cannot be open how many they are, and what to do: the first leads by name."""
    leads = list({reason.lead.pk: _named(reason.lead) for reason in reasons.values()}.values())
    names = ", ".join(leads[:NAMED])
    if len(leads) > NAMED:
        names = _("%(names)s and %(n)d more") % {"names": names, "n": len(leads) - NAMED}
    text = ngettext(
        "%(n)d deal stayed closed: a lead takes part in it. Convert to a contact first: %(names)s.",
        "%(n)d deals stayed closed: leads take part in them. Convert to contacts first: %(names)s.",
        len(reasons),
    )
    return text % {"n": len(reasons), "names": names}
