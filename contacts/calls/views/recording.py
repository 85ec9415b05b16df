"""The recording of a call, fetched from Twilio for users of the account only."""

from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contacts.calls.models import Call
from contacts.lines.client import FAULTS, recording_of
from contacts.lines.models import Line
from tesoro.access import Request, member
from tesoro.tenancy import fetch
from tesoro.trash import live


@require_safe
@member
def recording(request: Request, pk: int) -> HttpResponseBase:
    """Stream a recording as MP3. The browser gets a file to play or to keep, never a page."""
    call = fetch(Call.objects.filter(live("person")).exclude(recording_sid=""), request, pk=pk)
    line = Line.objects.for_account(request.account).first()
    if line is None:
        raise Http404
    try:
        pieces = recording_of(line, call.recording_sid)
    except FAULTS:
        return _absent(request, call)
    name = f"call-{timezone.localtime(call.started_at):%Y-%m-%d-%H%M}.mp3"
    answer = StreamingHttpResponse(pieces, content_type="audio/mpeg")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Encoding"] = "identity"  # sound is packed already: it is not to be packed once more on its way
    return answer


def _absent(request: Request, call: Call) -> HttpResponse:
    text = _("Twilio did not hand out this recording. It may have been deleted there; try again later.")
    return render(request, "calls/no_recording.html", {"call": call, "text": text}, status=502)
