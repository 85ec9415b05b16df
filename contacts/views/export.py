"""The current list, or the selected rows, as a file."""

import logging

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils import timezone

from contacts.exporting import as_csv, as_xlsx
from contacts.listing import Listing
from contacts.sections import sections
from contacts.selection import Selection
from tesoro.access import Request, admin_only

log = logging.getLogger(__name__)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@admin_only
def records(request: Request, section: str) -> HttpResponse | StreamingHttpResponse | FileResponse:
    """Send the records of the list (GET: its search and filters) or the ticked ones (POST), as CSV or XLSX."""
    chosen = Selection(request, sections[section]) if request.method == "POST" else Listing(request, sections[section])
    name = f"{section}-{timezone.localdate().isoformat()}"
    form = "xlsx" if request.GET.get("format") == "xlsx" else "csv"
    told = (section, form, request.user.pk, request.account.pk, _told(chosen))
    log.info("export of %s as %s by user %s of account %s: %s", *told)
    if form == "xlsx":
        book = as_xlsx(chosen.section, chosen.records)
        return FileResponse(book, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)
    disposition = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    rows = as_csv(chosen.section, chosen.records)
    return StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8", headers=disposition)


def _told(chosen: Selection | Listing) -> str:
    """Return which records were asked for, as the log tells it: not what was searched, which may be a name."""
    if isinstance(chosen, Selection):
        return "all that match" if chosen.all else f"{len(chosen.ids)} ticked"
    return "the list, filtered" if chosen.narrowed else "the whole list"
