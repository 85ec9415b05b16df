"""What Twilio is told to do with a call, in its own XML."""

from typing import Any

from twilio.twiml.voice_response import Dial, VoiceResponse

from contacts.calls import spoken
from contacts.calls.models import Call
from contacts.lines.hooks import hook_url
from contacts.lines.models import Line

RING_SECONDS = 25  # before most mailboxes answer
LEG_EVENTS = "initiated ringing answered completed"


def to_client(line: Line, call: Call) -> VoiceResponse:
    """Dial the client, now that the agent has picked up. Masked, they see the office's number."""
    own = call.author.phone.as_e164 if call.author and call.author.phone else ""
    shown = line.call_number.as_e164 if line.masking or not own else own  # type: ignore[attr-defined]
    answer = VoiceResponse()
    answer.append(_dial(line, call, call.number, caller_id=shown))
    return answer


def to_office(line: Line, number: str, call: Call | None = None) -> VoiceResponse:
    """Put a caller through to ``number``; when nobody answers, or there is none, they hear so."""
    answer = VoiceResponse()
    if not number:
        spoken.say(answer, spoken.NOBODY, line.account)
    elif call is not None:
        answer.append(_dial(line, call, number, action=hook_url("calls:dialled", line, **_where(call)), method="POST"))
    else:
        dial = Dial(timeout=RING_SECONDS, action=hook_url("calls:stray-dialled", line), method="POST")
        dial.number(number)
        answer.append(dial)
    return answer


def after_dialling(line: Line, *, answered: bool) -> VoiceResponse:
    """Go on when the office's telephone has rung: hang up after a talk, else say that nobody is there."""
    answer = VoiceResponse()
    if answered:
        answer.hangup()
    else:
        spoken.say(answer, spoken.NOBODY, line.account)
    return answer


def refusal(line: Line) -> VoiceResponse:
    """Say that the call goes no further."""
    answer = VoiceResponse()
    spoken.say(answer, spoken.OFF, line.account)
    return answer


def _where(call: Call) -> dict[str, int]:
    return {"pk": call.pk, "attempt": call.attempt}


def _dial(line: Line, call: Call, number: str, **options: Any) -> Dial:
    if line.recording:
        options |= {
            "record": "record-from-answer-dual",
            "recording_status_callback": hook_url("calls:recording-made", line, **_where(call)),
            "recording_status_callback_method": "POST",
        }
    dial = Dial(timeout=RING_SECONDS, answer_on_bridge=True, **options)
    dial.number(
        number,
        status_callback=hook_url("calls:far-status", line, **_where(call)),
        status_callback_event=LEG_EVENTS,
        status_callback_method="POST",
    )
    return dial
