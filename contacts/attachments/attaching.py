"""Attaching a file to a person or a company: judged, stored under a random name, and told on the timeline."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
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


def attach(subject: Any, upload: Any, *, by: Any, shown: bool = True) -> Attachment:
    """Keep ``upload``, an open file with ``name`` and ``size``, as a file of ``subject``, together with its event.

    Raises ValidationError, and keeps nothing: "empty" or "too_large". Call it outside of transactions: within one, use
    :func:`prepare` before it and :func:`keep` in it.
    """
    with discarded_on_failure() as prepared:
        prepared.append(prepare(subject, upload))
        return keep(prepared[0], by=by, shown=shown)


def prepare(subject: Any, upload: Any) -> Attachment:
    """Judge and store ``upload`` with its thumbnail, and return the attachment that is to be kept, or discarded.

    That takes its time, so call it outside of transactions: SQLite has one writer. What the file is called is the
    attachment's ``name``; what had to be done to the name that was sent is its ``renamed``, in words, or nothing.

    Raises ValidationError, and stores nothing: "empty" or "too_large".
    """
    _judge(upload.size)
    name = clean_name(upload.name or "")
    attachment = Attachment(account_id=subject.account_id, name=name.text, size=upload.size, **subject.about)
    attachment.renamed = name.told
    try:
        _store(attachment, upload)
    except BaseException:
        discard([attachment])
        raise
    return attachment


def keep(attachment: Attachment, *, by: Any, shown: bool = True) -> Attachment:
    """Write down what :func:`prepare` returned, together with its event; in the caller's transaction, if any.

    ``by`` is None for what nobody of the office sent. With ``shown=False`` the file stands on the tab but gets no card
    of its own, because something else tells of it: the email it came with.
    """
    attachment.author, attachment.own_card = by, shown
    with transaction.atomic():
        attachment.event = record("attached", by=by, **attachment.whose.about)
        attachment.save()
        if not shown:
            Event.objects.filter(pk=attachment.event.pk).update(shown=False)
    return attachment


@contextmanager
def discarded_on_failure() -> Iterator[list[Attachment]]:
    """Give a list for what is prepared: when the block fails, what is in it is deleted from storage again.

    Begin the transaction inside, so that its own failing counts.
    """
    prepared: list[Attachment] = []
    try:
        yield prepared
    except BaseException:
        discard(prepared)
        raise


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
    """Write file and thumbnail. Names without an ending: ``/media/`` serves neither."""
    picture = thumbnail(upload)
    attachment.file.save("file", upload, save=False)
    if picture is not None:
        attachment.thumbnail.save("thumbnail", picture, save=False)
