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

from contacts.boards import wait_for_board
from contacts.sections import sections
from contacts.selection import Selection
from contacts.views.board import say_moved, undo_data
from contacts.views.bulk import Done, ask_of_many, tell_undoable
from contacts.ways_back import way_back
from contacts.within import carried
from deals import pipeline
from deals.forms import StageForm
from deals.models import Deal, Stage
from deals.models.choices import stages_of
from deals.models.opening import told_shut
from deals.moves import standing
from tesoro.access import Request, member
from tesoro.answers import close_form, form_page
from tesoro.posted import back, key
from tesoro.ranking import Place
from tesoro.tenancy import fetch


@member
def change(request: Request, pk: int) -> HttpResponse:
    """Give a deal another stage; Lost asks why. The board says between which cards it falls: before and after."""
    deal = fetch(Deal.objects.select_related("account"), request, pk=pk)
    page = deal.get_absolute_url() + carried(request)
    initial = {"stage": request.GET.get("stage") or deal.stage, "reason": deal.reason}
    data = request.POST if request.method == "POST" else None
    form = StageForm(data, stages=stages_of(deal.pipeline), initial=initial)
    if request.method == "POST" and form.is_valid() and (was := _moved(form, deal, request)):
        from_board = "before" in request.GET
        there = f"{reverse('deals:board')}?pipeline={deal.pipeline}" if from_board else page
        _tell_moved(request, deal, Stage(form.cleaned_data["stage"]), was, there)
        return close_form(request, there, at=f"card-{deal.pk}" if from_board else "")
    context = {
        "form": form,
        "deal": deal,
        "heading": _("%(name)s: change the stage") % {"name": deal.name},
        "submit_label": _("Save"),
        "cancel_url": page,
    }
    return form_page(request, "deals/stage.html", context)


def _moved(form: StageForm, deal: Any, request: Request) -> tuple[Place, str] | None:
    """Move the deal; return where it lay, and the way back. None when it is refused, which the form says then."""
    data, words = form.cleaned_data, request.GET
    place = Place(data["stage"], data["reason"], key(words.get("before", "")), key(words.get("after", "")))
    try:
        with transaction.atomic():
            wait_for_board(deal.account_id)
            found = pipeline.locked(deal)
            was, stood = pipeline.place_of(found), standing(found)
            if place.before or place.after:
                pipeline.arrange(deal, place, by=request.user)
            else:
                pipeline.move(deal, place.lane, by=request.user, reason=place.reason)
            found.refresh_from_db()
        return was, way_back(deal, stood, standing(found))
    except ValidationError as error:
        form.add_error(None, error)
    except pipeline.Gone:
        form.add_error(None, _("Somebody moved this deal to the trash meanwhile."))
    return None


def _tell_moved(request: Request, deal: Any, stage: Stage, before: tuple[Place, str], there: str) -> None:
    """Say where the deal is now; from another stage, with the way back to its very place there."""
    was, undo = before
    posted: dict[str, Any] = {}
    if was.lane != stage:
        data = undo_data(was, undo, request.htmx.current_url_abs_path or back(request, there).url)
        posted = {"undo_url": f"{reverse('deals:place', args=[deal.pk])}?from={stage}", "undo_data": data}
    say_moved(request, deal.name, stage.label, cheer=stage == Stage.WON and was.lane != Stage.WON, **posted)


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
    done = pipeline.move_many(selection.records, data["stage"], by=request.user, reason=data["reason"])
    text = ngettext("%(n)d deal is now %(stage)s", "%(n)d deals are now %(stage)s", done.moved)
    text %= {"n": done.moved, "stage": Stage(data["stage"]).label}
    if done.moved or not (done.other or done.refused):
        told = Done("deal_moved", done.moved, done.at)
        tell_undoable(request, selection.section, told, text, cheer=data["stage"] == Stage.WON)
    if done.refused:
        messages.warning(request, told_shut(done.refused))
    if done.other:
        text = ngettext(
            "%(n)d deal stayed: its pipeline has no such stage.",
            "%(n)d deals stayed: their pipeline has no such stage.",
            done.other,
        )
        messages.warning(request, text % {"n": done.other})
