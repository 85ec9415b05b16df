"""Saved views: a list's filters under a name."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tesoro.fields import LineField
from tesoro.tenancy import AccountOwned


class SavedView(AccountOwned):
    """The filters and order of a list as somebody keeps them. Private to its owner."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", editable=False)
    section = models.CharField(max_length=20, default="contacts", editable=False)
    name = LineField(_("name"), max_length=60)
    query = models.CharField(max_length=2000, editable=False)

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name
