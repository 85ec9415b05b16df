"""The four steps of an import: where a run stands, and the frame that every step's page shares."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contacts.imports import kinds
from contacts.imports.kinds import Kind
from contacts.imports.models import ImportRun, Job, Status
from tesoro.access import Request, admin_only
from tesoro.tenancy import fetch

STEPS = ("upload", "mapping", "verify", "run")
DEFAULT_KIND = "contact"


@dataclass(frozen=True)
class Step:
    """One mark of the path. ``url`` is empty for a step that is not reached yet."""

    label: str
    url: str
    is_current: bool
    is_done: bool


def step_of(run: ImportRun) -> str:
    """Return the step at which a run stands: "mapping", "verify" or "run", which are names of addresses too."""
    if run.status in (Status.UPLOADED, Status.MAPPED, Status.REFUSED):
        return "mapping"
    if run.status == Status.VERIFIED or run.job == Job.VERIFY:
        return "verify"
    return "run"


def path(run: ImportRun | None, kind: Kind, current: str) -> list[Step]:
    """Return the steps as the head of each page shows them; those that are reached have an address."""
    labels = dict(zip(STEPS, (_("Upload"), _("Mapping"), _("Verify"), _("Import")), strict=True))
    reached = STEPS.index(step_of(run)) if run else 0
    return [
        Step(
            label,
            _address(name, run, kind) if place <= reached else "",
            name == current,
            place < reached and name != current,
        )
        for place, (name, label) in enumerate(labels.items())
    ]


def page(
    request: Request,
    name: str,
    run: ImportRun | None,
    current: str,
    *,
    kind: Kind | None = None,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """Draw a page of a step; without a run, ``kind`` says what is to be imported."""
    what = kind or kinds.get(run.kind if run else DEFAULT_KIND)
    shared = {"run": run, "kind": what, "steps": path(run, what, current), "step": current, "section": what.namespace}
    return render(request, f"imports/{name}.html", {**shared, **context}, status=status)


def go(run: ImportRun) -> HttpResponse:
    """Redirect to the step at which a run stands."""
    return redirect(f"imports:{step_of(run)}", run.pk)


@admin_only
@require_safe
def here(request: Request, pk: int) -> HttpResponse:
    """Lead to the step at which a run stands."""
    return go(fetch(ImportRun, request, pk=pk))


def asked_kind(request: Request) -> Kind:
    """Return the kind that the address asks for; contacts, when it names none that there is."""
    return kinds.named(request.GET.get("kind", "")) or kinds.get(DEFAULT_KIND)


def _address(name: str, run: ImportRun | None, kind: Kind) -> str:
    return kind.upload_url if name == "upload" or run is None else reverse(f"imports:{name}", args=[run.pk])
