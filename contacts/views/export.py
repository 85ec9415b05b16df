"""The current list, or the selected rows, as a file."""

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils import timezone

from contacts.exporting import as_csv, as_xlsx
from contacts.listing import Listing
from contacts.models import Kind
from contacts.selection import Selection
from tesoro.access import Request, admin_only

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@admin_only
def people(request: Request) -> HttpResponse | StreamingHttpResponse | FileResponse:
    """Send the contacts of the list (GET: its search and filters) or the ticked ones (POST), as CSV or XLSX."""
    if request.method == "POST":
        chosen = Selection(request, Kind.CONTACT).people
    else:
        chosen = Listing(request, Kind.CONTACT).people
    name = f"contacts-{timezone.localdate().isoformat()}"
    if request.GET.get("format") == "xlsx":
        return FileResponse(as_xlsx(chosen), as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)
    disposition = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return StreamingHttpResponse(as_csv(chosen), content_type="text/csv; charset=utf-8", headers=disposition)
