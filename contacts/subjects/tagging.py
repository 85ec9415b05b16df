"""Tags on a subject, and on many at once. The tag is the account's own; each kind of subject has a table of links."""

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from contacts.subjects.subject import Subject
from contacts.timeline.recording import record_for

CHUNK = 1000


class Taggable(Subject):
    """A subject that carries tags, by a link of many to many with a table of its own."""

    class Meta:
        abstract = True

    def tag_names(self: Any) -> list[str]:
        """Return the names of the record's tags, in their order."""
        return [tag.name for tag in self.tags.order_by("key")]

    def set_tags(self: Any, names: list[str]) -> None:
        """Give the record exactly these tags, making those the account lacks. Writes no event of its own."""
        wanted = self.tags.model.named(self.account, names)
        links = links_of(type(self)).objects.filter(**self.about)
        links.exclude(tag__in=wanted).delete()
        present = set(links.values_list("tag_id", flat=True))
        missing = [links.model(account_id=self.account_id, tag=tag, **self.about) for tag in wanted]
        links.model.objects.bulk_create([link for link in missing if link.tag_id not in present])


def links_of(model: Any) -> Any:
    """Return the table of links between a kind of subject and its tags."""
    return model._meta.get_field("tags").remote_field.through


def tagged_with(rows: Any, tag: Any) -> models.Q:
    """Return the condition that a row of the queryset carries ``tag``; it makes no row come twice."""
    links = links_of(rows.model).objects.filter(tag=tag)
    return models.Q(pk__in=links.values(f"{rows.model.subject}_id"))


def tag_records(rows: Any, name: str, *, by: Any) -> tuple[int, datetime]:
    """Put a tag on every row of a queryset of one account.

    Returns how many did not have it, and the moment their events share: ``undo`` finds them by it.
    """
    (tag,) = rows.model._meta.get_field("tags").related_model.named(by.account, [name])
    with transaction.atomic():
        return _change_tags(rows.exclude(tagged_with(rows, tag)), tag, "tagged", by)


def untag_records(rows: Any, tag: Any, *, by: Any) -> tuple[int, datetime]:
    """Take a tag off every row of a queryset; return how many had it, and the moment as ``tag_records`` does."""
    with transaction.atomic():
        return _change_tags(rows.filter(tagged_with(rows, tag)), tag, "untagged", by)


def _change_tags(rows: Any, tag: Any, verb: str, by: Any) -> tuple[int, datetime]:
    """Write the links, the events and the new versions for the rows as they stand in one locked list."""
    ids = list(rows.select_for_update().order_by("pk").values_list("pk", flat=True))
    return change_tags(rows.model, ids, tag, verb, by=by)


def change_tags(model: Any, ids: list[int], tag: Any, verb: str, *, by: Any) -> tuple[int, datetime]:
    """Put a tag on live records that are held and lack it, or take it off those that have it.

    Returns how many, and the moment their events share.
    """
    now = timezone.now()
    for start in range(0, len(ids), CHUNK):
        _change_chunk(model, ids[start : start + CHUNK], tag, verb, by=by, at=now)
    return len(ids), now


def _change_chunk(model: Any, ids: list[int], tag: Any, verb: str, *, by: Any, at: datetime) -> None:
    part, links, key = model.objects.filter(pk__in=ids), links_of(model).objects, f"{model.subject}_id"
    record_for(part, verb, by=by, at=at, tag=tag.name, tag_id=tag.pk)
    part.update(version=F("version") + 1)
    if verb == "tagged":
        made = [links.model(account=tag.account, tag=tag, **{key: pk}) for pk in ids]
        links.bulk_create(made, ignore_conflicts=True)
    else:
        links.filter(tag=tag, **{f"{key}__in": ids}).delete()
