"""What Twilio asks and tells about calls. It may ask twice, and its news may come late."""

import re
from typing import Any

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse

from contacts.calls import twiml
from contacts.calls.models import Call, Progress
from contacts.calls.taking import end_stray, take
from contacts.lines.hooks import number_in, signed, whole, word
from contacts.lines.models import Line, Stray, StrayKind
from contacts.lines.strangers import keep, known

CALL_SID = re.compile(r"CA[0-9a-fA-F]{32}")
RECORDING_SID = re.compile(r"RE[0-9a-fA-F]{32}")
ANSWERED = {"completed", "answered"}


@signed
def incoming(request: HttpRequest, line: Line) -> HttpResponse:
    """Somebody calls the office: put them through to their agent; a stranger goes to the reception and the inbox."""
    sid, number = _sid(request, "CallSid"), number_in(request, "From")
    if not sid:
        return _xml(twiml.refusal(line))
    stray = Stray.objects.for_account(line.account).filter(sid=sid).exists()
    person = None if stray else known(line.account, number)
    if person is None:
        reception = _e164(line.reception)
        ending = {} if reception else {"ended": Progress.NO_ANSWER}
        keep(line, StrayKind.CALL, number or word(request, "From", 32) or "anonymous", sid, **ending)
        return _xml(twiml.to_office(line, reception))
    phone = _phone_of(person.assigned_to) or _e164(line.reception)
    call = take(person, number=number, sid=sid, ended="" if phone else Progress.NO_ANSWER)
    return _xml(twiml.to_office(line, phone, call))


@signed
def stray_dialled(request: HttpRequest, line: Line) -> HttpResponse:
    """The reception has rung for a stranger: how that came out is kept for whose timeline the call will stand on."""
    status = word(request, "DialCallStatus", 20)
    answered = status in ANSWERED
    told = Progress.COMPLETED if answered else status
    end_stray(line.account, _sid(request, "CallSid"), told, whole(request, "DialCallDuration") if answered else None)
    return _xml(twiml.after_dialling(line, answered=answered))


@signed
def dialled(request: HttpRequest, line: Line, pk: int, attempt: int) -> HttpResponse:
    """The agent's telephone has rung for a client."""
    status = word(request, "DialCallStatus", 20)
    call = _call(line, pk, attempt)
    if call is not None:
        told = "completed" if status in ANSWERED else status
        _follow(call, told, far=True, sid=_sid(request, "CallSid"), seconds=whole(request, "DialCallDuration"))
    return _xml(twiml.after_dialling(line, answered=status in ANSWERED))


@signed
def instructions(request: HttpRequest, line: Line, pk: int, attempt: int) -> HttpResponse:
    """The agent has picked up: dial the client, unless that was forbidden while it rang."""
    call = _call(line, pk, attempt)
    if call is None or call.incoming or call.person.do_not_contact or call.person.in_trash:
        return _xml(twiml.refusal(line))
    _follow(call, Progress.IN_PROGRESS, far=False, sid=_sid(request, "CallSid"))
    return _xml(twiml.to_client(line, call))


@signed
def status(request: HttpRequest, line: Line, pk: int, attempt: int, far: bool) -> HttpResponse:
    """A leg of a call has moved on."""
    call = _call(line, pk, attempt)
    if call is not None:
        sid = _sid(request, "ParentCallSid" if far else "CallSid")
        _follow(call, word(request, "CallStatus", 20), far=far, sid=sid, seconds=whole(request, "CallDuration"))
    return HttpResponse(status=204)


@signed
def recording_made(request: HttpRequest, line: Line, pk: int, attempt: int) -> HttpResponse:
    """A recording is ready to be heard. The first stays."""
    call, sid = _call(line, pk, attempt), word(request, "RecordingSid", 40)
    if call is not None and word(request, "RecordingStatus", 20) == "completed" and RECORDING_SID.fullmatch(sid):
        Call.with_trash.filter(pk=call.pk, recording_sid="").update(recording_sid=sid)
    return HttpResponse(status=204)


def _call(line: Line, pk: int, attempt: int) -> Call | None:
    """Return the call of an address, unless it was asked for anew since."""
    calls = Call.with_trash.for_account(line.account).select_related("author", "person")
    found = calls.filter(pk=pk).first()
    return found if found is not None and found.attempt == attempt else None


def _follow(call: Call, told: str, **news: Any) -> None:
    if told not in Progress.values:
        return
    try:
        call.follow(Progress(told), **news)
    except IntegrityError:  # the SID of another call
        return


def _sid(request: HttpRequest, name: str) -> str:
    sid = word(request, name, 40)
    return sid if CALL_SID.fullmatch(sid) else ""


def _phone_of(user: Any) -> str:
    return _e164(user.phone) if user is not None and user.is_active else ""


def _e164(number: Any) -> str:
    return number.as_e164 if number else ""


def _xml(answer: Any) -> HttpResponse:
    return HttpResponse(str(answer), content_type="text/xml")
