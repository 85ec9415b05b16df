"""The task: what is to be done with a person, by whom, and when."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.timeline.models import Entry
from tesoro.fields import LineField, ProseField


class Priority(models.IntegerChoices):
    """How much it matters."""

    LOW = 1, _("Low")
    NORMAL = 2, _("Normal")
    HIGH = 3, _("High")


class Task(Entry):
    """Something to be done. Without a time it is due by the end of its day."""

    title = LineField(_("title"), max_length=200)
    details = ProseField(_("details"), max_length=5_000, blank=True, default="")
    due_on = models.DateField(_("due date"), null=True, blank=True)
    due_time = models.TimeField(_("time"), null=True, blank=True)
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority.choices, default=Priority.NORMAL)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="tasks",
        verbose_name=_("assigned to"),
    )
    done_at = models.DateTimeField(_("done"), null=True, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )
    reminded_on = models.DateField(null=True, editable=False)

    class Meta(Entry.Meta):
        verbose_name = _("task")
        verbose_name_plural = _("tasks")

    def __str__(self) -> str:
        return self.title
