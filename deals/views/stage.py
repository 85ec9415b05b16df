"""Changing the stage of a deal, or of many."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from contacts.sections import sections
from contacts.selection import Selection
from contacts.views.board import say_moved
from contacts.views.bulk import tell_undoable
from deals import pipeline
from deals.forms import StageForm
from deals.models import Deal, Stage
from deals.models.choices import stages_of
from tesoro.access import Request, member
from tesoro.answers import close_form, form_page
from tesoro.posted import back, key
from tesoro.ranking import Place
from tesoro.tenancy import fetch


@member
def change(request: Request, pk: int) -> HttpResponse:
    """Give a deal another stage; Lost asks why. The board says between which cards it falls: before and after."""
    deal = fetch(Deal.objects.select_related("account"), request, pk=pk)
    initial = {"stage": request.GET.get("stage") or deal.stage, "reason": deal.reason}
    data = request.POST if request.method == "POST" else None
    form = StageForm(data, stages=stages_of(deal.pipeline), initial=initial)
    if request.method == "POST" and form.is_valid() and _moved(form, deal, request):
        stage = Stage(form.cleaned_data["stage"])
        say_moved(request, deal.name, stage.label, cheer=stage == Stage.WON and not deal.is_won)
        if "before" in request.GET:
            return close_form(request, f"{reverse('deals:board')}?pipeline={deal.pipeline}", at=f"card-{deal.pk}")
        return close_form(request, deal.get_absolute_url())
    context = {
        "form": form,
        "deal": deal,
        "heading": _("Change the stage"),
        "submit_label": _("Save"),
        "cancel_url": deal.get_absolute_url(),
    }
    return form_page(request, "deals/stage.html", context)


def _moved(form: StageForm, deal: Any, request: Request) -> bool:
    data, words = form.cleaned_data, request.GET
    place = Place(data["stage"], data["reason"], key(words.get("before", "")), key(words.get("after", "")))
    try:
        if place.before or place.after:
            pipeline.arrange(deal, place, by=request.user)
        else:
            pipeline.move(deal, place.lane, by=request.user, reason=place.reason)
    except ValidationError as error:
        form.add_error(None, error)
    except pipeline.Gone:
        form.add_error(None, _("Somebody moved this deal to the trash meanwhile."))
    return not form.errors


@require_POST
@member
def change_many(request: Request) -> HttpResponse:
    """Give the selected deals another stage; what is missing is asked for, and the selection is kept meanwhile.

    Those of the other pipeline stay as they are, and a toast says so.
    """
    section = sections["deals"]
    selection = Selection(request, section)
    there = back(request, section.url("list"))
    if not selection.records.exists():
        messages.error(request, section.words.nobody_selected)
        return there
    form = StageForm(request.POST, stages=list(Stage))
    if form.is_valid() and _many_moved(form, selection, request):
        return there
    context = {
        "form": form,
        "selection": selection,
        "count": selection.records.count(),
        "next": there.url,
        "heading": _("Change the stage"),
        "submit_label": _("Save"),
        "cancel_url": there.url,
    }
    return form_page(request, "deals/stage_of_many.html", context)


def _many_moved(form: StageForm, selection: Selection, request: Request) -> bool:
    data = form.cleaned_data
    try:
        moved, other = pipeline.move_many(selection.records, data["stage"], by=request.user, reason=data["reason"])
    except ValidationError as error:
        form.add_error(None, error)
        return False
    text = ngettext("%(n)d deal is now %(stage)s", "%(n)d deals are now %(stage)s", moved)
    text %= {"n": moved, "stage": Stage(data["stage"]).label}
    tell_undoable(request, selection.section, "deal_moved", moved, text, cheer=data["stage"] == Stage.WON)
    if other:
        text = ngettext(
            "%(n)d deal stayed: its pipeline has no such stage.",
            "%(n)d deals stayed: their pipeline has no such stage.",
            other,
        )
        messages.info(request, text % {"n": other})
    return True
