"""What can be done with many records of a list at once: delete, assign, tag, untag, and taking that back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.models import User
from contacts.models import Tag
from contacts.models.tag import tag_key
from contacts.sections import Section, sections
from contacts.selection import Selection
from contacts.subjects.undoing import Deed, undoers_of
from tesoro.access import Request, View, member
from tesoro.answers import form_page
from tesoro.posted import back, key, moment
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
    count, at = section.trash(records, by=request.user)
    data = _undo(request, section, at)
    toast(request, section.words.trashed(count), undo_url=reverse("trash:restoration"), undo_data=data)


@_with_the_selected
def assign(request: Request, section: Section, records: Any) -> None:
    """Assign the chosen records to an active colleague."""
    if not section.assignable:
        raise Http404
    to = User.objects.for_account(request.account).active().filter(pk=key(request.POST.get("agent", ""))).first()
    if to is None:
        raise ValidationError(_("Choose a colleague."))
    count, at = section.assign(records, to, by=request.user)
    text = section.words.assigned(count, to.get_full_name())
    tell_undoable(request, section, Done("assigned", count, at, to.pk), text)


@_with_the_selected
def tag(request: Request, section: Section, records: Any) -> None:
    """Put a tag on the chosen records, making it if the account lacks it."""
    name = _tag_name(request)
    count, at = section.tag(records, name, by=request.user)
    given = Tag.objects.for_account(request.account).get(key=tag_key(name))
    tell_undoable(request, section, Done("tagged", count, at, given.pk), section.words.tagged(count, name))


@_with_the_selected
def untag(request: Request, section: Section, records: Any) -> None:
    """Take a tag off the chosen records."""
    name = _tag_name(request)
    tag = Tag.objects.for_account(request.account).filter(key=tag_key(name)).first()
    if tag is None:
        raise ValidationError(_("There is no tag “%(tag)s”.") % {"tag": name})
    count, at = section.untag(records, tag, by=request.user)
    tell_undoable(request, section, Done("untagged", count, at, tag.pk), section.words.untagged(count, tag.name))


@require_POST
@member
def undo(request: Request, section: str) -> HttpResponse:
    """Take back what the toast told of; records that no longer stand as it left them are not touched, but counted."""
    home, at = sections[section], moment(request.POST.get("moment", ""))
    undoer = undoers_of(home).get(request.POST.get("what", ""))
    if undoer is None or at is None:
        raise Http404
    deed = Deed(home.everybody(request.account), at, request.user, key(request.POST.get("key", "")), refused=[])
    restored = undoer(deed)
    if restored:
        text = ngettext("Undone for %(n)d record", "Undone for %(n)d records", restored)
        messages.success(request, text % {"n": restored})
    for _count, why in deed.refused:
        messages.warning(request, why)
    refused = sum(count for count, _why in deed.refused)
    if left := max(key(request.POST.get("count", "")) - restored - refused, 0):
        text = ngettext(
            "%(n)d record no longer stood as it was left, and was not touched.",
            "%(n)d records no longer stood as they were left, and were not touched.",
            left,
        )
        messages.warning(request, text % {"n": left})
    return back(request, home.url("list"))


def ask_of_many(
    request: Request, section: Section, form: Any, act: Callable[[Request, Selection, Any], None], **page: Any
) -> HttpResponse:
    """Do something with the selected records; what is missing is asked for, and the selection is kept meanwhile.

    ``act`` raises ValidationError by the form's fields. ``page`` holds template, heading and button of the question.
    """
    selection = Selection(request, section)
    there = back(request, section.url("list"))
    if not selection.records.exists():
        messages.error(request, section.words.nobody_selected)
        return there
    if form.is_valid():
        try:
            act(request, selection, form.cleaned_data)
            return there
        except ValidationError as error:
            form.add_error(None, error)
    kept = {"selection": selection, "count": selection.records.count(), "next": there.url, "cancel_url": there.url}
    return form_page(request, page.pop("template"), {"form": form, **kept, **page})


@dataclass(frozen=True)
class Done:
    """What was done to how many: the verb of the events it wrote, their moment, the key of what it gave or took."""

    verb: str
    count: int
    at: datetime
    given: int = 0


def tell_undoable(request: Request, section: Section, done: Done, text: str, *, cheer: bool = False) -> None:
    """Say what was done to many; the toast offers Undo where anything was. With ``cheer`` it is celebrated."""
    if not done.count:
        messages.success(request, text)
        return
    there = back(request, section.url("list")).url
    data = {"what": done.verb, "moment": done.at.isoformat(), "key": done.given, "count": done.count, "next": there}
    toast(request, text, undo_url=section.url("bulk-undo"), undo_data=data, cheer=cheer)


def _undo(request: Request, section: Section, at: datetime) -> dict[str, str]:
    """Return what Undo posts: the deletion it means, and the list to return to."""
    return {"moment": at.isoformat(), "bin": section.bin, "next": back(request, section.url("list")).url}


def _tag_name(request: Request) -> str:
    """Return the name that was typed, or raise what is wrong with it."""
    name = request.POST.get("tag", "")
    if not name.strip():
        raise ValidationError(_("Enter the name of a tag."))
    return Tag._meta.get_field("name").clean(name, None)
