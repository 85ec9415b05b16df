"""Tags: the account's own words for its people, made on the fly."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from tesoro.fields import LineField
from tesoro.tenancy import AccountOwned
from tesoro.text import fold

TAG_LIMIT = 40
HUES = ["blue", "green", "amber", "violet", "teal", "orange", "pink", "red"]


class Tag(AccountOwned):
    """A word of the account. Two tags that differ in case or accents alone are one."""

    name = LineField(_("name"), max_length=TAG_LIMIT)
    key = models.CharField(max_length=80, editable=False)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["key"]
        constraints = [models.UniqueConstraint(fields=["account", "key"], name="tag_once")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with the key by which a tag is found again."""
        self.key = tag_key(self.name)
        super().save(*args, **kwargs)

    @classmethod
    def named(cls, account: Any, names: list[str]) -> list["Tag"]:
        """Return the account's tags of these names; see :func:`tags_named`."""
        return tags_named(account, names)

    @property
    def hue(self) -> str:
        """The tag's colour, drawn from its key so that it never changes."""
        return HUES[sum(map(ord, self.key)) % len(HUES)]


class PersonTag(AccountOwned):
    """A tag on a person."""

    person = models.ForeignKey("contacts.Person", on_delete=models.CASCADE, related_name="person_tags")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="person_tags")

    class Meta:
        verbose_name = _("tag of a person")
        verbose_name_plural = _("tags of people")
        constraints = [models.UniqueConstraint(fields=["person", "tag"], name="person_tag_once")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.tag_id}"


def tag_key(name: str) -> str:
    """Return what two spellings of one tag have in common."""
    return fold(name)[:80]


def tags_named(account: Any, names: list[str]) -> list[Tag]:
    """Return the account's tags of these names, in their order, making those that are missing.

    Raises ValidationError for a name that is no tag.
    """
    field = Tag._meta.get_field("name")
    wanted = {tag_key(name): name for name in (field.clean(name, None) for name in names if name.strip())}
    if "" in wanted:
        raise ValidationError(_("“%(name)s” is no name of a tag.") % {"name": wanted[""]})
    own = Tag.objects.for_account(account).filter(key__in=wanted)
    missing = sorted(set(wanted) - set(own.values_list("key", flat=True)))
    if missing:  # always in one order, so that two who make the same tags wait for one another and do not deadlock
        made = [Tag(account=account, key=key, name=wanted[key]) for key in missing]
        Tag.objects.bulk_create(made, ignore_conflicts=True)
    known = {tag.key: tag for tag in own.all()}
    return [known[key] for key in wanted]
