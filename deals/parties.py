"""Who takes part in a deal: joining, leaving, and another role. A deal keeps at least one client."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contacts.models import Role
from contacts.models.choices import CLIENT_ROLES
from contacts.timeline.recording import echo, record
from deals.models import Deal, Party
from deals.models.choices import CLIENT_OF, DealType
from deals.models.opening import hold_people

MOST_PARTIES = 50


class LastClient(ValidationError):
    """Nobody would be left for whom the deal is made."""

    def __init__(self) -> None:
        super().__init__(_("A deal needs a client. Add another one first."), code="last_client")


def client_role(deal_type: str) -> Role:
    """Return what the client of such a deal is to it: who buys is the buyer."""
    return CLIENT_OF.get(deal_type, Role.BUYER)  # type: ignore[call-overload]


def as_clients(people: list[Any], deal_type: str) -> list[Party]:
    """Return people as clients of a deal that is still to be stored."""
    role = client_role(deal_type) if deal_type in DealType.values else Role.BUYER
    return [Party(person=person, role=role.value) for person in people]


def join(deal: Deal, people: list[Any], role: str, *, by: Any) -> int:
    """Let contacts take part in a deal; return for how many that is new. Each is an event on both timelines.

    Raises ValidationError: a lead, somebody in the trash, no such role, too many; the deal is in the trash.
    """
    with transaction.atomic():
        stored = _locked(deal.pk)
        present = set(stored.parties.values_list("person_id", flat=True))
        new = [person for person in people if person.pk not in present]
        if len(present) + len(new) > MOST_PARTIES:
            raise ValidationError(_("At most %(n)d contacts take part in a deal.") % {"n": MOST_PARTIES}, code="many")
        parties = [Party(person=person, role=role) for person in new]
        Party.seat(stored, parties)
        for party in parties:
            _tell("deal_joined", party, by, role=party.role_label)
    return len(new)


def leave(party: Party, *, by: Any) -> None:
    """Take somebody off a deal; who has left already has left. Raises LastClient, or that the deal is in the trash."""
    with transaction.atomic():
        _locked(party.deal_id)
        stored = _present(party)
        if stored is None:
            return
        _demand_another_client(stored)
        _tell("deal_left", stored, by)
        stored.delete()


def change_role(party: Party, role: str, *, by: Any) -> bool:
    """Give somebody another role in the deal; return False when it is theirs already.

    Raises ValidationError for no such role, for who has left meanwhile, for a deal in the trash; LastClient.
    """
    with transaction.atomic():
        _locked(party.deal_id)
        stored = _present(party)
        if stored is None:
            text = _("%(name)s has been taken off the deal meanwhile.")
            raise ValidationError(text % {"name": party.person.full_name}, code="left")
        if stored.role == role:
            return False
        old, was_client = stored.role_label, stored.is_client
        if was_client and role not in CLIENT_ROLES:
            _demand_another_client(stored)
        stored.role = role
        stored.full_clean(exclude=["account", "person"])
        stored.save(update_fields=["role"])
        _tell("deal_role", stored, by, role=stored.role_label, old=old)
    return True


def take_part_once(kept: Any, gone: Any, memory: Any) -> None:
    """Of two people who are one and take part in the same deal, let who stays be its client where either is."""
    if gone.is_client and not kept.is_client:
        memory.patch(kept, role=gone.role)


def returned(parties: Any, gone: Any) -> Any:
    """Of what goes back to ``gone`` when a merge is undone, leave out open deals where that is a lead."""
    return parties if gone.is_contact else parties.exclude(pk__in=Party.objects.open().values("pk"))


def leave_open_deals(people: Collection[int]) -> None:
    """Take those among ``people`` who are leads off open deals, once they are restored.

    None is in any but whoever was merged into somebody else: then who stayed is in it.
    """
    Party.objects.open().leads().filter(person__in=people).delete()


def _locked(pk: int) -> Deal:
    """Let one at a time change who takes part, so that not each of two takes the other's last client away.

    Raises ValidationError for a deal that somebody has moved to the trash since it was opened.
    """
    found: Deal | None = Deal.objects.select_for_update().filter(pk=pk).first()
    if found is None:
        raise ValidationError(_("This deal has been moved to the trash meanwhile."), code="trash")
    return found


def _present(party: Party) -> Party | None:
    """Return a party as it is stored by now, None once it is off the deal; call it with the deal locked.

    All who take part are held first: who merges two of them may make the one the client instead of the other.
    """
    hold_people(Deal.objects.filter(pk=party.deal_id))
    found: Party | None = Party.objects.select_related("deal", "person").filter(pk=party.pk).first()
    return found


def _demand_another_client(party: Party) -> None:
    if (
        party.is_client
        and not Party.objects.present().filter(deal=party.deal_id).clients().exclude(pk=party.pk).exists()
    ):
        raise LastClient


def _tell(verb: str, party: Party, by: Any, **data: Any) -> None:
    words = {"who": party.person.full_name, **data}
    event = record(verb, by=by, deal=party.deal, **words)
    echo(verb, by=by, deal=party.deal, people=[party.person], at=event.at, **words)
