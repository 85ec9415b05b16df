"""What can be done with many contacts at once: delete, assign, tag, untag."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.models import User
from contacts.models import Kind, Tag
from contacts.models.assigning import assign_people
from contacts.models.tag import tag_key
from contacts.models.tagging import tag_people, untag_people
from contacts.models.trashing import trash_people
from contacts.selection import Selection
from tesoro.access import Request, View, member
from tesoro.posted import back, key
from tesoro.toasts import toast

LIST = "contacts:list"


def _with_the_selected(action: Callable[[Request, Any], None]) -> View:
    """Make a view of what is done with the selected people; says so when nobody was, and what was refused."""

    @wraps(action)
    def view(request: Request) -> HttpResponse:
        people = Selection(request, Kind.CONTACT).people
        if people.exists():
            try:
                action(request, people)
            except ValidationError as error:
                messages.error(request, " ".join(error.messages))
        else:
            messages.error(request, _("Nobody was selected."))
        return back(request, LIST)

    return require_POST(member(view))


@_with_the_selected
def trash(request: Request, people: Any) -> None:
    """Move the chosen contacts to the trash; the toast offers Undo."""
    count, moment = trash_people(people, by=request.user)
    text = ngettext("%(n)d contact moved to the trash", "%(n)d contacts moved to the trash", count) % {"n": count}
    toast(request, text, undo_url=reverse("trash:restoration"), undo_data=_undo(request, moment))


@_with_the_selected
def assign(request: Request, people: Any) -> None:
    """Assign the chosen contacts to an active colleague."""
    to = User.objects.for_account(request.account).active().filter(pk=key(request.POST.get("agent", ""))).first()
    if to is None:
        raise ValidationError(_("Choose a colleague."))
    count = assign_people(people, to, by=request.user)
    text = ngettext("%(n)d contact assigned to %(name)s", "%(n)d contacts assigned to %(name)s", count)
    messages.success(request, text % {"n": count, "name": to.get_full_name()})


@_with_the_selected
def tag(request: Request, people: Any) -> None:
    """Put a tag on the chosen contacts, making it if the account lacks it."""
    name = _tag_name(request)
    count = tag_people(people, name, by=request.user)
    text = ngettext("%(n)d contact tagged “%(tag)s”", "%(n)d contacts tagged “%(tag)s”", count)
    messages.success(request, text % {"n": count, "tag": name})


@_with_the_selected
def untag(request: Request, people: Any) -> None:
    """Take a tag off the chosen contacts."""
    name = _tag_name(request)
    tag = Tag.objects.for_account(request.account).filter(key=tag_key(name)).first()
    if tag is None:
        raise ValidationError(_("There is no tag “%(tag)s”.") % {"tag": name})
    count = untag_people(people, tag, by=request.user)
    text = ngettext("“%(tag)s” removed from %(n)d contact", "“%(tag)s” removed from %(n)d contacts", count)
    messages.success(request, text % {"n": count, "tag": tag.name})


def _undo(request: Request, moment: datetime) -> dict[str, str]:
    """Return what Undo posts: the deletion it means, and the list to return to."""
    return {"moment": moment.isoformat(), "next": back(request, LIST).url}


def _tag_name(request: Request) -> str:
    """Return the name that was typed, or raise what is wrong with it."""
    name = request.POST.get("tag", "")
    if not name.strip():
        raise ValidationError(_("Write the name of a tag."))
    return Tag._meta.get_field("name").clean(name, None)
