"""Tags on companies. The tag itself is the account's, the same that people carry."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tesoro.tenancy import AccountOwned


class RelationTag(AccountOwned):
    """A tag on a company."""

    relation = models.ForeignKey("relations.Relation", on_delete=models.CASCADE, related_name="relation_tags")
    tag = models.ForeignKey("contacts.Tag", on_delete=models.CASCADE, related_name="relation_tags")

    class Meta:
        verbose_name = _("tag of a relation")
        verbose_name_plural = _("tags of relations")
        constraints = [models.UniqueConstraint(fields=["relation", "tag"], name="relation_tag_once")]

    def __str__(self) -> str:
        return f"{self.relation_id}: {self.tag_id}"
