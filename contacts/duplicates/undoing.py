"""Undoing a merge: exactly what was moved goes back, and the other comes back from the trash.

Rows that came later stay with who stays. A field that somebody changed since stays as it is, and is named.
"""

from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts import info
from contacts.attachments.models import Attachment
from contacts.duplicates.deciding import PHOTO, together
from contacts.duplicates.hanging import How, link_named, links
from contacts.duplicates.memory import columns, put, stored, unpatch
from contacts.duplicates.merging import BATCH, locked
from contacts.duplicates.models import UNDO_DAYS, Merge
from contacts.emails.models import Email
from contacts.models import Person
from contacts.models.adding import email_race_told, email_taken
from contacts.models.companions import companions
from contacts.models.linking import tell_of_link
from contacts.subjects.revising import CAME_FROM, differences
from contacts.timeline.models import Event
from contacts.timeline.recording import record, settle_activity


def undo(merge: Merge, *, by: Any) -> list[str]:
    """Part the two again; return the labels of the fields that somebody changed since, and that stay as they are.

    Raises ValidationError with the reason when it cannot be undone: done already, too long ago, one of them deleted,
    or merged again; at ``email`` when another record uses an email that would come back.
    """
    with transaction.atomic():
        merge = Merge.objects.select_for_update().get(pk=merge.pk)
        _demand_undoable(merge)
        kept, gone = locked(merge.kept, merge.gone)
        _demand_there(merge, kept)
        return _Undoing(merge, kept, gone, by).run()


def why_not(merge: Merge) -> str:
    """Return why a merge cannot be undone, "" when it can, as far as the two themselves tell."""
    try:
        _demand_undoable(merge)
        _demand_there(merge, merge.kept)
    except ValidationError as reason:
        return str(reason.messages[0])
    return ""


def _demand_undoable(merge: Merge) -> None:
    """Raise ValidationError for a merge that is over and done with."""
    if merge.undone_at is not None:
        raise ValidationError(_("This merge has already been undone."), code="undone")
    if merge.gone_id is None:
        raise ValidationError(_("%(name)s was deleted for good.") % {"name": merge.gone_name}, code="purged")
    if merge.kept_id is None:
        raise ValidationError(_("%(name)s was deleted for good.") % {"name": merge.kept_name}, code="purged")
    if not merge.is_undoable:
        raise ValidationError(_("A merge can be undone for %(n)d days.") % {"n": UNDO_DAYS}, code="late")


def _demand_there(merge: Merge, kept: Any) -> None:
    """Raise ValidationError when who stayed is not there to give anything back."""
    if Merge.objects.standing().filter(gone=merge.gone_id).exclude(pk__lte=merge.pk).exists():
        text = _("%(name)s has been merged again since. Undo that merge first.")
        raise ValidationError(text % {"name": merge.gone_name}, code="again")
    if not kept.in_trash:
        return
    if later := Merge.objects.standing().filter(gone=kept).first():
        text = _("%(name)s has been merged into %(other)s since. Undo that merge first.")
        raise ValidationError(text % {"name": kept.full_name, "other": later.kept_name}, code="chain")
    raise ValidationError(_("%(name)s is in the trash. Restore it first.") % {"name": kept.full_name}, code="trash")


class _Undoing:
    """One merge being undone."""

    def __init__(self, merge: Merge, kept: Person, gone: Person, by: Any) -> None:
        self.merge = merge
        self.kept: Any = kept
        self.gone: Any = gone
        self.by = by
        self.left: list[str] = []

    def run(self) -> list[str]:
        """Do it: who stays lets the email go before the other takes it back."""
        words, relation = self.kept.words(), self.kept.relation
        returned = self._return_fields()
        self._return_photo()
        self._return_companions()  # before the restore, which would make new ones
        self.merge.undone_at, self.merge.undone_by = timezone.now(), self.by
        self.merge.save(update_fields=["undone_at", "undone_by"])  # before it, too: a merge that stands holds back
        if self.gone.in_trash:
            self.gone.restore(by=self.by)
        self._return_rows()
        unpatch(self._returning(self.merge.patched))
        self._settle()
        self._tell(differences(words, self.kept.words(), returned), relation)
        return self.left

    def _return_fields(self) -> list[str]:
        """Give who stayed back what they had before; return the fields."""
        returned: list[str] = []
        parts = self.kept.parts()
        for key, changes in self.merge.fields.items():
            if key not in parts:
                continue  # a lead became a contact since: what belongs to the pipeline is no longer in the way
            row, names = parts[key]
            back = self._unchanged(row, changes)
            for name in back:
                put(row, name, changes[name][0])
            self._save(row, back)
            returned += [name for name in back if name in names and changes[name][0] != changes[name][1]]
        return returned

    def _save(self, row: Any, names: list[str]) -> None:
        if "email" in names and row.namesake_by_email():
            raise email_taken()
        if names:
            with email_race_told():
                row.save(update_fields=names)

    def _unchanged(self, row: Any, changes: dict[str, Any]) -> list[str]:
        """Return the columns that still are as the merge left them, and note the others, which somebody changed."""
        mine = [name for name in changes if name not in (PHOTO, "last_activity_at")]
        moved_on = {name for name in mine if stored(row, name) != changes[name][1]}
        for group in together:
            if not moved_on.isdisjoint(group.names):
                moved_on |= set(group.names) & set(mine)
                self._note(group.label)
        joined = {name for group in together for name in group.names}
        for name in mine:
            if name in moved_on - joined and name in info.LABELS:
                self._note(info.LABELS[name])
        return [name for name in mine if name not in moved_on]

    def _note(self, label: Any) -> None:
        if str(label) not in self.left:
            self.left.append(str(label))

    def _return_photo(self) -> None:
        """Exchange the files again, unless who stayed got another photo since."""
        before, after = self.merge.fields.get("", {}).get(PHOTO, ["", ""])
        if before == after:
            return
        if stored(self.kept, PHOTO) != after or (self.gone.avatar.name or "") != before:
            self._note(_("Photo"))
            return
        for person, name in ((self.kept, before), (self.gone, after)):
            Person.with_trash.filter(pk=person.pk).update(avatar=name)
            person.avatar = name

    def _return_rows(self) -> None:
        """Let what was moved, and still hangs on who stayed, hang on the other again."""
        self._unmark()
        for label, ids in self.merge.moved.items():
            link = link_named(label)
            if link.treatment.how is How.UNITE:
                ids = self._without_twins(link, ids)  # noqa: PLW2901
            for start in range(0, len(ids), BATCH):
                rows = link.rows(self.kept).filter(pk__in=ids[start : start + BATCH])
                rows = link.treatment.returned(rows, self.gone) if link.treatment.returned else rows
                rows.order_by().update(**{link.field.name: self.gone})
        self._follow_conversations()

    def _without_twins(self, link: Any, ids: list[int]) -> list[int]:
        """Leave out rows of which the other has got the same meanwhile."""
        fields = [f"{name}_id" for name in link.treatment.beside]
        theirs = set(link.rows(self.gone).values_list(*fields))
        rows = link.rows(self.kept).filter(pk__in=ids).values_list("pk", *fields)
        return [pk for pk, *key in rows if tuple(key) not in theirs]

    def _returning(self, patched: list[Any]) -> list[Any]:
        """Leave out what was changed of rows of which nothing goes back to the other."""
        judges = {link.field.model._meta.label: link.treatment.returned for link in links() if link.treatment.returned}
        rows = {label: apps.get_model(label)._base_manager for label in judges}
        return [
            patch
            for patch in patched
            if (label := patch[0]) not in judges or judges[label](rows[label].filter(pk=patch[1]), self.gone).exists()
        ]

    def _unmark(self) -> None:
        """Take off the events what said whose they were."""
        for start in range(0, len(self.merge.marked), BATCH):
            rows = list(Event.objects.filter(pk__in=self.merge.marked[start : start + BATCH], person=self.kept))
            for event in rows:
                event.data = {key: value for key, value in event.data.items() if key != CAME_FROM}
            Event.objects.bulk_update(rows, ["data"])

    def _follow_conversations(self) -> None:
        """Let emails that came into a conversation since follow it, with their events and the files they brought."""
        for conversation in self.merge.moved.get("emails.Conversation.person", []):
            late = Email.with_trash.filter(conversation=conversation, person=self.kept)
            brought = Attachment.with_trash.filter(emails__in=late, own_card=False, person=self.kept)
            for rows in (brought, late):
                pairs = list(rows.values_list("pk", "event_id"))
                Event.objects.filter(pk__in=[event for _pk, event in pairs]).update(person=self.gone)
                rows.model._base_manager.filter(pk__in=[pk for pk, _event in pairs]).update(person=self.gone)

    def _return_companions(self) -> None:
        """Give the row beside the other back; where who stayed lives by it since, the other gets it as it was."""
        for kind in [one for one in companions if one.name in self.merge.companions]:
            link = link_named(str(Person._meta.get_field(kind.name).field))  # type: ignore[union-attr]
            row = link.rows(self.kept).first()
            if row is None or link.rows(self.gone).exists():
                continue
            if self.kept.kind != kind.kind and columns(row) == self.merge.companions[kind.name]:
                link.rows(self.kept).order_by().update(**{link.field.name: self.gone})
                continue
            for name, value in self.merge.companions[kind.name].items():
                put(row, name, value)
            setattr(row, link.field.name, self.gone)
            row.pk = self.gone.pk
            row.save(force_insert=True)

    def _settle(self) -> None:
        """Move the version on; the last activity is what it was, unless something has happened since."""
        before, after = self.merge.fields.get("", {}).get("last_activity_at", [None, None])
        if before and stored(self.kept, "last_activity_at") == after:
            put(self.kept, "last_activity_at", before)
        elif before:
            settle_activity(self.kept)
        self.kept.version += 1
        self.kept.save(update_fields=["version", "last_activity_at"])

    def _tell(self, changes: list[dict[str, str]], relation: Any) -> None:
        at, told = timezone.now(), {"merge": self.merge.pk}
        version, name = self.kept.version, self.gone.full_name
        record("unmerged", by=self.by, person=self.kept, at=at, version=version, changes=changes, name=name, **told)
        record("unmerged", by=self.by, person=self.gone, at=at, name=self.kept.full_name, **told)
        if self.kept.relation_id != (relation.pk if relation else None):
            tell_of_link(self.kept, relation, by=self.by)
