"""Saved views of a list: keep, rename, share, change, delete."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contacts.models import SavedView
from contacts.saved_views import ViewForm, address, views_of, words_to_keep
from contacts.sections import sections
from tesoro.access import Request, member
from tesoro.answers import close_form, form_page
from tesoro.tenancy import fetch

__all__ = ["change", "create", "delete", "edit", "views_of"]

MOST_VIEWS = 30
MOST_WORDS = 3_500  # letters of a query: servers refuse an address of more than four thousand


@require_POST
@member
def create(request: Request, section: str) -> HttpResponse:
    """Keep the list's search, filters, order and columns under a name."""
    query = words_to_keep(request.POST.get("query", ""))
    view = SavedView(account=request.account, owner=request.user, section=section, query=query)
    form = ViewForm(request.POST, instance=view, user=request.user)
    own = SavedView.objects.for_account(request.account).filter(owner=request.user, section=section)
    try:
        if form.errors:
            raise ValidationError([message for found in form.errors.values() for message in found])
        if own.count() >= MOST_VIEWS:
            raise ValidationError(_("You have 30 views already. Delete one first."))
        form.keep()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(_refused_url(request, section, query))
    messages.success(request, _("View saved"))
    return redirect(f"{_shape_url(request, section)}?{address(view)}")


@member
def edit(request: Request, section: str, pk: int) -> HttpResponse:
    """Rename a view, share it, open the section with it; of a colleague's shared view only the last."""
    view = _seen(request, section, pk)
    form = ViewForm(request.POST if request.method == "POST" else None, instance=view, user=request.user)
    if form.is_valid():
        form.keep()
        messages.success(request, _("View saved"))
        return close_form(request, f"{sections[section].list_url}?{address(view)}")
    context = {
        "form": form,
        "heading": _("View “%(name)s”") % {"name": form.initial.get("name", view.name)},
        "submit_label": _("Save view"),
        "cancel_url": f"{sections[section].list_url}?{address(view)}",
    }
    if view.may_be_changed_by(request.user):
        context["deletion_url"] = reverse(f"{section}:view-deletion", args=[pk])
    return form_page(request, "list/view.html", context)


@require_POST
@member
def change(request: Request, section: str, pk: int) -> HttpResponse:
    """Let a view hold what the list is asked now."""
    view = _changeable(request, section, pk)
    view.query = words_to_keep(request.POST.get("query", ""))
    try:
        view.keep()
        messages.success(request, _("Changes saved to “%(name)s”") % {"name": view.name})
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(_refused_url(request, section, view.query))
    return redirect(f"{_shape_url(request, section)}?{address(view)}")


@member
def delete(request: Request, section: str, pk: int) -> HttpResponse:
    """Ask (GET), then forget a view (POST); nothing happens to the records."""
    view = _changeable(request, section, pk)
    if request.method == "POST":
        view.delete()
        messages.success(request, _("View “%(name)s” deleted") % {"name": view.name})
        url = sections[section].list_url
        return HttpResponse(status=204, headers={"HX-Redirect": url}) if request.htmx else redirect(url)
    context = {
        "view": view,
        "heading": _("Delete “%(name)s”?") % {"name": view.name},
        "submit_label": _("Delete view"),
        "cancel_url": f"{sections[section].list_url}?{address(view)}",
    }
    return form_page(request, "list/view_deletion.html", context)


def _seen(request: Request, section: str, pk: int) -> SavedView:
    seen = SavedView.objects.seen_by(request.user, request.account).with_default_of(request.user)
    return fetch(seen.filter(section=section), request, pk=pk)


def _changeable(request: Request, section: str, pk: int) -> SavedView:
    view = _seen(request, section, pk)
    if not view.may_be_changed_by(request.user):
        raise PermissionDenied
    return view


def _refused_url(request: Request, section: str, query: str) -> str:
    """Return the list as it was asked for, or all of it where no address can ask for so much."""
    url = _shape_url(request, section)
    return f"{url}?{query}" if len(query) <= MOST_WORDS else url


def _shape_url(request: Request, section: str) -> str:
    shapes = {"map", "board"} if sections[section].board else {"map"}
    shape = request.POST.get("shape")
    return sections[section].url(shape if shape in shapes else "list")
