"""The webhooks of mail services: what came in (inbound) and what became of what went out (tracking).

django-anymail reads what each service posts. Without ``MAIL_HOOK_SECRET`` none of these addresses is there, and
without the service's own key, where it has one, that service's is not.
"""

import logging
from email.message import Message
from typing import Any

from anymail.exceptions import AnymailConfigurationError, AnymailWebhookValidationFailure
from anymail.inbound import AnymailInboundMessage
from anymail.signals import inbound, tracking
from anymail.webhooks import brevo, mailgun, mailjet, postmark, sendgrid
from anymail.webhooks.base import AnymailBasicAuthMixin
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.dispatch import receiver
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from contacts.emails import bounces
from contacts.emails.matching import is_ours
from contacts.emails.parsing import head_alone, parse
from contacts.emails.reading import head_of
from contacts.emails.receiving import receive
from tesoro.access import public

MOST_BYTES = 40 * 1024 * 1024  # a mail of 25 MB grows by a third when it is written as text
MOST_PLACES = 20
INBOUND: dict[str, Any] = {
    "brevo": brevo.BrevoInboundWebhookView,
    "mailgun": mailgun.MailgunInboundWebhookView,
    "mailjet": mailjet.MailjetInboundWebhookView,
    "postmark": postmark.PostmarkInboundWebhookView,
    "sendgrid": sendgrid.SendGridInboundWebhookView,
}
TRACKING: dict[str, Any] = {
    "brevo": brevo.BrevoTrackingWebhookView,
    "mailgun": mailgun.MailgunTrackingWebhookView,
    "mailjet": mailjet.MailjetTrackingWebhookView,
    "postmark": postmark.PostmarkTrackingWebhookView,
    "sendgrid": sendgrid.SendGridTrackingWebhookView,
}

log = logging.getLogger(__name__)
# Mails as services post them whole, and those among the files, are taken apart in bounded time. anymail has no
# setting for how it does that.
AnymailInboundMessage.parse_raw_mime_bytes = staticmethod(parse)


class NotStored(Exception):
    """A mail was understood but could not be stored. The service shall try again."""


@csrf_exempt
@public
def incoming(request: HttpRequest, esp: str) -> HttpResponse:
    """Take in a mail that a service posts."""
    return _answer(request, INBOUND.get(esp))


@csrf_exempt
@public
def followed(request: HttpRequest, esp: str) -> HttpResponse:
    """Take in what a service tells of mail that went out."""
    return _answer(request, TRACKING.get(esp))


def _answer(request: HttpRequest, kind: Any) -> HttpResponse:
    """Let anymail read a post. 403: not from the service; 400: not what it posts; 503: to be posted again."""
    _demand_configured(kind)
    try:
        if request.method == "POST":
            AnymailBasicAuthMixin.validate_request(kind(), request)
            _read(request)
        return kind.as_view()(request)
    except AnymailWebhookValidationFailure:
        return HttpResponse("Not authorised.\n", status=403, content_type="text/plain")
    except RequestDataTooBig:
        return HttpResponse("Too large.\n", status=413, content_type="text/plain")
    except NotStored:
        return HttpResponse("Not stored. Try again later.\n", status=503, content_type="text/plain")
    except Exception as error:  # whatever was posted, it was not what the service posts
        log.warning("A post of %s was not understood: %s", kind.esp_name, type(error).__name__)
        return HttpResponse("Not understood.\n", status=400, content_type="text/plain")


def _demand_configured(kind: Any) -> None:
    if kind is None or not settings.ANYMAIL.get("WEBHOOK_SECRET"):
        raise Http404
    try:
        kind()
    except AnymailConfigurationError:
        raise Http404 from None


def _read(request: HttpRequest) -> None:
    """Read what was posted as JSON, files and all, for which Django's limit for texts is too narrow.

    Forms are left to Django: their files go to the disk, and their texts are no larger than other texts.
    """
    if request.content_type != "application/json":
        return
    body = request.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise RequestDataTooBig
    request._body = body  # type: ignore[attr-defined]


@receiver(inbound, dispatch_uid="contacts.emails.hooks.store")
def store(event: Any, **_rest: Any) -> None:
    """File a mail before the service is answered, with everybody it was addressed to, or raise NotStored."""
    message = event.message
    try:
        for address in _places(message):
            _file(message, address)
    except Exception as error:
        log.exception("A mail that a service posted was not stored")
        raise NotStored from error


def _file(message: Message, address: str) -> None:
    """File a mail, by its headers alone where the rest makes trouble each time the service tries again."""
    try:
        receive(message, envelope_to=address)
    except (OperationalError, InterfaceError, OSError):
        raise
    except Exception as error:
        log.warning("A mail that a service posted is filed by its headers alone: %s", type(error).__name__)
        receive(head_alone(message), envelope_to=address)


def _places(message: Message) -> list[str]:
    """Return the addresses that say where the mail belongs: one mail may have gone to two offices."""
    envelope = getattr(message, "envelope_recipient", None) or ""
    ours = [address for address in head_of(message, envelope).recipients if is_ours(address)]
    return ours[:MOST_PLACES] or [envelope]


@receiver(tracking, dispatch_uid="contacts.emails.hooks.follow")
def follow(event: Any, **_rest: Any) -> None:
    """Mark an email and an address that mail came back from, or raise NotStored."""
    try:
        bounces.follow(event)
    except Exception as error:
        log.exception("What a service told of an email was not stored")
        raise NotStored from error
