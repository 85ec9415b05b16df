"""The inbox: what waits there, by number, the newest first."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber

from contacts.lines.models import Stray
from contacts.models import Person
from tesoro import keyset
from tesoro.access import Request
from tesoro.counting import PreparedCount
from tesoro.keyset import Page, Sort

PAGE = 25
SHOWN = 5  # of one number
NEWEST_FIRST = Sort("-at", "at")


@dataclass(frozen=True)
class Group:
    """What came from one number: its newest, the newest few with the oldest first, how many in all, who has it now."""

    head: Stray
    strays: list[Stray]
    count: int
    person: Any = None

    @property
    def hidden(self) -> int:
        """How many are not shown."""
        return self.count - len(self.strays)


class Inbox:
    """A page of the inbox, in three queries however much waits."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.rows = Stray.objects.for_account(request.account).open()

    @cached_property
    def page(self) -> Page:
        """The newest stray of each number."""
        words = self.request.GET
        after, before = words.get("after", ""), words.get("before", "")
        return keyset.page(self.rows.heads(), NEWEST_FIRST, PAGE, after=after, before=before)

    @cached_property
    def groups(self) -> list[Group]:
        """What waits, by number."""
        numbers = [head.number for head in self.page.rows if not head.is_nameless]
        filed: dict[str, list[Any]] = {}
        for stray in self._newest(numbers):
            filed.setdefault(stray.number, []).append(stray)
        people = self._people(numbers)
        return [
            Group(head, filed[head.number], filed[head.number][0].in_all, people.get(head.number))
            if head.number in filed
            else Group(head, [head], 1)
            for head in self.page.rows
        ]

    def _newest(self, numbers: list[str]) -> Any:
        """Return the newest few of each number, oldest first, each with ``in_all``, how many there are."""
        of_number: dict[str, Any] = {"partition_by": F("number")}
        ranked = self.rows.filter(number__in=numbers).annotate(
            rank=Window(RowNumber(), order_by=[F("at").desc(), F("pk").desc()], **of_number),
            in_all=Window(Count("pk"), **of_number),
        )
        return ranked.filter(rank__lte=SHOWN).order_by("at", "pk")

    def _people(self, numbers: list[str]) -> dict[str, Any]:
        """Return who in the books has one of the numbers by now."""
        people = Person.objects.for_account(self.request.account)
        found: dict[str, Any] = {}
        for person in people.filter(Q(phone__in=numbers) | Q(whatsapp__in=numbers)).order_by("last_activity_at", "pk"):
            for number in (person.phone, person.whatsapp):
                found[getattr(number, "as_e164", "")] = person
        return found


HEADS = PreparedCount(lambda account: Stray.objects.for_account(account).heads().values("pk"))


def tally(user: Any) -> tuple[int, bool]:
    """Return in how many numbers' name something waits for the user's office; none of it is ever late."""
    return HEADS(user.account_id)[0], False
