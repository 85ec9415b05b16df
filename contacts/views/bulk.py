"""What can be done with many records of a list at once: delete, assign, tag, untag."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from contacts.models import Tag
from contacts.models.tag import tag_key
from contacts.sections import Section, sections
from contacts.selection import Selection
from tesoro.access import Request, View, member
from tesoro.posted import back, key
from tesoro.toasts import toast


def _with_the_selected(action: Callable[[Request, Section, Any], None]) -> View:
    """Make a view of what is done with the selected records; says so when none was, and what was refused."""

    @wraps(action)
    def view(request: Request, section: str) -> HttpResponse:
        chosen = Selection(request, sections[section])
        records = chosen.records
        if records.exists():
            try:
                action(request, chosen.section, records)
            except ValidationError as error:
                messages.error(request, " ".join(error.messages))
        else:
            messages.error(request, chosen.section.words.nobody_selected)
        return back(request, chosen.section.url("list"))

    return require_POST(member(view))


@_with_the_selected
def trash(request: Request, section: Section, records: Any) -> None:
    """Move the chosen records to the trash; the toast offers Undo."""
    count, moment = section.trash(records, by=request.user)
    undo = _undo(request, section, moment)
    toast(request, section.words.trashed(count), undo_url=reverse("trash:restoration"), undo_data=undo)


@_with_the_selected
def assign(request: Request, section: Section, records: Any) -> None:
    """Assign the chosen records to an active colleague."""
    if not section.assignable:
        raise Http404
    to = User.objects.for_account(request.account).active().filter(pk=key(request.POST.get("agent", ""))).first()
    if to is None:
        raise ValidationError(_("Choose a colleague."))
    count = section.assign(records, to, by=request.user)
    messages.success(request, section.words.assigned(count, to.get_full_name()))


@_with_the_selected
def tag(request: Request, section: Section, records: Any) -> None:
    """Put a tag on the chosen records, making it if the account lacks it."""
    name = _tag_name(request)
    messages.success(request, section.words.tagged(section.tag(records, name, by=request.user), name))


@_with_the_selected
def untag(request: Request, section: Section, records: Any) -> None:
    """Take a tag off the chosen records."""
    name = _tag_name(request)
    tag = Tag.objects.for_account(request.account).filter(key=tag_key(name)).first()
    if tag is None:
        raise ValidationError(_("There is no tag “%(tag)s”.") % {"tag": name})
    messages.success(request, section.words.untagged(section.untag(records, tag, by=request.user), tag.name))


def _undo(request: Request, section: Section, moment: datetime) -> dict[str, str]:
    """Return what Undo posts: the deletion it means, and the list to return to."""
    return {"moment": moment.isoformat(), "bin": section.bin, "next": back(request, section.url("list")).url}


def _tag_name(request: Request) -> str:
    """Return the name that was typed, or raise what is wrong with it."""
    name = request.POST.get("tag", "")
    if not name.strip():
        raise ValidationError(_("Write the name of a tag."))
    return Tag._meta.get_field("name").clean(name, None)
