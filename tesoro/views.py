"""What belongs to no app: health, uploaded pictures, and the pages for what went wrong."""

import shutil
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import FileResponse, HttpResponse, JsonResponse
from django.shortcuts import render

from tesoro import media as pictures
from tesoro.access import Request, member, public

LEAST_FREE_BYTES = 200 * 1024 * 1024


@public
def healthz(request: Request) -> HttpResponse:
    """Answer that the process runs."""
    return HttpResponse("ok", content_type="text/plain")


@public
def readyz(request: Request) -> JsonResponse:
    """Answer 200 when the database answers and the disk has room, else 503 with what is missing."""
    failing = []
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        failing.append("database")
    if shutil.disk_usage(settings.VAR_DIR).free < LEAST_FREE_BYTES:
        failing.append("disk")
    return JsonResponse({"ready": not failing, "failing": failing}, status=503 if failing else 200)


@member
def media(request: Request, name: str) -> FileResponse:
    """Show a picture of the account."""
    return pictures.picture(request, name)


def csrf_failure(request: Request, reason: str = "") -> HttpResponse:
    """Explain a form that was sent with an old or missing token."""
    return render(request, "403.html", {"stale_form": True}, status=403)


def bad_request(request: Request, exception: Any = None) -> HttpResponse:
    """Answer a request that makes no sense."""
    return render(request, "400.html", status=400)


def forbidden(request: Request, exception: Any = None) -> HttpResponse:
    """Answer somebody who may not."""
    return render(request, "403.html", status=403)


def not_found(request: Request, exception: Any = None) -> HttpResponse:
    """Answer for what is not there, or not theirs."""
    return render(request, "404.html", status=404)


def server_error(request: Request) -> HttpResponse:
    """Answer when we failed, without leaning on what may be broken."""
    return render(request, "500.html", status=500)
