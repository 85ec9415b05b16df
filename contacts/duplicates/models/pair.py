"""Two people who may be one: suggested by a scan, or dismissed for good by an admin. The lower id comes first."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from contacts.duplicates.models.scan import Scan
from tesoro.tenancy import AccountOwned, AccountQuerySet
from tesoro.trash import live


class Reason(models.TextChoices):
    """Why two people look like one, the strongest first."""

    NAME_AND_PHONE = "both", _("Same name and phone")
    PHONE = "phone", _("Same phone")
    MAILBOX = "mailbox", _("Similar name and email")
    NAME = "name", _("Similar names")


def ordered(one: int, two: int) -> tuple[int, int]:
    """Return two ids as a pair stores them."""
    return (one, two) if one < two else (two, one)


class PairQuerySet(AccountQuerySet):
    """Queries with names."""

    def of_living(self) -> Self:
        """Leave out pairs of which one lies in the trash, or was deleted for good."""
        return self.filter(live("one"), live("two"), one__isnull=False, two__isnull=False)

    def between(self, one: int, two: int) -> Self:
        """Return the pair of these two people."""
        first, second = ordered(one, two)
        return self.filter(one=first, two=second)


class Pair(AccountOwned):
    """Two people of one account. A person who is deleted for good leaves it; the next scan clears it away."""

    one = models.ForeignKey("contacts.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    two = models.ForeignKey("contacts.Person", on_delete=models.SET_NULL, null=True, related_name="+")

    objects: ClassVar[Any] = PairQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.one_id} – {self.two_id}"


class Suggestion(Pair):
    """A pair that a scan found alike. ``likeness`` is how much the names are, ``score`` how sure we are, of 100."""

    scan = models.ForeignKey(Scan, on_delete=models.CASCADE, related_name="suggestions")
    reason = models.CharField(_("reason"), max_length=8, choices=Reason.choices)
    score = models.PositiveSmallIntegerField(_("score"))
    likeness = models.PositiveSmallIntegerField(_("likeness of the names"))

    class Meta:
        verbose_name = _("possible duplicate")
        verbose_name_plural = _("possible duplicates")
        indexes = [
            models.Index(fields=["account", "score", "id"], name="suggestion_score"),
            models.Index(fields=["account", "reason", "score", "id"], name="suggestion_reason"),
        ]
        constraints = [models.UniqueConstraint(fields=["one", "two"], name="suggestion_once")]

    @property
    def told(self) -> str:
        """The reason in words: "Similar names, 93 %"."""
        words = str(self.get_reason_display())  # type: ignore[attr-defined]
        if self.reason in (Reason.NAME, Reason.MAILBOX):
            return now_("%(reason)s, %(n)d %%") % {"reason": words, "n": self.likeness}
        return words


class Dismissal(Pair):
    """A pair of which an admin said that they are not the same. It is not suggested again."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("when"), default=timezone.now)
    # What was suggested, so that Undo can put it back.
    reason = models.CharField(max_length=8, choices=Reason.choices, blank=True, default="")
    score = models.PositiveSmallIntegerField(default=0)
    likeness = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("pair that is not the same")
        verbose_name_plural = _("pairs that are not the same")
        constraints = [models.UniqueConstraint(fields=["one", "two"], name="dismissal_once")]
