"""Why a contact has to stay one: an open deal includes them."""

from typing import Any

from django.utils.translation import gettext as _

from deals.models import Party


def open_deal(person: Any) -> str:
    """Return the reason for which ``person`` cannot be a lead again, "" when no open deal includes them."""
    party = Party.objects.open().filter(person=person).select_related("deal").order_by("pk").first()
    if party is None:
        return ""
    text = _("%(name)s takes part in the open deal “%(deal)s”. Close the deal or take the contact off it first.")
    return text % {"name": person.full_name, "deal": party.deal.name}
