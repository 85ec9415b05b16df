"""The address at which portals and websites hand in enquiries, as JSON."""

import json
from typing import Any

from allauth.core import ratelimit
from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse, UnreadablePostError
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables

from leads.enquiries.models import ApiToken
from leads.enquiries.reading import delivery_of, read
from leads.enquiries.receiving import receive
from tesoro.access import Request, public

MOST_BYTES = 64 * 1024
RETRY_SECONDS = 60
LANGUAGE = "en"  # of the messages: who reads them programs


class Refusal(Exception):
    """A delivery that is not taken: the status of the answer, a word for programs, and one for people."""

    def __init__(self, status: int, code: str, message: str, errors: Any = None, **headers: str) -> None:
        super().__init__(message)
        self.status, self.body, self.headers = status, {"error": code, "message": message}, headers
        if errors is not None:
            self.body["errors"] = errors

    def answer(self) -> JsonResponse:
        """Return the answer."""
        headers = {name.replace("_", "-"): value for name, value in self.headers.items()}
        return JsonResponse(self.body, status=self.status, headers=headers)


# No CSRF token: the sender proves itself by a token of its own, which no browser sends along by itself.
@csrf_exempt
@never_cache
@public
def enquiries(request: Request) -> HttpResponse:
    """Take an enquiry in. The answer is one, whether the email was known or not: a token tells nobody who is.

    Delivered again, it is the same.
    """
    try:
        with override(LANGUAGE):
            if request.method != "POST":
                raise Refusal(405, "method_not_allowed", "Send a POST.", Allow="POST")
            enquiry = _taken(request, _token(request))
    except Refusal as refusal:
        return refusal.answer()
    return JsonResponse({"id": str(enquiry.uid), "status": "received"}, status=201)


@sensitive_variables()
def _token(request: Request) -> ApiToken:
    """Return the token in the header ``Authorization``. Wrong ones are counted by address, good ones by themselves."""
    scheme, _blank, text = request.headers.get("Authorization", "").partition(" ")
    token = ApiToken.of(text.strip()) if scheme.lower() == "bearer" else None
    if token is None:
        if not ratelimit.consume(request, action="enquiry_token"):
            raise _too_many()
        raise Refusal(
            401, "unauthorized", "Send a token that works: Authorization: Bearer …", WWW_Authenticate="Bearer"
        )
    if not ratelimit.consume(request, action="enquiry_api", key=f"token:{token.pk}"):
        raise _too_many()
    return token


def _too_many() -> Refusal:
    text = f"Too many requests. Try again in {RETRY_SECONDS} seconds."
    return Refusal(429, "too_many_requests", text, Retry_After=str(RETRY_SECONDS))


def _taken(request: Request, token: ApiToken) -> Any:
    """Return the stored enquiry; what is wrong with a delivery is kept with its token, for an admin to see."""
    token.note_use()
    try:
        payload = _payload(request)
        delivery = delivery_of(payload, request.headers.get("Idempotency-Key", ""))
        return receive(token.account, read(payload, token), token=token, delivery=delivery)
    except ValidationError as error:
        refusal = Refusal(422, "invalid", "The enquiry was refused. Nothing was stored.", _errors(error))
    except Refusal as refused:
        refusal = refused
    token.note_refusal(_told(refusal))
    raise refusal


def _payload(request: Request) -> dict[str, Any]:
    """Return the object that was sent, or raise Refusal."""
    kind = request.content_type or ""
    if kind != "application/json" and not kind.endswith("+json"):
        raise Refusal(415, "unsupported_media_type", "Send application/json.")
    try:
        body = request.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            raise Refusal(413, "too_large", f"Send at most {MOST_BYTES} bytes.")
        payload = json.loads(body, parse_constant=_refuse_constant)
    except (ValueError, RecursionError, UnreadablePostError):
        raise Refusal(400, "broken_json", "This is no JSON.") from None
    if not isinstance(payload, dict):
        raise Refusal(400, "broken_json", "Send one object.")
    return payload


def _refuse_constant(name: str) -> None:
    """Refuse NaN and Infinity, which Python reads and JSON does not know."""
    raise ValueError(name)


def _errors(error: ValidationError) -> dict[str, list[dict[str, str]]]:
    return {
        name: [{"code": str(one.code or "invalid"), "message": " ".join(one.messages)} for one in errors]
        for name, errors in error.error_dict.items()
    }


def _told(refusal: Refusal) -> str:
    """Return why, in one line."""
    errors: Any = refusal.body.get("errors") or {}
    lines = [f"{name}: {one['message']}" for name, found in errors.items() for one in found]
    return " ".join(" ".join(lines or [str(refusal)]).split())
