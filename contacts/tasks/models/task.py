"""The task: what is to be done with a person or for a deal, by whom, and when."""

import datetime as dt
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.tasks.models.due import SOME_DAY, DueKeyField, key_now, validate_day
from contacts.timeline.models import Entry
from contacts.timeline.recording import record
from tesoro.fields import LineField, ProseField
from tesoro.opened import Marks, merge
from tesoro.trash import LiveManager, TrashQuerySet, live

REMINDED_FROM = dt.time(7)
OPEN = Q(done_at=None, deleted_at=None)
DONE = Q(done_at__isnull=False, deleted_at=None)


class Priority(models.IntegerChoices):
    """How much it matters."""

    LOW = 1, _("Low")
    NORMAL = 2, _("Normal")
    HIGH = 3, _("High")


class TaskQuerySet(TrashQuerySet):
    """Queries with names. ``now`` is the key of a moment where the office is: ``key_now()``."""

    def open(self) -> Self:
        """Return what is still to be done."""
        return self.filter(done_at=None)

    def done(self) -> Self:
        """Return what has been done."""
        return self.filter(done_at__isnull=False)

    def overdue(self, now: str) -> Self:
        """Return what should have been done by now."""
        return self.open().filter(due_key__lt=now)

    def of_living(self) -> Self:
        """Leave out the tasks of people and deals in the trash."""
        return self.filter(live("person"), live("deal"))


class Task(Entry):
    """Something to be done, with one person or for one deal.

    Without a time it is due by the end of its day, without a day whenever there is time.

    It is the office's work: any colleague may edit, complete and reopen it. Its author, whoever it is assigned to, and
    an admin may delete it.
    """

    person: Any = models.ForeignKey(
        "contacts.Person", on_delete=models.CASCADE, null=True, related_name="task_set", editable=False, db_index=False
    )
    deal = models.ForeignKey(
        "deals.Deal", on_delete=models.CASCADE, null=True, related_name="task_set", editable=False, db_index=False
    )
    title = LineField(_("title"), max_length=200)
    details = ProseField(_("details"), max_length=5_000, blank=True, default="")
    due_on = models.DateField(_("due date"), null=True, blank=True, validators=[validate_day])
    due_time = models.TimeField(_("time"), null=True, blank=True)
    due_key = DueKeyField()
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority.choices, default=Priority.NORMAL)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="tasks",
        verbose_name=_("assigned to"),
        db_index=False,
    )
    done_at = models.DateTimeField(_("done"), null=True, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )
    # The day for which a reminder has been sent, or is not needed.
    reminded_on = models.DateField(null=True, editable=False)
    # How often the mail server refused the reminder: after a few times nobody tries again.
    reminders_refused = models.PositiveSmallIntegerField(default=0, editable=False)

    objects: ClassVar[Any] = LiveManager.from_queryset(TaskQuerySet)()
    with_trash: ClassVar[Any] = TaskQuerySet.as_manager()

    class Meta(Entry.Meta):
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        indexes = [
            *Entry.Meta.indexes,
            models.Index(fields=["person", "due_key", "id"], name="task_open_of_person", condition=OPEN),
            models.Index(fields=["person", "done_at", "id"], name="task_done_of_person", condition=DONE),
            # Both what is open of a deal, in order, and what has been done; few tasks are a deal's.
            models.Index(
                fields=["deal", "deleted_at", "done_at", "due_key", "id"],
                name="task_of_deal",
                condition=Q(deal__isnull=False),
            ),
            models.Index(fields=["account", "assigned_to", "due_key", "id"], name="task_open_of_user", condition=OPEN),
            models.Index(fields=["account", "assigned_to", "done_at", "id"], name="task_done_of_user", condition=DONE),
            models.Index(fields=["account", "due_key", "id"], name="task_open_of_office", condition=OPEN),
            models.Index(fields=["account", "done_at", "id"], name="task_done_of_office", condition=DONE),
            # Empty but for the days ahead: what a worker looks through every half minute.
            models.Index(
                fields=["due_on", "assigned_to", "id"], name="task_to_remind_of", condition=OPEN & Q(reminded_on=None)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, deal__isnull=True) | Q(person__isnull=True, deal__isnull=False),
                name="task_of_one",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Judge what takes more than one field: a time without a day, and the assignee."""
        super().clean()
        if self.due_time is not None:
            self.due_time = self.due_time.replace(second=0, microsecond=0)
            if self.due_on is None:
                raise ValidationError({"due_on": _("A time needs a date.")})
        if self.assigned_to is not None and self.assigned_to.account_id != self.account_id:
            raise ValidationError({"assigned_to": _("This user does not belong to your account.")})
        if self.assigned_to is not None and not self.assigned_to.is_active and self._moves():
            raise ValidationError({"assigned_to": _("This user is no longer active.")})

    def _moves(self) -> bool:
        stored = type(self).with_trash.filter(pk=self.pk).values_list("assigned_to", flat=True).first()
        return stored != self.assigned_to_id

    def may_change(self, user: Any) -> bool:
        """Whether ``user`` may delete the task; everything else any colleague may."""
        return super().may_change(user) or user.pk == self.assigned_to_id

    @property
    def is_done(self) -> bool:
        """Whether it has been done."""
        return self.done_at is not None

    @property
    def is_overdue(self) -> bool:
        """Whether it should have been done by now, where the office is (in the active time zone)."""
        return self.done_at is None and self.due_key < key_now()

    @property
    def has_date(self) -> bool:
        """Whether it is due on a day."""
        return self.due_key != SOME_DAY

    def add(self, *, by: Any) -> "Task":
        """Store a new task with its event, in one transaction; for oneself unless it says for whom."""
        self.author = by
        self.assigned_to = self.assigned_to or by
        self._remind_anew(by)
        with transaction.atomic():
            self.event = record("task_added", by=by, title=self.title, **self.whose.about)
            self.save()
        return self

    def revise(self, *, by: Any, opened: Marks | None = None) -> bool:
        """Store what was changed on the row, with an event that says so; return whether anything was.

        ``opened`` are the marks of what the user saw: beside it, what colleagues changed meanwhile stays. Raises
        Overtaken where they changed the same.
        """
        with transaction.atomic():
            stored = type(self).with_trash.select_for_update().get(pk=self.pk)
            changed = merge(self, stored, opened or {}, REVISED)
            if not changed:
                return False
            anew = not {"due_on", "assigned_to_id"}.isdisjoint(changed)
            if anew:
                self._remind_anew(by)
            self.save(update_fields=[*changed, "due_key", *(REMINDER if anew else [])])
            words = {"title": self.title}
            if "assigned_to_id" in changed and self.assigned_to:
                words["to"] = self.assigned_to.get_full_name()
            record("task_changed", by=by, at=None, **self.whose.about, **words)
        return True

    def complete(self, *, by: Any) -> bool:
        """Tick the task off, with its event; return False when somebody has done so already."""
        return self._tick("task_done", self._own.open(), timezone.now(), by)

    def reopen(self, *, by: Any) -> bool:
        """Take the tick away again, with its event; return False when there was none."""
        return self._tick("task_reopened", self._own.done(), None, by)

    @property
    def _own(self) -> TaskQuerySet:
        return type(self).objects.filter(pk=self.pk)

    def _tick(self, verb: str, row: TaskQuerySet, at: dt.datetime | None, by: Any) -> bool:
        with transaction.atomic():
            if not row.update(done_at=at, done_by=by if at else None):
                return False
            record(verb, by=by, title=self.title, **self.whose.about)
        self.done_at, self.done_by = at, by if at else None
        return True

    def _remind_anew(self, by: Any) -> None:
        """Have the assignee reminded on the day. Who puts something on their own list of today needs no mail about it.

        Before the hour of the reminders it comes with the day's others.
        """
        now = timezone.localtime()
        own = self.assigned_to_id == by.pk and self.due_on == now.date() and now.time() >= REMINDED_FROM
        self.reminded_on = self.due_on if own else None
        self.reminders_refused = 0


# What a form changes; a day and its time are one decision.
REVISED = [["title"], ["details"], ["due_on", "due_time"], ["priority"], ["assigned_to_id"]]
REMINDER = ["reminded_on", "reminders_refused"]
