"""Taking back what was done with many records at once: each gets the earlier value its event tells.

What somebody has changed since is left as it is. The events of one such deed share verb, author and moment; only
records that still have what the deed gave them are asked, so that nobody else's events are read.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from contacts.subjects.assigning import assigned_before
from contacts.subjects.tagging import change_tags, tagged_with
from contacts.subjects.trashing import CHUNK
from contacts.timeline.models import Event
from contacts.timeline.recording import record_for

# A deed is known by the moment that its command returns, to the millionth of a second. SQLite keeps the moment of what
# one statement writes for many to the thousandth.
MOMENT = timedelta(milliseconds=1)


class Deed(NamedTuple):
    """What was done to many of the live records of ``rows``: by whom, when, and the key of what it gave or took.

    Who takes it back says in ``refused`` of records that a rule keeps as they are how many, and why.
    """

    rows: Any
    moment: datetime
    by: Any
    key: int
    refused: list[tuple[int, str]]

    def events(self, verb: str, rows: Any) -> Any:
        """Return the events that the deed wrote for some of its records."""
        told = Event.objects.filter(verb=verb, actor=self.by, **{f"{rows.model.subject}__in": rows})
        return told.filter(at__gt=self.moment - MOMENT, at__lt=self.moment + MOMENT)

    def untouched(self, rows: Any, verbs: list[str], **data: Any) -> Any:
        """Leave out the rows of which a later event of these verbs tells, with such data: somebody went on."""
        later = {f"{rows.model.subject}": OuterRef("pk"), "verb__in": verbs, "at__gte": self.moment + MOMENT, **data}
        return rows.filter(~Exists(Event.objects.filter(**later)))


Undoer = Callable[[Deed], int]


def undoers_of(section: Any) -> dict[str, Undoer]:
    """Return by the verb of its events what takes a deed back in a section, and returns for how many records."""
    of_all: dict[str, Undoer] = {"tagged": _untagged, "untagged": _tagged}
    return of_all | ({"assigned": _unassigned} if section.assignable else {}) | dict(section.undoers)


def _unassigned(deed: Deed) -> int:
    """Give records back to whom they belonged, unless they have gone on to somebody else."""
    rows = deed.untouched(deed.rows.filter(assigned_to=deed.key), ["assigned"])
    with transaction.atomic():
        # An assignment of one alone does not say whose the record was, and is no deed with many.
        ids = _locked(rows, deed.events("assigned", rows).filter(data__has_key="was"))
        before = assigned_before(deed.events("assigned", deed.rows.filter(pk__in=ids)), rows.model.subject)
        team = User.objects.for_account(deed.by.account).active().in_bulk([agent for agent in before if agent])
        # Who has left the office meanwhile gets nothing back.
        before = {agent: some for agent, some in before.items() if not agent or agent in team}
        for agent, some in before.items():
            user = team.get(agent)
            for part in _parts(deed.rows.model, some):
                name = user.get_full_name() if user else _("nobody")
                record_for(part, "assigned", by=deed.by, at=timezone.now(), to=name, was=deed.key)
                part.update(assigned_to=user, version=F("version") + 1)
    return sum(map(len, before.values()))


def _untagged(deed: Deed) -> int:
    """Take the tag off those who did not have it before."""
    return _tags_back(deed, "tagged", "untagged")


def _tagged(deed: Deed) -> int:
    """Put the tag back on those who had it."""
    return _tags_back(deed, "untagged", "tagged")


def _tags_back(deed: Deed, done: str, back: str) -> int:
    tag = deed.rows.model._meta.get_field("tags").related_model.objects.for_account(deed.by.account)
    tag = tag.filter(pk=deed.key).first()
    if tag is None:
        return 0
    has = tagged_with(deed.rows, tag)
    rows = deed.rows.filter(has if done == "tagged" else ~has)
    rows = deed.untouched(rows, ["tagged", "untagged"], data__tag_id=tag.pk)
    with transaction.atomic():
        ids = _locked(rows, deed.events(done, rows).filter(data__tag_id=tag.pk))
        count, _at = change_tags(deed.rows.model, ids, tag, back, by=deed.by)
    return count


def _locked(rows: Any, events: Any) -> list[int]:
    """Return the keys of the rows that the events are told of, locked in the order of their keys."""
    told = sorted(events.values_list(rows.model.subject, flat=True))
    found: list[int] = []
    for start in range(0, len(told), CHUNK):
        part = rows.filter(pk__in=told[start : start + CHUNK]).order_by("pk")
        list(part.select_for_update(of=("self",)).values_list("pk"))
        # Asked anew: what one waited for may have changed what stands beside the rows.
        found += part.values_list("pk", flat=True)
    return found


def _parts(model: Any, ids: Iterable[int]) -> Iterator[Any]:
    keys = list(ids)
    for start in range(0, len(keys), CHUNK):
        yield model.objects.filter(pk__in=keys[start : start + CHUNK])
