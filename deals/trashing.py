"""Deals in the trash: shown, restored, and deleted for good."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from contacts.attachments.attaching import discard
from contacts.attachments.models import Attachment
from contacts.emails.files import leave_to_emails
from contacts.emails.models import Conversation
from contacts.forms import open_record
from contacts.meetings.models import Attendance
from contacts.subjects.trashing import CHUNK, restore_records
from contacts.tasks.models import Task
from contacts.timeline.models import Event, Note
from contacts.trashed import Kind, Refusal, Row
from deals.models import Deal, DealTag, Party
from deals.models.opening import Led, kept_shut
from deals.moves import hold
from tesoro.icons import icon

# Every table whose rows belong to one deal, those that point to others of them first.
HANGING: list[Any] = [Task, Attendance, Attachment, Note, Party, DealTag]


def purge_deals(deals: Any) -> int:
    """Delete trashed deals for good, with every row and file that hangs on them; return how many deals.

    What the timelines of their contacts tell of them stays there, and so do meetings with them, and emails with their
    files.
    """
    with transaction.atomic():
        trashed = deals.filter(deleted_at__isnull=False).order_by("pk").select_for_update(of=("self",))
        ids = list(trashed.values_list("pk", flat=True))
        files: list[Attachment] = []
        for start in range(0, len(ids), CHUNK):
            part = ids[start : start + CHUNK]
            leave_to_emails(Attachment.with_trash.filter(deal_id__in=part))
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


def restore_deals(deals: Any, *, by: Any) -> tuple[int, dict[int, Led]]:
    """Restore trashed deals; return how many, and by key why others stay: they would be open with a lead in them."""
    count, refused = 0, dict[int, Led]()
    with transaction.atomic():
        ids = hold(deals.trashed())
        for start in range(0, len(ids), CHUNK):
            part = Deal.with_trash.filter(pk__in=ids[start : start + CHUNK])
            stay = kept_shut(list(part.open().values_list("pk", flat=True)))
            count += restore_records(part.exclude(pk__in=stay), by=by)
            refused |= stay
    return count, refused


def _refused(deal: Deal, reason: Led) -> Refusal:
    if reason.lead.in_trash:
        return Refusal(deal, reason, f"{reverse('trash:list')}?bin=people", str(_("Open the trash")))
    return Refusal(deal, reason, reason.lead.get_absolute_url(), open_record(reason.lead))


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
        """Restore deals; those that would be open with a lead in them stay."""
        count, refused = restore_deals(records, by=by)
        return count, list(refused)

    def refusals(self, account: Any, ids: Sequence[int]) -> list[Refusal]:
        """Return the deals in which a lead takes part, with a way to the lead."""
        deals = list(self.everything(account).open().filter(pk__in=ids).order_by("pk"))
        reasons = kept_shut([deal.pk for deal in deals])
        return [_refused(deal, reasons[deal.pk]) for deal in deals if deal.pk in reasons]

    def purge(self, records: Any) -> int:
        """Delete deals for good."""
        return purge_deals(records)
