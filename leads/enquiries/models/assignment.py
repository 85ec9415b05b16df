"""Who gets a new lead: a fixed agent, or several in turn."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from tesoro.tenancy import AccountOwned


class Mode(models.TextChoices):
    """How new leads are assigned."""

    FIXED = "fixed", _("Always to the same agent")
    TURN = "turn", _("In turn among several agents")


class Assignment(AccountOwned):
    """The rule of an account. ``count`` is how many leads were given in turn so far."""

    mode = models.CharField(_("new leads go"), max_length=5, choices=Mode.choices, default=Mode.FIXED)
    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("agent"),
    )  # fmt: skip
    count = models.PositiveBigIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("assignment of new leads")
        verbose_name_plural = _("assignments of new leads")
        constraints = [models.UniqueConstraint(fields=["account"], name="assignment_once")]

    def __str__(self) -> str:
        return str(self.get_mode_display())

    def choose(self, users: Iterable[Any]) -> None:
        """Store the rule with these users in turn. Who was in it before keeps their place; who is new is next.

        The count is not ours to store: leads may have come in since the rule was read.
        """
        chosen = {user.pk: user for user in users}
        with transaction.atomic():
            Assignment.objects.for_account(self.account_id).select_for_update().first()
            self.save(update_fields=["mode", "agent"] if self.pk else None)
            self.turns.exclude(user__in=chosen).delete()
            known = set(self.turns.values_list("user", flat=True))
            joining = [user for pk, user in chosen.items() if pk not in known]
            for user in joining:
                Turn(account=self.account, assignment=self, user=user).save()


class Turn(AccountOwned):
    """An agent's place in the rotation. ``taken`` is the count at which they last got a lead: the lowest is next."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="turns", editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", editable=False)
    taken = models.PositiveBigIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("place in the rotation")
        verbose_name_plural = _("places in the rotation")
        constraints = [models.UniqueConstraint(fields=["assignment", "user"], name="turn_once")]

    def __str__(self) -> str:
        return str(self.user)
