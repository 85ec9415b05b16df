"""Saved views: what a list is asked, under a name."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from tesoro.fields import LineField
from tesoro.tenancy import AccountOwned, AccountQuerySet

QUERY_LIMIT = 2000


class SavedViewQuerySet(AccountQuerySet):
    """Queries with names."""

    def seen_by(self, user: Any, account: Any) -> Self:
        """Return the views that stand above somebody's lists: their own, and those shared with their office."""
        return self.for_account(account).filter(Q(owner=user) | Q(shared=True))

    def with_default_of(self, user: Any) -> Self:
        """Say of each, as ``opens``, whether the section opens with it for somebody."""
        return self.annotate(opens=Exists(DefaultView.objects.filter(view=OuterRef("pk"), user=user)))


class SavedView(AccountOwned):
    """What a list is asked, as somebody keeps it: search, filters, order, size and columns, as the address bar says.

    Private to its owner until it is shared with the office.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", editable=False)
    section = models.CharField(max_length=20, default="contacts", editable=False)
    name = LineField(_("name"), max_length=60)
    query = models.CharField(_("search, filters and columns"), max_length=QUERY_LIMIT, blank=True, editable=False)
    shared = models.BooleanField(
        _("shared with the office"), default=False, help_text=_("Everybody sees it. You and admins can change it.")
    )

    # Whether the section opens with it for the user it was asked for: ``with_default_of``.
    opens: bool

    objects: ClassVar[Any] = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["id"]
        indexes = [models.Index(fields=["account", "section"], name="view_of_section")]

    def __str__(self) -> str:
        return self.name

    def may_be_changed_by(self, user: Any) -> bool:
        """Whether somebody may rename, share, change and delete it: who made it, and admins once it is shared."""
        return self.owner_id == user.pk or (self.shared and user.is_admin)

    @transaction.atomic
    def keep(self) -> None:
        """Store it, or raise ValidationError; no section opens with it for a colleague who no longer sees it."""
        self.full_clean()
        self.save()
        if not self.shared:
            DefaultView.objects.filter(view=self).exclude(user=self.owner_id).delete()

    @transaction.atomic
    def open_first(self, user: Any, wanted: bool) -> None:
        """Let the section open with this view for somebody, or no longer."""
        if wanted:
            DefaultView.objects.update_or_create(
                account=self.account, user=user, section=self.section, defaults={"view": self}
            )
        else:
            DefaultView.objects.filter(user=user, view=self).delete()


class DefaultView(AccountOwned):
    """The view with which a section opens for somebody."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", editable=False)
    section = models.CharField(max_length=20, editable=False)
    view = models.ForeignKey(SavedView, on_delete=models.CASCADE, related_name="defaults", editable=False)

    class Meta:
        verbose_name = _("default view")
        verbose_name_plural = _("default views")
        constraints = [models.UniqueConstraint(fields=["user", "section"], name="default_view_once")]

    def __str__(self) -> str:
        return str(self.view)
