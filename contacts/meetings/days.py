"""The meetings of a day as the calendar draws them: in quarters of an hour, those that overlap side by side.

A day is the wall clock's. On the day the clocks go forward its second hour stays empty, on the day they go back it
holds what happens in both; so a line on the page is always the same time of day.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from contacts.meetings.models import Meeting

QUARTER = 15  # minutes
SHORTEST = 2  # quarters: what a line of text needs
MOST_LANES = 6
OPENS, CLOSES = 8, 20  # hours that a day always shows
FEW = 3  # lines in a cell of the month


@dataclass
class Slot:
    """A meeting on one day. ``first`` and ``last`` are quarters of the day, 0 to 96, the last not included."""

    meeting: Meeting
    first: int
    last: int
    begins: bool
    lane: int = 0
    lanes: int = 1
    opens: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether the meeting goes on for days: it stands above the hours."""
        return self.meeting.ends_at - self.meeting.starts_at >= dt.timedelta(days=1)

    @property
    def hour(self) -> int:
        """The hour it begins, counted from the first that is drawn."""
        return self.first // 4 - self.opens

    @property
    def quarter(self) -> int:
        """The quarter of that hour."""
        return self.first % 4

    @property
    def hours(self) -> int:
        """How many whole hours it takes."""
        return (self.last - self.first) // 4

    @property
    def quarters(self) -> int:
        """How many quarters beyond them."""
        return (self.last - self.first) % 4


@dataclass
class Day:
    """One day where the account is."""

    date: dt.date
    today: dt.date
    outside: bool = False
    url: str = ""
    plan_url: str = ""
    slots: list[Slot] = field(default_factory=list)
    tasks: list[Any] = field(default_factory=list)
    # Where the line of this moment is drawn, if it is today's and in sight: the hour, counted as in slots.
    now_hour: int | None = None
    now_quarter: int = 0

    @property
    def is_today(self) -> bool:
        """Whether it is today."""
        return self.date == self.today

    @property
    def is_weekend(self) -> bool:
        """Whether it is a Saturday or a Sunday."""
        return self.date.weekday() > 4

    @property
    def is_empty(self) -> bool:
        """Whether nothing is planned."""
        return not self.slots and not self.tasks

    @property
    def whole(self) -> list[Slot]:
        """The meetings that stand above the hours."""
        return [slot for slot in self.slots if slot.is_whole]

    @property
    def timed(self) -> list[Slot]:
        """The meetings that stand among the hours."""
        return [slot for slot in self.slots if not slot.is_whole]

    @property
    def few(self) -> list[Slot]:
        """The meetings that a cell of the month has room for."""
        return self.slots[:FEW]

    @property
    def few_tasks(self) -> list[Any]:
        """The tasks it has room for beside them."""
        return self.tasks[: max(FEW - len(self.slots), 0)]

    @property
    def more(self) -> int:
        """How many it has no room for."""
        return max(len(self.slots) + len(self.tasks) - FEW, 0)


def midnight(day: dt.date) -> dt.datetime:
    """Return the beginning of a day where the account is; where clocks skip midnight, the first moment after it."""
    return dt.datetime.combine(day, dt.time(), tzinfo=timezone.get_current_timezone())


def file_meetings(days: list[Day], meetings: Iterable[Meeting]) -> None:
    """Put each meeting on every day it touches, in the order of the start, and lay each day out."""
    by_date = {day.date: day for day in days}
    for meeting in meetings:
        for slot, date in _slots(meeting):
            if date in by_date:
                by_date[date].slots.append(slot)
    for day in days:
        day.slots.sort(key=lambda slot: (not slot.is_whole, slot.first, -slot.last, slot.meeting.pk))
        _lay_out(day.timed)


def open_hours(days: list[Day]) -> range:
    """Return the hours to draw, eight to eight or more where a meeting lies outside, and tell the slots."""
    slots = [slot for day in days for slot in day.timed]
    opens = min([OPENS, *(slot.first // 4 for slot in slots)])
    closes = max([CLOSES, *(-(-slot.last // 4) for slot in slots)])
    for slot in slots:
        slot.opens = opens
    now = timezone.localtime()
    for day in days:
        if day.is_today and opens <= now.hour < closes:
            day.now_hour, day.now_quarter = now.hour - opens, now.minute // QUARTER
    return range(opens, closes)


def _slots(meeting: Meeting) -> Iterator[tuple[Slot, dt.date]]:
    """Yield the part of a meeting that falls on each day. What ends at midnight does not touch the day that begins."""
    start, end = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    final = (end - dt.timedelta(microseconds=1)).date()
    date = start.date()
    while date <= final:
        first = _quarter(start) if date == start.date() else 0
        last = -(-(end.hour * 60 + end.minute) // QUARTER) if date == end.date() else 96
        first = min(first, 96 - SHORTEST)
        yield Slot(meeting, first, max(last, first + SHORTEST), begins=date == start.date()), date
        date += dt.timedelta(days=1)


def _quarter(moment: dt.datetime) -> int:
    return moment.hour * 4 + moment.minute // QUARTER


def _lay_out(slots: list[Slot]) -> None:
    """Give each slot the first lane that is free, and all that hang together the same number of lanes."""
    cluster: list[Slot] = []
    ends: list[int] = []  # when each lane is free again
    for slot in slots:
        if cluster and slot.first >= max(ends):
            _share(cluster, len(ends))
            cluster, ends = [], []
        lane = next((place for place, end in enumerate(ends) if end <= slot.first), len(ends))
        ends[lane : lane + 1] = [slot.last]
        slot.lane = lane
        cluster.append(slot)
    _share(cluster, len(ends))


def _share(cluster: list[Slot], lanes: int) -> None:
    """Divide the width of the day; beyond six lanes, the last is shared and one sees the tops of the cards."""
    for slot in cluster:
        slot.lanes = min(lanes, MOST_LANES)
        slot.lane = min(slot.lane, MOST_LANES - 1)
