"""Sending: the message, its event and its task are written in one transaction; a worker speaks to Twilio."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from contacts.messaging.models import Channel, Message, Template
from contacts.messaging.rules import demand_sendable, number_of
from contacts.messaging.tasks import deliver
from contacts.timeline.recording import record
from tesoro.fields import missing
from tesoro.outbox import State
from tesoro.text import clean_text

VALUE_LIMIT = 200  # characters of one variable
BODY: Any = Message._meta.get_field("body")


def send(
    person: Any,
    channel: str,
    body: str = "",
    *,
    by: Any,
    template: Template | None = None,
    variables: Mapping[str, str] | None = None,
    form_key: str = "",
) -> Message:
    """Queue a message to ``person``: ``body``, or a WhatsApp ``template`` filled with ``variables`` ("1", "2" …).

    Raises ValidationError: the codes of ``demand_sendable``, or what is wrong with the text. A form that comes twice,
    by its ``form_key``, is answered with the message it made the first time.
    """
    demand_sendable(person, channel, templated=template is not None)
    values = clean_values(template, variables or {}) if template else {}
    text = clean_body(template.fill(values) if template else body)
    try:
        with transaction.atomic():
            event = record(f"{Channel(channel).value}_sent", by=by, person=person)
            message = Message.objects.create(
                account_id=person.account_id,
                event=event,
                person=person,
                author=by,
                created_at=event.at,
                channel=channel,
                number=number_of(person, channel),
                body=text,
                template=template,
                content_sid=template.content_sid if template else "",
                variables=values,
                form_key=form_key,
            )
            deliver.enqueue(message.pk)
    except IntegrityError:
        found = Message.with_trash.filter(account_id=person.account_id, form_key=form_key).exclude(form_key="").first()
        if found is None:
            raise
        return found
    return message


def clean_body(text: str) -> str:
    """Return a text as it is sent, or raise ValidationError: here, unlike on what comes in, it must not be empty."""
    text = BODY.clean(text, None)
    if not text:
        raise missing(BODY)
    return text


def clean_values(template: Template, variables: Mapping[str, str]) -> dict[str, str]:
    """Return a value for each variable of ``template``, on one line as WhatsApp wants it, or raise ValidationError."""
    values = {str(place): clean_text(variables.get(str(place), ""), VALUE_LIMIT) for place in template.places}
    for place, value in values.items():
        if not value:
            raise ValidationError(_("%(place)s is empty."), "required", {"place": f"{{{{{place}}}}}"})
    return values


def send_again(message: Message) -> bool:
    """Queue a failed message, or one of unknown state, once more; False when it is on its way already.

    Raises ValidationError with the codes of ``demand_sendable``.
    """
    demand_sendable(message.person, message.channel, templated=message.templated)
    with transaction.atomic():
        Message.with_trash.filter(pk=message.pk, state__in=[State.FAILED, State.UNKNOWN]).update(sid="")
        return message.send_again(deliver)
