"""A mapping remembered for the next file with the same header."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tesoro.tenancy import AccountOwned


class RememberedMapping(AccountOwned):
    """Which column goes to which field, for files of one kind whose header has this fingerprint."""

    kind = models.CharField(max_length=16)
    fingerprint = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    updated_at = models.DateTimeField(_("remembered"), auto_now=True)

    class Meta:
        verbose_name = _("remembered mapping")
        verbose_name_plural = _("remembered mappings")
        constraints = [models.UniqueConstraint(fields=["account", "kind", "fingerprint"], name="mapping_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.fingerprint[:8]}"
