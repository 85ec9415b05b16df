"""Attaching a file to a person: judged, stored under a random name, and told on the timeline."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from contacts.attachments.models import Attachment
from contacts.attachments.naming import clean_name
from contacts.timeline.models import Event
from contacts.timeline.recording import record
from tesoro.images import thumbnail

MAX_BYTES = 26_214_400  # 25 MB


def attach(person: Any, upload: Any, *, by: Any, shown: bool = True) -> Attachment:
    """Keep ``upload``, an open file with ``name`` and ``size``, as a file of ``person``, together with its event.

    ``by`` is None for what nobody of the office sent. With ``shown=False`` the file stands on the tab but gets no card
    of its own, because something else tells of it: the email it came with. What the file is called then is the
    attachment's ``name``; what had to be done to the name that was sent is its ``renamed``, in words, or nothing.

    Raises ValidationError, and keeps nothing: "empty" or "too_large". When this command fails, the stored file is
    deleted again. In a larger transaction that may fail later, see to that with :func:`discard`.
    """
    _judge(upload.size)
    name = clean_name(upload.name or "")
    attachment = Attachment(
        account_id=person.account_id, person=person, author=by, name=name.text, size=upload.size, own_card=shown
    )
    attachment.renamed = name.told
    try:
        _store(attachment, upload)
        with transaction.atomic():
            attachment.event = record("attached", by=by, person=person)
            attachment.save()
            if not shown:
                Event.objects.filter(pk=attachment.event.pk).update(shown=False)
    except BaseException:
        discard([attachment])
        raise
    return attachment


def discard(attachments: Iterable[Attachment]) -> None:
    """Delete the stored files of rows that are not, or no longer, in the database."""
    for attachment in attachments:
        for file in (attachment.file, attachment.thumbnail):
            if file:
                file.delete(save=False)


def _judge(size: int) -> None:
    if not size:
        raise ValidationError(_("This file is empty."), code="empty")
    if size > MAX_BYTES:
        raise ValidationError(_("This file is larger than 25 MB."), code="too_large")


def _store(attachment: Attachment, upload: Any) -> None:
    """Write file and thumbnail, before any lock is taken. Names without an ending: ``/media/`` serves neither."""
    picture = thumbnail(upload)
    attachment.file.save("file", upload, save=False)
    if picture is not None:
        attachment.thumbnail.save("thumbnail", picture, save=False)
