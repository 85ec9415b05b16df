"""The files that went along with emails, once whoever has them is deleted for good."""

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, F, OuterRef, Subquery

from contacts.attachments.models import Attachment
from contacts.emails.models import Email
from contacts.timeline.models import Event


def leave_to_emails(files: Any, without: Collection[int] = ()) -> None:
    """Give files that went along with emails to the person of the email, where it stays, with what tells of them.

    People ``without`` whom it has to be get none: they are deleted for good, and their emails with them.
    """
    sent = Email.attachments.through.objects.filter(attachment=OuterRef("pk")).exclude(email__person__in=without)
    # Of several people one who is not in the trash: who is deleted for good takes their files along.
    whose = sent.order_by(F("email__person__deleted_at").desc(nulls_first=True), "pk").values("email__person")[:1]
    with_emails = files.filter(Exists(sent))
    ids = list(with_emails.values_list("pk", flat=True))
    with_emails.update(person=Subquery(whose), deal=None)
    now = Attachment.with_trash.filter(event=OuterRef("pk")).values("person")[:1]
    Event.objects.filter(attachment__in=ids).update(person=Subquery(now), deal=None)
