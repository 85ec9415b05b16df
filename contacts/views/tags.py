"""The account's tags: how many people and companies carry each, rename, delete."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contacts.models import Tag
from contacts.models.tagging import forget_tag, rename_tag
from tesoro.access import Request, admin_only
from tesoro.tenancy import fetch
from tesoro.trash import live


def _carriers(link: str) -> Any:
    """Return the count of live records behind a link; each by itself, since two joins would multiply one another."""
    carrying = Tag.objects.filter(pk=OuterRef("pk")).order_by()
    counted = carrying.annotate(n=Count(link, filter=live(link))).values("n")
    return Subquery(counted)


@admin_only
def tags(request: Request) -> HttpResponse:
    """List the tags with the number of people and companies that carry each; those in the trash do not count."""
    tags = Tag.objects.for_account(request.account).annotate(
        carried=_carriers("people"), companies=_carriers("relations")
    )
    return render(request, "contacts/tags.html", {"tags": tags})


@require_POST
@admin_only
def rename(request: Request, pk: int) -> HttpResponse:
    """Give a tag another name that no other has."""
    tag = fetch(Tag, request, pk=pk)
    try:
        rename_tag(tag, request.POST.get("name", ""))
        messages.success(request, _("The tag is now called “%(name)s”.") % {"name": tag.name})
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("tags:list")


@require_POST
@admin_only
def delete(request: Request, pk: int) -> HttpResponse:
    """Take a tag off everything, with an event each, and forget it."""
    tag = fetch(Tag, request, pk=pk)
    forget_tag(tag, by=request.user)
    messages.success(request, _("Tag “%(name)s” deleted") % {"name": tag.name})
    return redirect("tags:list")
