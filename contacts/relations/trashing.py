"""Companies in the trash: shown, restored, and deleted for good."""

from typing import Any

from django.db import transaction
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from contacts.attachments.attaching import discard
from contacts.attachments.models import Attachment
from contacts.relations.models import Relation, RelationTag
from contacts.subjects.trashing import CHUNK, restore_records
from contacts.timeline.models import Event, Note
from contacts.trashed import Kind, Row
from tesoro.icons import icon

# Every table whose rows belong to one company, those that point to others of them first.
HANGING: list[Any] = [Attachment, Note, RelationTag]


def purge_relations(relations: Any) -> int:
    """Delete trashed companies for good, with every row and file that hangs on them; return how many companies.

    Their people stay, without a company. An event that a person's timeline shows too stays there.
    """
    with transaction.atomic():
        trashed = relations.filter(deleted_at__isnull=False).order_by("pk").select_for_update(of=("self",))
        ids = list(trashed.values_list("pk", flat=True))
        files: list[Attachment] = []
        for start in range(0, len(ids), CHUNK):
            part = ids[start : start + CHUNK]
            files += Attachment.with_trash.filter(relation_id__in=part)
            for model in HANGING:
                model._base_manager.filter(relation_id__in=part).delete()
            events = Event.objects.filter(relation_id__in=part)
            events.exclude(person=None).update(relation=None)
            events.filter(person=None).delete()
            Relation.with_trash.filter(pk__in=part).delete()
        transaction.on_commit(lambda: discard(files))
    return len(ids)


class RelationKind(Kind):
    """Companies."""

    key = "relations"
    title = _("Relations")
    model = Relation
    what = _("Type")
    nothing_found = _("No company in the trash matches “%(query)s” by name, email or phone.")

    def row(self, record: Any) -> Row:
        """Return a company as a row."""
        face = mark_safe(f'<span class="company-mark">{icon("building-2")}</span>')
        return Row(record, face, str(record.get_type_display()), record.email)

    def restore(self, records: Any, *, by: Any) -> tuple[int, list[int]]:
        """Restore companies; nothing stands in their way."""
        return restore_records(records, by=by), []

    def purge(self, records: Any) -> int:
        """Delete companies for good."""
        return purge_relations(records)
