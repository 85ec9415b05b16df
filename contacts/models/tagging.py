"""The account's tags: renamed, forgotten, and put on people by an import."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contacts.models.tag import PersonTag, Tag, tag_key, tags_named
from contacts.subjects.tagging import untag_records


def forget_tag(tag: Tag, *, by: Any) -> None:
    """Take a tag off people, companies and all else that carries it, with an event for each live one; delete it."""
    with transaction.atomic():
        carriers: set[Any] = {link.related_model for link in Tag._meta.related_objects if link.many_to_many}
        for model in carriers:
            untag_records(model._default_manager.for_account(tag.account), tag, by=by)
        tag.delete()


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
