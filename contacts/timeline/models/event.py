"""The event: one fact of a timeline, written by the command that caused it, in its transaction."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.timeline.verbs import VERBS, WRITTEN, Verb
from tesoro.tenancy import AccountOwned, AccountQuerySet

# What the cards show, read along with their events. Rooms above are known by the names of their links, not as modules.
CARDS = [
    "note__author", "task__assigned_to", "attendance__meeting__author", "attachment", "email__author", "call__author",
    "message__author",
]  # fmt: skip
# What a card shows several of: one more query for a page that has such cards, however many.
TOGETHER = ["attendance__meeting__attendances"]
# Whose timeline an event stands on. One that names several is told of the first: a person who is linked to a company.
SUBJECTS = ["person", "relation", "deal"]
HEAVY = ["email__html", "email__calendar", "note__search_text"]


class EventQuerySet(AccountQuerySet):
    """Queries with names."""

    def stream(self) -> Self:
        """Return events newest first, with all their cards show: one query, one more where there are meetings."""
        return self.select_related("actor", *CARDS).defer(*HEAVY).prefetch_related(*TOGETHER).order_by("-at", "-id")

    def of_kinds(self, kinds: list[str]) -> Self:
        """Return the events whose verb belongs to one of the given groups; all when there is none."""
        verbs = [key for key, verb in VERBS.items() if verb.group in kinds]
        return self.filter(verb__in=verbs) if kinds else self

    def told_of(self, subject: str) -> Self:
        """Return the events that are told of a subject of this kind: not those that only stand on its timeline too."""
        before = SUBJECTS[: SUBJECTS.index(subject)]
        return self.filter(**{f"{name}__isnull": True for name in before})

    def visible(self) -> Self:
        """Leave out the events of entries that lie in the trash."""
        return self.filter(shown=True)


class Event(AccountOwned):
    """One fact about a person, a company or a deal: who, when, what. Rows are only ever added.

    ``data`` is flat and holds words as they were: a name that changes later does not change the past.
    What is told of a deal is told once more to each who takes part in it, as an ``echo``.
    """

    person = models.ForeignKey(
        "contacts.Person", on_delete=models.CASCADE, null=True, related_name="events", db_index=False
    )
    relation = models.ForeignKey(
        "relations.Relation", on_delete=models.CASCADE, null=True, related_name="events", db_index=False
    )
    deal = models.ForeignKey("deals.Deal", on_delete=models.CASCADE, null=True, related_name="events", db_index=False)
    # Stands on the timeline of its person, not on the deal's, which tells the same already.
    echo = models.BooleanField(default=False, db_default=False, editable=False)
    verb = models.CharField(_("what"), max_length=24)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    data = models.JSONField(default=dict)
    # False while the entry it stands for lies in the trash.
    shown = models.BooleanField(default=True, db_default=True, editable=False)

    objects: ClassVar[Any] = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [
            models.Index(fields=["person", "at", "id"], name="event_person_at"),
            models.Index(
                fields=["relation", "at", "id"], name="event_relation_at", condition=models.Q(relation__isnull=False)
            ),
            models.Index(
                fields=["deal", "at", "id"], name="event_deal_at", condition=models.Q(deal__isnull=False, echo=False)
            ),
            # What each of the office has done within some days, counted from this index alone: SQLite wants to find
            # the columns of the condition in it, too.
            models.Index(
                fields=["account", "actor", "verb", "at", "echo", "shown"],
                name="event_by_actor",
                condition=models.Q(actor__isnull=False, echo=False, shown=True),
            ),
            # What people wrote within some days: the few who wait for an answer are found among all that happened.
            models.Index(
                fields=["account", "at", "id"],
                name="event_written",
                condition=models.Q(verb__in=WRITTEN, shown=True),
            ),
            # Who deletes a deal for good asks for its echoes too.
            models.Index(fields=["deal"], name="event_deal_echo", condition=models.Q(deal__isnull=False, echo=True)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=False)
                | models.Q(relation__isnull=False)
                | models.Q(deal__isnull=False),
                name="event_has_subject",
            )
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.at:%Y-%m-%d %H:%M}"

    @property
    def kind(self) -> Verb:
        """The verb's entry in the registry: icon, group, sentence."""
        return VERBS[self.verb]

    def sentence(self) -> Any:
        """Return what happened as one safe line, the actor first."""
        return self.kind.sentence_for(self)
