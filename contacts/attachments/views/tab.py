"""The tab of a person's files: a list, newest first, and the place where several are uploaded at once."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render

from contacts.attachments.attaching import MAX_BYTES
from contacts.attachments.receiving import Receipt, receive
from contacts.models import Person
from contacts.record import Record
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
    """Show the files; a POST keeps those that were sent, and tells of each that was refused."""
    if request.method == "POST":
        return _receive(request, person)
    if request.htmx and "older" in request.GET:
        return render(request, "attachments/_files.html", _page(request, person))
    return _tab(request, person)


def _receive(request: Request, person: Person) -> HttpResponse:
    receipt = receive(person, request.FILES.getlist("files"), by=request.user)
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return JsonResponse(receipt.as_json())
    if receipt.refused or not receipt.kept:
        return _tab(request, person, receipt)
    messages.success(request, receipt.told)
    for sentence in receipt.renamed:
        messages.warning(request, sentence)
    return back(request, Record(request, person, "attachments").url_of("attachments"))


def _tab(request: Request, person: Person, receipt: Receipt | None = None) -> HttpResponse:
    record = Record(request, person, "attachments")
    context = {"record": record, "person": person, "receipt": receipt, "max_bytes": MAX_BYTES}
    context |= _page(request, person)
    return render(request, "attachments/tab.html", context, status=422 if receipt else 200)


def _page(request: Request, person: Person) -> dict[str, Any]:
    older = request.GET.get("older", "")
    rows = person.attachment_set.select_related("author")  # type: ignore[attr-defined]
    page = keyset.page(rows, NEWEST_FIRST, PAGE, after=older, scope=str(person.pk))
    return {"files": page.rows, "older": page.next}
