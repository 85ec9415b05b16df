"""The party: a contact who takes part in a deal, and as what."""

from collections.abc import Sequence
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from contacts.models import Kind, Person, Role
from contacts.models.choices import CLIENT_ROLES, ROLE_GROUPS
from contacts.timeline.recording import echo, record
from deals.models.choices import CLIENT_OF, CLOSED, DealType
from tesoro.tenancy import AccountOwned, AccountQuerySet
from tesoro.trash import live


class PartyQuerySet(AccountQuerySet):
    """Queries with names."""

    def present(self) -> Self:
        """Return those whose contact and deal are not in the trash."""
        return self.filter(live("person"), live("deal"))

    def open(self) -> Self:
        """Return those of deals that are neither won nor lost."""
        return self.present().exclude(deal__stage__in=CLOSED)

    def leads(self) -> Self:
        """Return those of people who are leads by now, in the trash or not.

        Of an open deal that is only who was merged into somebody else: whoever is a lead for themselves keeps it shut.
        """
        return self.filter(person__kind=Kind.LEAD)

    def clients(self) -> Self:
        """Return the clients: those for whom the deal is made."""
        return self.filter(role__in=CLIENT_ROLES)

    def in_order(self) -> Self:
        """Return clients first, then the others, each in the order they came."""
        first = models.Case(models.When(role__in=CLIENT_ROLES, then=0), default=1)
        return self.order_by(first, "pk")


class Party(AccountOwned):
    """A contact in a deal. Each takes part once, in one role."""

    deal = models.ForeignKey("deals.Deal", on_delete=models.CASCADE, related_name="parties")
    person = models.ForeignKey("contacts.Person", on_delete=models.CASCADE, related_name="party_set")
    role = models.CharField(_("role in the deal"), max_length=16, choices=ROLE_GROUPS)

    objects: ClassVar[Any] = PartyQuerySet.as_manager()

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        constraints = [models.UniqueConstraint(fields=["deal", "person"], name="party_once")]

    def __str__(self) -> str:
        return f"{self.deal_id}: {self.person_id}"

    @classmethod
    def seat(cls, deal: Any, parties: Sequence[Self]) -> None:
        """Store new parties of a deal; call it in the transaction of the command.

        The contacts are locked first: of two at once, one who joins a deal and is made a lead again, one is refused.
        Raises ValidationError: a lead, somebody in the trash, no such role.
        """
        theirs = Person.objects.for_account(deal.account_id)
        people = theirs.filter(pk__in=[party.person_id for party in parties]).order_by("pk")
        present = {person.pk: person for person in people.select_for_update()}
        for party in parties:
            if party.person_id not in present:
                text = now_("%(name)s is not there any more.")
                raise ValidationError({"person": ValidationError(text, params={"name": party.person})})
            party.account, party.deal, party.person = deal.account, deal, present[party.person_id]
            party.full_clean(exclude=["account"])
        cls.objects.bulk_create(parties)

    @classmethod
    def follow(cls, deal: Any, former: str, *, by: Any) -> None:
        """Let the clients of a deal be to it what its type makes of them, after it was ``former``, and tell both sides.

        Who is the client of a purchase is the seller once it is a sale; whoever has another role in it keeps that.
        Call it in the transaction of the command, with the deal locked.
        """
        old, new = CLIENT_OF[DealType(former)], CLIENT_OF[DealType(deal.type)]
        parties = list(cls.objects.filter(deal=deal, role=old).select_related("person").order_by("pk"))
        cls.objects.filter(pk__in=[party.pk for party in parties]).update(role=new)
        for party in parties:
            words: dict[str, Any] = {"who": party.person.full_name, "role": str(new.label), "old": str(old.label)}
            event = record("deal_role", by=by, deal=deal, **words)
            echo("deal_role", by=by, deal=deal, people=[party.person], at=event.at, **words)

    def clean(self) -> None:
        """Refuse a lead: only contacts take part in deals."""
        super().clean()
        if self.person_id and self.person.kind != Kind.CONTACT:
            text = now_("%(name)s is a lead. Convert the lead first.")
            raise ValidationError({"person": ValidationError(text, code="lead", params={"name": self.person})})

    @property
    def is_client(self) -> bool:
        """Whether the deal is made for them."""
        return self.role in CLIENT_ROLES

    @property
    def role_label(self) -> str:
        """The role in words."""
        return str(Role(self.role).label)
