"""What Twilio calls about messages: one has come in, or one that was sent has moved."""

import re

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from contacts.lines.hooks import number_in, signed, whole, word
from contacts.lines.models import Line, Stray, StrayKind
from contacts.lines.strangers import keep, known
from contacts.messaging.models import BODY_LIMIT, Channel
from contacts.messaging.receiving import move, receive, wish_in

NOTHING_TO_SAY = '<?xml version="1.0" encoding="UTF-8"?><Response/>'
MOST_MEDIA = 10  # what Twilio sends with one message
UNSHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@signed
def incoming(request: HttpRequest, line: Line) -> HttpResponse:
    """Take a message in: onto the person's page, or into the inbox when nobody has the number."""
    sid = word(request, "MessageSid", 34)
    if not sid:
        return HttpResponse("MessageSid is missing.", status=400, content_type="text/plain")
    channel = Channel.WHATSAPP if request.POST.get("From", "").startswith("whatsapp:") else Channel.SMS
    number, body = number_in(request, "From"), _body(request)
    media, wish = _media(request), wish_in(channel, body, word(request, "OptOutType", 10))
    waits = Stray.objects.for_account(line.account).filter(sid=sid).exists()  # it came once before
    if person := None if waits else known(line.account, number):
        receive(person, channel, body, number=number, sid=sid, media=media, wish=wish)
    else:
        sender = number or word(request, "From", 32)
        name = word(request, "ProfileName", 100)
        keep(line, StrayKind(channel.value), sender, sid, body, media=media, wish=str(wish), name=name)
    return HttpResponse(NOTHING_TO_SAY, content_type="text/xml")


@signed
def status(request: HttpRequest, line: Line, pk: int, attempt: int) -> HttpResponse:
    """Take news of a sent message; those of an unknown one, and those that come again, change nothing."""
    sid, told, code = (word(request, name, 34) for name in ("MessageSid", "MessageStatus", "ErrorCode"))
    with translation.override(line.account.language):
        move(line.account, pk, attempt, sid=sid, status=told.lower(), code=code)
    return HttpResponse(status=204)


def _body(request: HttpRequest) -> str:
    """Return the text without what no database keeps and no page shows; lines stay lines."""
    text = request.POST.get("Body", "").replace("\r\n", "\n").replace("\r", "\n")
    return UNSHOWN.sub("", text).strip()[:BODY_LIMIT]


def _media(request: HttpRequest) -> list[str]:
    """Return the types of what came along. The files stay at Twilio."""
    count = min(whole(request, "NumMedia") or 0, MOST_MEDIA)
    return [word(request, f"MediaContentType{place}", 60) or "?" for place in range(count)]
