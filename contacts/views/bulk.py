"""What can be done with many contacts at once: delete, assign, tag, untag."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
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
from tesoro.access import Request, member
from tesoro.tenancy import fetch
from tesoro.toasts import toast


def back(request: Request, default: str = "contacts:list") -> HttpResponse:
    """Return to the list the form came from, as it was."""
    url = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(url, allowed_hosts=None) and url.startswith("/")
    return redirect(url if safe else default)


@require_POST
@member
def trash(request: Request) -> HttpResponse:
    """Move the chosen contacts to the trash; the toast offers Undo."""
    count, moment = trash_people(Selection(request, Kind.CONTACT).people, by=request.user)
    if count == 0:
        return _nobody(request)
    text = ngettext("%(n)d contact moved to the trash", "%(n)d contacts moved to the trash", count) % {"n": count}
    toast(request, text, undo_url=reverse("trash:restoration"), undo_data={"moment": moment.isoformat()})
    return back(request)


@require_POST
@member
def assign(request: Request) -> HttpResponse:
    """Assign the chosen contacts to an active colleague."""
    to = fetch(User.objects.active(), request, pk=_number(request.POST.get("agent", "")))
    count = assign_people(Selection(request, Kind.CONTACT).people, to, by=request.user)
    text = ngettext("%(n)d contact assigned to %(name)s", "%(n)d contacts assigned to %(name)s", count)
    messages.success(request, text % {"n": count, "name": to.get_full_name()})
    return back(request)


@require_POST
@member
def tag(request: Request) -> HttpResponse:
    """Put a tag on the chosen contacts, making it if the account lacks it."""
    name = request.POST.get("tag", "").strip()
    try:
        if not name:
            raise ValidationError(_("Write the name of a tag."))
        count = tag_people(Selection(request, Kind.CONTACT).people, name, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return back(request)
    text = ngettext("%(n)d contact tagged “%(tag)s”", "%(n)d contacts tagged “%(tag)s”", count)
    messages.success(request, text % {"n": count, "tag": name})
    return back(request)


@require_POST
@member
def untag(request: Request) -> HttpResponse:
    """Take a tag off the chosen contacts."""
    name = request.POST.get("tag", "").strip()
    tag = Tag.objects.for_account(request.account).filter(key=tag_key(name)).first()
    if tag is None:
        messages.error(request, _("There is no tag “%(tag)s”.") % {"tag": name})
        return back(request)
    count = untag_people(Selection(request, Kind.CONTACT).people, tag, by=request.user)
    text = ngettext("“%(tag)s” taken off %(n)d contact", "“%(tag)s” taken off %(n)d contacts", count)
    messages.success(request, text % {"n": count, "tag": tag.name})
    return back(request)


def _number(text: Any) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0


def _nobody(request: Request) -> HttpResponse:
    messages.error(request, _("Nobody was selected."))
    return back(request)
