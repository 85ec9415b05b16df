"""Changing the stage of a deal, or of many."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from contacts.sections import sections
from contacts.selection import Selection
from contacts.views.board import say_moved
from contacts.views.bulk import Done, ask_of_many, tell_undoable
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
    if request.method == "POST" and form.is_valid() and (was := _moved(form, deal, request)):
        from_board = "before" in request.GET
        there = f"{reverse('deals:board')}?pipeline={deal.pipeline}" if from_board else deal.get_absolute_url()
        _tell_moved(request, deal, Stage(form.cleaned_data["stage"]), was, there)
        return close_form(request, there, at=f"card-{deal.pk}" if from_board else "")
    context = {
        "form": form,
        "deal": deal,
        "heading": _("%(name)s: change the stage") % {"name": deal.name},
        "submit_label": _("Save"),
        "cancel_url": deal.get_absolute_url(),
    }
    return form_page(request, "deals/stage.html", context)


def _moved(form: StageForm, deal: Any, request: Request) -> Place | None:
    """Move the deal, and return where it lay before; None when it is refused, which the form says then."""
    data, words = form.cleaned_data, request.GET
    place = Place(data["stage"], data["reason"], key(words.get("before", "")), key(words.get("after", "")))
    try:
        with transaction.atomic():
            pipeline.wait_for_others(deal.account_id)
            was = pipeline.place_of(pipeline.locked(deal))
            if place.before or place.after:
                pipeline.arrange(deal, place, by=request.user)
            else:
                pipeline.move(deal, place.lane, by=request.user, reason=place.reason)
        return was
    except ValidationError as error:
        form.add_error(None, error)
    except pipeline.Gone:
        form.add_error(None, _("Somebody moved this deal to the trash meanwhile."))
    return None


def _tell_moved(request: Request, deal: Any, stage: Stage, was: Place, there: str) -> None:
    """Say where the deal is now; from another stage, with the way back to its very place there."""
    undo: dict[str, Any] = {}
    if was.lane != stage:
        data = {"stage": was.lane, "reason": was.reason, "before": was.before or "", "after": was.after or ""}
        data["next"] = request.htmx.current_url_abs_path or back(request, there).url
        undo = {"undo_url": f"{reverse('deals:place', args=[deal.pk])}?from={stage}", "undo_data": data}
    say_moved(request, deal.name, stage.label, cheer=stage == Stage.WON and was.lane != Stage.WON, **undo)


@require_POST
@member
def change_many(request: Request) -> HttpResponse:
    """Give the selected deals another stage; what is missing is asked for, and the selection is kept meanwhile.

    Those of the other pipeline stay as they are, and a toast says so.
    """
    return ask_of_many(
        request,
        sections["deals"],
        StageForm(request.POST, stages=list(Stage)),
        _move_many,
        template="deals/stage_of_many.html",
        heading=_("Change the stage"),
        submit_label=_("Save"),
    )


def _move_many(request: Request, selection: Selection, data: dict[str, Any]) -> None:
    moved, other, at = pipeline.move_many(selection.records, data["stage"], by=request.user, reason=data["reason"])
    text = ngettext("%(n)d deal is now %(stage)s", "%(n)d deals are now %(stage)s", moved)
    text %= {"n": moved, "stage": Stage(data["stage"]).label}
    done = Done("deal_moved", moved, at)
    if moved or not other:
        tell_undoable(request, selection.section, done, text, cheer=data["stage"] == Stage.WON)
    if other:
        text = ngettext(
            "%(n)d deal stayed: its pipeline has no such stage.",
            "%(n)d deals stayed: their pipeline has no such stage.",
            other,
        )
        messages.warning(request, text % {"n": other})
