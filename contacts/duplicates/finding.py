"""Finding people who may be one, among a hundred thousand, without comparing everybody with everybody.

Rows are read in the order of an index, a chunk at a time, so that those who could be alike stand close together: by
name, by the part of the email before the @, by number. Each is compared with the next few alone. Of a large group,
such as all who share the office's own number, only neighbours are compared.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import islice
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import Count, Q
from rapidfuzz import fuzz, process

from contacts.duplicates.models import Dismissal, Reason, Scan, Step, Suggestion, ordered
from contacts.models import Kind, Person
from tesoro.text import natural_key

CHUNK = 1_000  # rows compared between two writings
NUMBERS = 300  # numbers looked at between two writings
BLOCK = 3  # letters of the last name that two of one block have in common
WINDOW = 300  # names of one block, next in the order, that a name is compared with
NEIGHBOURS = 15  # of a group that shares a mailbox or a number, how many each is compared with
COMMON = 8  # of how many who bear one name the name alone says nothing
CLOSEST = 3  # how many similar names are suggested for one person
MOST_KEPT = 5_000  # pairs
ALIKE = 90  # likeness from which names are similar
ALIKE_WITH_MAILBOX = 85  # the same where the emails speak for it too


class Row(NamedTuple):
    """What of a person is compared. ``key`` is what the rows are in the order of."""

    key: str
    pk: int
    name: str


class Found(NamedTuple):
    """Two people who may be one, the lower id first."""

    one: int
    two: int
    reason: Reason
    score: int
    likeness: int


class Chunk(NamedTuple):
    """What one chunk brought: the pairs, how many rows were compared, where to go on; None when the step is over."""

    found: list[Found]
    compared: int
    position: list[Any] | None


def look(scan: Scan) -> Chunk:
    """Compare the next chunk of a scan's step. Reads only."""
    return CHUNKS[Step(scan.step)](scan.account_id, scan.position)


def effort(account: Any) -> int:
    """Return how many rows a scan of the account compares, as far as that is known before."""
    return 2 * Person.objects.for_account(account).count()


def keep(scan: Scan, found: Iterable[Found]) -> None:
    """Store pairs as suggestions of the scan, but those that were dismissed. A stronger reason writes over a weaker."""
    pairs = {(pair.one, pair.two): pair for pair in found}
    rows = Dismissal.objects.for_account(scan.account_id).filter(one__in={one for one, _two in pairs})
    dismissed = set(rows.values_list("one", "two"))
    Suggestion.objects.bulk_create(
        [
            Suggestion(
                account_id=scan.account_id, scan=scan, one_id=pair.one, two_id=pair.two, reason=pair.reason,
                score=pair.score, likeness=pair.likeness,
            )
            for key, pair in pairs.items()
            if key not in dismissed
        ],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["one", "two"],
        update_fields=["scan", "reason", "score", "likeness"],
    )  # fmt: skip


def keep_surest(scan: Scan) -> None:
    """Let go of what is beyond the surest few thousand pairs: nobody looks through more."""
    rows = Suggestion.objects.for_account(scan.account_id).order_by("-score", "-pk")
    for score, pk in rows.values_list("score", "pk")[MOST_KEPT : MOST_KEPT + 1]:
        rows.filter(Q(score__lt=score) | Q(score=score, pk__lte=pk)).delete()


def _by_names(account: int, position: list[Any]) -> Chunk:
    """Compare names with those that follow in the order of last names, and with those that are theirs swapped."""
    rows = _ordered(account, "name_key", position, CHUNK + WINDOW)
    anchors = rows[:CHUNK]
    bearers = Counter(row.key for row in rows)
    telling = [row for row in rows if bearers[row.key] <= COMMON]
    places = range(sum(row <= anchors[-1] for row in telling)) if anchors else range(0)
    found = [pair for place in places for pair in _alike(telling, place)]
    return Chunk([*found, *_swapped(account, anchors)], len(anchors), _behind(anchors))


def _alike(rows: list[Row], place: int) -> Iterator[Found]:
    """Yield the few that are most like one row, of those that follow it in its block."""
    mine = rows[place]
    block = [row.name for row in rows[place + 1 : place + 1 + WINDOW] if row.key[:BLOCK] == mine.key[:BLOCK]]
    hits = process.extract(mine.name, block, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=CLOSEST, processor=None)
    for _name, likeness, offset in hits:
        yield _found(mine, rows[place + 1 + offset], Reason.NAME, likeness)


def _swapped(account: int, anchors: list[Row]) -> Iterator[Found]:
    """Yield those whose first name is another's last name, and the other way round."""
    names = Person.objects.filter(pk__in=[row.pk for row in anchors]).values_list("pk", "first_name", "last_name")
    turned = {pk: natural_key(first, last) for pk, first, last in names}
    own = {row.pk: row.key for row in anchors}
    by_key: dict[str, list[int]] = {}
    for kind in Kind:
        others = _living(account).filter(kind=kind, name_key__in={key for pk, key in turned.items() if key != own[pk]})
        for pk, key in others.values_list("pk", "name_key"):
            by_key.setdefault(key, []).append(pk)
    for row in anchors:
        key = turned.get(row.pk, row.key)
        others = by_key.get(key, [])
        for other in others if key != row.key and len(others) <= COMMON else []:
            yield _found(row, Row(key, other, row.name), Reason.NAME, 100)


def _by_emails(account: int, position: list[Any]) -> Chunk:
    """Compare the names of those whose emails are the same up to the @: they stand together in the order of emails."""
    rows = _ordered(account, "email_key", position, CHUNK + NEIGHBOURS)
    anchors = rows[:CHUNK]
    found = []
    for place, mine in enumerate(anchors):
        for other in islice(rows, place + 1, place + 1 + NEIGHBOURS):
            if _mailbox(other.key) != _mailbox(mine.key):
                break
            likeness = _likeness(mine, other)
            if likeness >= ALIKE_WITH_MAILBOX:
                found.append(_found(mine, other, Reason.MAILBOX, likeness))
    return Chunk(found, len(anchors), _behind(anchors))


def _by_whatsapps(account: int, position: list[Any]) -> Chunk:
    """Look who else has the numbers that people have for WhatsApp, as phone or for WhatsApp."""
    numbers = _living(account).filter(whatsapp__gt=position[0] if position else "")
    return _by_numbers(
        account, list(numbers.order_by("whatsapp").values_list("whatsapp", flat=True).distinct()[:NUMBERS])
    )


def _by_phones(account: int, position: list[Any]) -> Chunk:
    """Look at the phone numbers that several people have."""
    numbers = _living(account).filter(phone__gt=position[0] if position else "").values_list("phone", flat=True)
    shared = numbers.annotate(n=Count("pk")).filter(n__gt=1).order_by("phone")
    return _by_numbers(account, list(shared[:NUMBERS]))


def _by_numbers(account: int, numbers: list[str]) -> Chunk:
    """Compare those who share one of these numbers."""
    groups: dict[str, dict[int, Row]] = {}
    for field in ("phone", "whatsapp"):
        rows = _living(account).filter(**{f"{field}__in": numbers}).order_by("name_key", "pk")
        for number, pk, name in rows.values_list(field, "pk", "name_key"):
            groups.setdefault(str(number), {})[pk] = Row(name, pk, name)
    found = [pair for group in groups.values() for pair in _sharing(sorted(group.values()))]
    return Chunk(found, 0, [numbers[-1]] if len(numbers) == NUMBERS else None)


def _sharing(group: list[Row]) -> Iterator[Found]:
    """Yield the pairs of those who share a number; of a large group only those whose names are similar too."""
    few = len(group) <= NEIGHBOURS
    for place, mine in enumerate(group):
        for other in group[place + 1 : place + 1 + NEIGHBOURS]:
            likeness = _likeness(mine, other)
            if few or likeness >= ALIKE:
                yield _found(mine, other, Reason.NAME_AND_PHONE if likeness >= ALIKE else Reason.PHONE, likeness)


def _living(account: int) -> Any:
    return Person.objects.for_account(account)


def _ordered(account: int, column: str, position: list[Any], size: int) -> list[Row]:
    """Return the next rows behind ``position``, leads and contacts in one order; each kind has an index of its own."""
    streams = [_of_kind(account, kind, column, position, size) for kind in Kind]
    return list(islice(merge(*streams, key=itemgetter(0, 1)), size))


def _of_kind(account: int, kind: str, column: str, position: list[Any], size: int) -> list[Row]:
    rows = _living(account).filter(kind=kind).order_by(column, "pk")
    if position:
        key, pk = position
        rows = rows.filter(**{f"{column}__gte": key}).exclude(**{column: key, "pk__lte": pk})
    return [Row(*row) for row in rows.values_list(column, "pk", "name_key")[:size]]


def _behind(anchors: list[Row]) -> list[Any] | None:
    return [anchors[-1].key, anchors[-1].pk] if len(anchors) == CHUNK else None


def _mailbox(email: str) -> str:
    return email.rpartition("@")[0]


def _likeness(mine: Row, other: Row) -> float:
    """Return how much two names are alike, of 100; the order of their words does not count."""
    return max(fuzz.ratio(mine.name, other.name), fuzz.token_sort_ratio(mine.name, other.name))


# How sure a reason makes us, of 100, where the names are not alike at all, and where they are the same.
SURE = {
    Reason.NAME_AND_PHONE: (50, 100),
    Reason.PHONE: (60, 88),
    Reason.MAILBOX: (30, 92),
    Reason.NAME: (20, 85),
}


def _found(mine: Row, other: Row, reason: Reason, likeness: float) -> Found:
    low, high = SURE[reason]
    score = round(low + (high - low) * likeness / 100)
    return Found(*ordered(mine.pk, other.pk), reason, score, round(likeness))


CHUNKS = {
    Step.NAMES: _by_names,
    Step.EMAILS: _by_emails,
    Step.WHATSAPPS: _by_whatsapps,
    Step.PHONES: _by_phones,
}
