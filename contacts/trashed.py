"""The list of what lies in the trash, as the address bar asks for it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from contacts.models import Person
from contacts.models.adding import EMAIL_TAKEN
from tesoro import keyset
from tesoro.access import Request
from tesoro.counting import capped_count
from tesoro.keyset import Page, Sort
from tesoro.search import terms

NEWEST_FIRST = Sort("-deleted", "deleted_at")
PAGE = 50
MOST_REFUSED = 20


@dataclass(frozen=True)
class Refusal:
    """Somebody who could not be restored, and the live record that holds the email."""

    person: Person
    holder: Person
    message: Any = EMAIL_TAKEN


class Bin:
    """The trashed people of an account. Nothing is asked of the database before it is used."""

    def __init__(self, request: Request, query: str | None = None) -> None:
        self.request = request
        self.account = request.account
        self.query = (request.GET.get("q", "") if query is None else query).strip()

    @cached_property
    def everybody(self) -> Any:
        """All trashed people."""
        return Person.with_trash.for_account(self.account).trashed()

    @cached_property
    def people(self) -> Any:
        """Those that match the search. The index holds live rows only; a trash is small enough to read."""
        people = self.everybody
        for word in terms(self.query):
            people = people.filter(search_text__contains=word)
        return people

    @cached_property
    def page(self) -> Page:
        """The rows to show, newest first."""
        place = {edge: self.request.GET.get(edge, "") for edge in ("after", "before")}
        return keyset.page(self.people.select_related("deleted_by"), NEWEST_FIRST, PAGE, scope=self.query, **place)

    @cached_property
    def matches(self) -> int:
        """How many match, to the last one: who deletes for good types this number."""
        return self.people.order_by().count()

    @property
    def count_text(self) -> str:
        """What stands beside the title: "12 of 90", or "90"."""
        if not self.query:
            return self.matches_text
        return _("%(matches)s of %(total)s") % {"matches": self.matches_text, "total": capped_count(self.everybody)}

    @property
    def matches_text(self) -> str:
        """How many match, as it is written: "1,204"."""
        return number_format(self.matches, force_grouping=True, use_l10n=True)

    @property
    def shown(self) -> str:
        """What the foot says."""
        words = {"rows": len(self.page.rows), "matches": self.matches_text}
        return _("Showing %(rows)s of %(matches)s") % words

    @property
    def previous_url(self) -> str:
        """The address of the previous page, or nothing."""
        return self._url(before=self.page.previous) if self.page.previous else ""

    @property
    def next_url(self) -> str:
        """The address of the next page, or nothing."""
        return self._url(after=self.page.next) if self.page.next else ""

    def _url(self, **place: str) -> str:
        words = {"q": self.query, **place} if self.query else place
        return f"{reverse('trash:list')}?{urlencode(words)}"

    @cached_property
    def refusals(self) -> list[Refusal]:
        """Those a restore has just refused, as the address names them, as long as the reason lasts."""
        ids = [int(pk) for pk in self.request.GET.get("refused", "").split(",") if pk.isdecimal() and len(pk) < 19]
        if not ids:
            return []
        people = list(self.everybody.filter(pk__in=ids[:MOST_REFUSED]).order_by("pk"))
        live = Person.objects.for_account(self.account).filter(email_key__in=[person.email_key for person in people])
        holders = {holder.email_key: holder for holder in live}
        return [Refusal(person, holders[person.email_key]) for person in people if person.email_key in holders]
