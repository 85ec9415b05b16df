"""The history of imports: who, when, which file, what came of it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contacts.imports import kinds
from contacts.imports.kinds import Kind
from contacts.imports.models import ImportRun, Job, Status
from contacts.imports.views.steps import DEFAULT_KIND
from tesoro import keyset
from tesoro.access import Request, admin_only
from tesoro.keyset import Sort

PAGE = 25
TONES = {
    Status.DONE: "good",
    Status.UNDONE: "none",
    Status.ATTENTION: "bad",
    Status.REFUSED: "bad",
    Status.STOPPED: "warn",
}


@dataclass(frozen=True)
class Entry:
    """An import as a line of the history."""

    run: ImportRun

    @property
    def kind(self) -> Kind:
        """What was imported."""
        return kinds.get(self.run.kind)

    @property
    def tone(self) -> str:
        """How the status reads: good, bad, warn, none, or "" for one that is under way."""
        return TONES.get(Status(self.run.status), "")

    @property
    def is_written(self) -> bool:
        """Whether there are figures of what was written."""
        return self.run.job in (Job.IMPORT, Job.UNDO)


@admin_only
@require_safe
def runs(request: Request) -> HttpResponse:
    """List the imports of the account, newest first; of one kind, where the address names one."""
    kind = kinds.named(request.GET.get("kind", ""))
    ran = ImportRun.objects.for_account(request.account).select_related("user")
    found = keyset.page(
        ran.filter(kind=kind.key) if kind else ran,
        Sort("-when", "created_at"),
        PAGE,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context: dict[str, Any] = {
        "page": found,
        "entries": map(Entry, found.rows),
        "kind": kind,
        "kinds": kinds.everything(),
        "home": kind or kinds.get(DEFAULT_KIND),
        "section": (kind or kinds.get(DEFAULT_KIND)).namespace,
    }
    return render(request, "imports/history.html", context)
