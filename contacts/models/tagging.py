"""The account's tags: renamed and forgotten."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contacts.models.tag import Tag, tag_key
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
