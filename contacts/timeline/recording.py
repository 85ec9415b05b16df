"""Writing events: one, or one for each row of a queryset in a single statement."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from django.db.models.functions import Cast
from django.utils import timezone

from contacts.timeline.models import Event
from contacts.timeline.verbs import VERBS


def record(
    verb: str,
    *,
    by: Any,
    person: Any = None,
    relation: Any = None,
    deal: Any = None,
    at: datetime | None = None,
    **data: Any,
) -> Event:
    """Write one event and, unless it is upkeep, move the last activity on. Call it in the command's transaction.

    With several subjects it stands on the timelines of all. Raises KeyError for a verb that is not registered.
    """
    subjects = [subject for subject in (person, relation, deal) if subject is not None]
    event = Event(
        account_id=subjects[0].account_id,
        person=person,
        relation=relation,
        deal=deal,
        verb=VERBS[verb].key,
        actor=by,
        at=at or timezone.now(),
        data=data,
    )
    event.save()
    for subject in subjects:
        if not event.kind.upkeep and event.at > subject.last_activity_at:
            subject.last_activity_at = event.at
            type(subject).with_trash.filter(pk=subject.pk).update(last_activity_at=event.at)
    return event


def echo(verb: str, *, by: Any, deal: Any, people: Iterable[Any], at: datetime | None = None, **data: Any) -> None:
    """Tell everybody who takes part in a deal what its own timeline tells, and move their last activity on.

    Call it in the command's transaction.
    """
    words = {"account_id": deal.account_id, "deal": deal, "echo": True, "verb": VERBS[verb].key, "actor": by}
    at, data = at or timezone.now(), {**data, "deal": deal.name}
    told = list(people)
    Event.objects.bulk_create([Event(person=person, at=at, data=data, **words) for person in told])
    if told and not VERBS[verb].upkeep:
        rows = type(told[0]).with_trash.filter(pk__in=[person.pk for person in told], last_activity_at__lt=at)
        rows.update(last_activity_at=at)


def settle_activity(subject: Any) -> None:
    """Set the last activity to what the timeline shows: its newest event that is no upkeep.

    For whoever hides an event, shows it again, or moves it in time. Call it in the command's transaction.
    """
    upkeep = [verb.key for verb in VERBS.values() if verb.upkeep]
    told = subject.events.filter(shown=True).exclude(verb__in=upkeep)
    newest = told.order_by("-at", "-pk").values_list("at", flat=True).first()
    subject.last_activity_at = max(newest or subject.created_at, subject.created_at)
    type(subject).with_trash.filter(pk=subject.pk).update(last_activity_at=subject.last_activity_at)


def record_for(subjects: Any, verb: str, *, by: Any, at: datetime, **data: Any) -> int:
    """Write the same event for every row of the queryset ``subjects``, in one statement; return how many.

    What is written for many at once is upkeep: nobody's last activity moves.
    """
    connection = connections[subjects.db]
    columns = ["account_id", f"{subjects.model.subject}_id", "verb", "actor_id", "at", "data"]
    rows = subjects.order_by().values_list(
        "account_id",
        "pk",
        Cast(models.Value(VERBS[verb].key), models.CharField(max_length=24)),
        Cast(models.Value(by.pk if by else None), models.BigIntegerField()),
        Cast(models.Value(at, models.DateTimeField()), models.DateTimeField()),
    )
    try:
        sql, params = rows.query.sql_with_params()
    except EmptyResultSet:
        return 0
    body = json.dumps(data)
    cast = "::jsonb" if connection.vendor == "postgresql" else ""
    into = f"INSERT INTO {Event._meta.db_table} ({', '.join(columns)})"
    with connection.cursor() as cursor:
        cursor.execute(f"{into} SELECT source.*, %s{cast} FROM ({sql}) AS source", [body, *params])  # noqa: S608
        return cursor.rowcount
