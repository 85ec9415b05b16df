"""The tab of files: a list, newest first, and the place where several are uploaded at once."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render

from contacts.attachments.attaching import MAX_BYTES
from contacts.attachments.receiving import Receipt, receive
from contacts.models import Person
from contacts.record import Record
from contacts.subjects.page import SubjectPage
from contacts.views.detail import of_person
from tesoro import keyset
from tesoro.access import Request, member
from tesoro.keyset import Sort
from tesoro.posted import back

NEWEST_FIRST = Sort("-created", "created_at")
PAGE = 30


@member
@of_person
def files(request: Request, person: Person) -> HttpResponse:
    """Show the files of a person; a POST keeps those that were sent."""
    return show_files(request, Record(request, person, "attachments"))


def show_files(request: Request, record: SubjectPage) -> HttpResponse:
    """Show the files of a record; a POST keeps those that were sent, and tells of each that was refused."""
    if request.method == "POST":
        return _receive(request, record)
    if request.htmx and "older" in request.GET:
        return render(request, "attachments/_files.html", _page(request, record.subject))
    return _tab(request, record)


def _receive(request: Request, record: SubjectPage) -> HttpResponse:
    receipt = receive(record.subject, request.FILES.getlist("files"), by=request.user)
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return JsonResponse(receipt.as_json())
    if receipt.refused or not receipt.kept:
        return _tab(request, record, receipt)
    messages.success(request, receipt.told)
    for sentence in receipt.renamed:
        messages.warning(request, sentence)
    return back(request, record.url)


def _tab(request: Request, record: SubjectPage, receipt: Receipt | None = None) -> HttpResponse:
    context = {**record.context, "receipt": receipt, "max_bytes": MAX_BYTES, **_page(request, record.subject)}
    return render(request, "attachments/tab.html", context, status=422 if receipt else 200)


def _page(request: Request, subject: Any) -> dict[str, Any]:
    older = request.GET.get("older", "")
    rows = subject.attachment_set.select_related("author")
    page = keyset.page(rows, NEWEST_FIRST, PAGE, after=older, scope=str(subject.pk))
    return {"files": page.rows, "older": page.next}
