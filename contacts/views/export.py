"""The current list, or the selected rows, as a file."""

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils import timezone

from contacts.exporting import as_csv, as_xlsx
from contacts.listing import Listing
from contacts.sections import sections
from contacts.selection import Selection
from tesoro.access import Request, admin_only

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@admin_only
def records(request: Request, section: str) -> HttpResponse | StreamingHttpResponse | FileResponse:
    """Send the records of the list (GET: its search and filters) or the ticked ones (POST), as CSV or XLSX."""
    chosen = Selection(request, sections[section]) if request.method == "POST" else Listing(request, sections[section])
    name = f"{section}-{timezone.localdate().isoformat()}"
    if request.GET.get("format") == "xlsx":
        book = as_xlsx(chosen.section, chosen.records)
        return FileResponse(book, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)
    disposition = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    rows = as_csv(chosen.section, chosen.records)
    return StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8", headers=disposition)
