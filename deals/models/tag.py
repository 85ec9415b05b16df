"""Tags on deals. The tag itself is the account's, the same that people carry."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tesoro.tenancy import AccountOwned


class DealTag(AccountOwned):
    """A tag on a deal."""

    deal = models.ForeignKey("deals.Deal", on_delete=models.CASCADE, related_name="deal_tags")
    tag = models.ForeignKey("contacts.Tag", on_delete=models.CASCADE, related_name="deal_tags")

    class Meta:
        verbose_name = _("tag of a deal")
        verbose_name_plural = _("tags of deals")
        constraints = [models.UniqueConstraint(fields=["deal", "tag"], name="deal_tag_once")]

    def __str__(self) -> str:
        return f"{self.deal_id}: {self.tag_id}"
