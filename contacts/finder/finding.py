"""One search over everything: what each group finds, ready to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from contacts.finder.groups import Group, Hit, groups
from contacts.finder.marking import marked, matches, passage
from tesoro.counting import capped_count
from tesoro.search import LONGEST_QUERY, search, terms
from tesoro.text import collapse, digits
from tesoro.typeahead import glimpse

SHOWN = 5
NAME_LIMIT = 100
_PHONE_MARKS = frozenset("+0123456789 ().-/")


@dataclass(frozen=True)
class Shown:
    """A hit in ready markup."""

    hit: Hit
    title: SafeString
    about: Sequence[SafeString]
    prose: SafeString


@dataclass(frozen=True)
class Found:
    """What a group found: its first hits, and whether there are more in its list."""

    group: Group
    hits: Sequence[Shown]
    more: bool
    account: Any
    query: str

    @property
    def list_url(self) -> str:
        """The address of the list of all that match; nothing when all are here, or where there is no list."""
        return self.group.list_url(self.query) if self.more else ""

    @cached_property
    def count_text(self) -> str:
        """How many match, beyond ten thousand as "10,000+". Too dear to be asked while one types."""
        return capped_count(self.group.loaded(search(self.group.rows(self.account), self.account, self.query)))


class Finding:
    """A search of an account for ``query``; ``here`` names the section in whose list one may want to search."""

    def __init__(self, account: Any, query: str, here: str = "") -> None:
        self.account = account
        self.query = collapse(query.replace("\0", " "))[:LONGEST_QUERY].strip()
        self.wanted = terms(self.query)
        self.here = here
        self._asked: dict[str, list[int]] = {}

    @cached_property
    def found(self) -> list[Found]:
        """The groups that found something; before anything is typed, those whose latest are worth a look."""
        asked = groups() if self.wanted else [group for group in groups() if group.recent]
        return [found for group in asked if (found := self._ask(group)).hits or found.more]

    def _ask(self, group: Group) -> Found:
        rows = group.rows(self.account)
        most = SHOWN + 1 + group.spare
        seen = glimpse(rows, self.account, self.query, by=group.by, limit=most, asked=self._asked)
        # The keys are those of rows: with its conditions beside them, SQLite would walk the whole account.
        keyed = rows.model._base_manager.filter(pk__in=seen.keys)
        loaded = group.loaded(keyed).in_bulk() if seen.keys else {}
        hits = [group.hit(loaded[key]) for key in seen.keys if key in loaded][: SHOWN + 1]
        more = bool(self.wanted) and (len(hits) > SHOWN or len(seen.keys) == most or not seen.whole)
        return Found(group, [self._shown(hit) for hit in hits[:SHOWN]], more, self.account, self.query)

    def _shown(self, hit: Hit) -> Shown:
        about = [*hit.about, *(text for text in hit.beside if matches(text, self.wanted))]
        prose = marked(passage(hit.prose, self.wanted), self.wanted)
        return Shown(hit, marked(hit.title, self.wanted), [marked(text, self.wanted) for text in about if text], prose)

    @property
    def count(self) -> int:
        """How many hits are shown."""
        return sum(len(found.hits) for found in self.found)

    @property
    def titles(self) -> list[str]:
        """What was searched."""
        return [str(group.title) for group in groups()]

    @property
    def first_line(self) -> Group | None:
        """The group whose own list the reader stands on, when there is anything to search it for."""
        named = {group.name: group for group in groups() if group.list_name}
        return named.get(self.here) if self.wanted else None

    @property
    def first_line_url(self) -> str:
        """The address of that list, searched."""
        return self.first_line.list_url(self.query) if self.first_line else ""

    @property
    def create_url(self) -> str:
        """The address of the form of a new contact with what was typed in its field."""
        return f"{reverse('contacts:create')}?{urlencode(_proposed(self.query))}"


def _proposed(query: str) -> dict[str, str]:
    """Return the field of a new contact that words are meant for: a number, an address, or else a name."""
    if len(digits(query)) > 2 and set(query) <= _PHONE_MARKS:
        return {"phone": query}
    if "@" in query:
        return {"email": query}
    first, _blank, last = query.partition(" ")
    return {name: text[:NAME_LIMIT] for name, text in (("first_name", first), ("last_name", last)) if text}
