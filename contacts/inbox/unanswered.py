"""All of my people who wait for an answer, as a page: the card of the dashboard shows the newest of them."""

from functools import cached_property

from django.utils import timezone

from contacts.inbox.dashboard import EXPECTED, READ, Unanswered, unanswered
from contacts.timeline.models import Event
from tesoro import keyset
from tesoro.access import Request
from tesoro.keyset import Page, Sort

PAGE = 100
NEWEST_FIRST = Sort("-at", "at")


class UnansweredPage:
    """Whose last word nobody has answered, of the people assigned to whoever looks, the newest first; in one query."""

    def __init__(self, request: Request) -> None:
        self.request = request

    @cached_property
    def page(self) -> Page:
        """The last words themselves."""
        words, now = self.request.GET, timezone.now()
        last = unanswered(self.request.account.pk, self.request.user.pk, now - EXPECTED)
        events = Event.objects.for_account(self.request.account).filter(pk__in=last.values("pk"))
        rows = events.select_related("person", "email", "message").only(*READ)
        return keyset.page(rows, NEWEST_FIRST, PAGE, after=words.get("after", ""), before=words.get("before", ""))

    @property
    def words(self) -> list[Unanswered]:
        """Each with whose it is, what they wrote, and where it is answered."""
        return [Unanswered(event) for event in self.page.rows]
