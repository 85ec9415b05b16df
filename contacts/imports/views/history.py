"""The history of imports: who, when, which file, what came of it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contacts.imports.models import ImportRun, Job, Status
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
    """List the imports of the account, newest first."""
    found = keyset.page(
        ImportRun.objects.for_account(request.account).select_related("user"),
        Sort("-when", "created_at"),
        PAGE,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context: dict[str, Any] = {"page": found, "entries": map(Entry, found.rows), "section": "contacts"}
    return render(request, "imports/history.html", context)
