"""Tags on a person, and on many at once."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.models.tag import PersonTag, Tag, tag_key, tags_named
from contacts.timeline.recording import record_for


class Taggable(models.Model):
    """A person that carries tags."""

    class Meta:
        abstract = True

    def tag_names(self: Any) -> list[str]:
        """Return the names of the person's tags, in their order."""
        return [tag.name for tag in self.tags.order_by("key")]

    def set_tags(self: Any, names: list[str]) -> None:
        """Give the person exactly these tags, making those the account lacks. Writes no event of its own."""
        wanted = tags_named(self.account, names)
        self.person_tags.exclude(tag__in=wanted).delete()
        present = set(self.person_tags.values_list("tag_id", flat=True))
        missing = [PersonTag(account_id=self.account_id, person_id=self.pk, tag=tag) for tag in wanted]
        PersonTag.objects.bulk_create([link for link in missing if link.tag_id not in present])


def tag_people(people: Any, name: str, *, by: Any) -> int:
    """Put a tag on every person of a queryset of one account; return how many did not have it."""
    account = by.account
    (tag,) = tags_named(account, [name])
    with transaction.atomic():
        return _change_tags(people.exclude(person_tags__tag=tag), tag, "tagged", by)


def untag_people(people: Any, tag: Tag, *, by: Any) -> int:
    """Take a tag off every person of a queryset; return how many had it."""
    with transaction.atomic():
        return _change_tags(people.filter(person_tags__tag=tag), tag, "untagged", by)


def _change_tags(people: Any, tag: Tag, verb: str, by: Any) -> int:
    """Write the links, the events and the new versions for the people as they stand in one locked list."""
    now = timezone.now()
    ids = list(people.select_for_update().order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), 1000):
        part = people.model.objects.filter(pk__in=ids[start : start + 1000])
        record_for(part, verb, by=by, at=now, tag=tag.name)
        part.update(version=F("version") + 1)
        if verb == "tagged":
            links = [PersonTag(account=tag.account, person_id=pk, tag=tag) for pk in ids[start : start + 1000]]
            PersonTag.objects.bulk_create(links, ignore_conflicts=True)
        else:
            PersonTag.objects.filter(tag=tag, person_id__in=ids[start : start + 1000]).delete()
    return len(ids)


def forget_tag(tag: Tag, *, by: Any) -> None:
    """Take a tag off everybody, with an event for each live person, and delete it."""
    with transaction.atomic():
        untag_people(_carriers(tag), tag, by=by)
        tag.delete()


def _carriers(tag: Tag) -> Any:
    people: Any = PersonTag._meta.get_field("person").related_model
    return people.objects.for_account(tag.account)


def rename_tag(tag: Tag, name: str) -> None:
    """Give a tag another name. Raises ValidationError for a name that is no tag's, or another tag's already."""
    name = Tag._meta.get_field("name").clean(name, tag)
    if Tag.objects.for_account(tag.account).filter(key=tag_key(name)).exclude(pk=tag.pk).exists():
        raise ValidationError(_("There is a tag “%(name)s” already.") % {"name": name}, code="unique")
    tag.name = name
    tag.save()


def add_tags(account: Any, names: Mapping[int, list[str]]) -> None:
    """Put tags on people, by id; makes those the account lacks and leaves those a person has."""
    tags = {tag.key: tag for tag in tags_named(account, [name for given in names.values() for name in given])}
    pairs = {(pk, tags[tag_key(name)].pk) for pk, given in names.items() for name in given}
    links = [PersonTag(account=account, person_id=person, tag_id=tag) for person, tag in sorted(pairs)]
    PersonTag.objects.bulk_create(links, ignore_conflicts=True, batch_size=500)
