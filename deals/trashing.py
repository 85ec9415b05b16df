"""Deals in the trash: shown, restored, and deleted for good."""

from typing import Any

from django.db import transaction
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from contacts.attachments.attaching import discard
from contacts.attachments.models import Attachment
from contacts.emails.models import Conversation
from contacts.meetings.models import Attendance
from contacts.subjects.trashing import CHUNK, restore_records
from contacts.tasks.models import Task
from contacts.timeline.models import Event, Note
from contacts.trashed import Kind, Row
from deals.models import Deal, DealTag, Party
from tesoro.icons import icon

# Every table whose rows belong to one deal, those that point to others of them first.
HANGING: list[Any] = [Task, Attendance, Attachment, Note, Party, DealTag]


def purge_deals(deals: Any) -> int:
    """Delete trashed deals for good, with every row and file that hangs on them; return how many deals.

    What the timelines of their contacts tell of them stays there, and so do emails and meetings with them.
    """
    with transaction.atomic():
        ids = list(deals.filter(deleted_at__isnull=False).order_by("pk").values_list("pk", flat=True))
        files: list[Attachment] = []
        for start in range(0, len(ids), CHUNK):
            part = ids[start : start + CHUNK]
            files += Attachment.with_trash.filter(deal_id__in=part)
            for model in HANGING:
                model._base_manager.filter(deal_id__in=part).delete()
            Conversation.objects.filter(deal_id__in=part).update(deal=None)
            events = Event.objects.filter(deal_id__in=part)
            events.exclude(person=None).update(deal=None)
            events.filter(person=None).delete()
            Deal.with_trash.filter(pk__in=part).delete()
        transaction.on_commit(lambda: discard(files))
    return len(ids)


class DealKind(Kind):
    """Deals."""

    key = "deals"
    title = _("Deals")
    model = Deal
    what = _("Stage")
    nothing_found = _("No deal in the trash matches “%(query)s” by name or address.")

    def row(self, record: Any) -> Row:
        """Return a deal as a row."""
        face = mark_safe(f'<span class="company-mark">{icon("handshake")}</span>')
        return Row(record, face, str(record.get_stage_display()), record.city)

    def restore(self, records: Any, *, by: Any) -> tuple[int, list[int]]:
        """Restore deals; nothing stands in their way."""
        return restore_records(records, by=by), []

    def purge(self, records: Any) -> int:
        """Delete deals for good."""
        return purge_deals(records)
