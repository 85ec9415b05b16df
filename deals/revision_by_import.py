"""Updating known deals from rows of a file: their fields, their stage, and who takes part."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as now_

from contacts.imports import bulk
from contacts.imports.kinds import Failure, Good
from contacts.imports.models import ImportRun
from contacts.models import Person
from contacts.revision_by_import import UPKEEP, Revisions, update
from contacts.subjects.revising import Change
from contacts.timeline.models import Event
from contacts.timeline.verbs import VERBS
from deals.models import Deal, Party
from deals.models.telling import parted, words_of_move
from deals.naming import deal_key, first_client, with_seats
from deals.parties import client_role
from deals.resources import judge, typed
from tesoro import moments
from tesoro.ranking import GAP, top_rank

ECHO = ("account_id", "person_id", "deal_id", "echo", "verb", "actor_id", "at", "data")
EVENT = ("account_id", "deal_id", "verb", "actor_id", "at", "data")
BATCH = 5000

Told = tuple[int, int, str, Mapping[str, Any]]  # key of the person and of the deal, the deal's name, further words


def tell_people(run: ImportRun, verb: str, told: Iterable[Told], at: datetime) -> None:
    """Do as ``echo`` does, for many at once: tell people what the timelines of their deals tell."""
    moment = bulk.moment(at)
    rows = [
        (run.account_id, person, deal, True, verb, run.user_id, moment, json.dumps({**words, "deal": name}))
        for person, deal, name, words in told
    ]
    bulk.insert(Event, ECHO, rows)
    if not VERBS[verb].upkeep:
        people = sorted({row[1] for row in rows})
        for start in range(0, len(people), BATCH):
            part = Person.with_trash.filter(pk__in=people[start : start + BATCH], last_activity_at__lt=at)
            part.update(last_activity_at=at)


class Kept(NamedTuple):
    """What a deal was before its row changed it."""

    type: str
    pipeline: str


class DealRevisions(Revisions):
    """Rows that update deals. A deal whose stage changes lies on top of its new column, in the order of the file.

    A row may say when a deal was won or lost. It knows no more than the day: a moment of that day stays as it is.

    Contacts whom a row names and who do not take part yet join; a role that it gives is theirs. Nobody leaves.
    """

    key_field = "name"
    upkeep = (*UPKEEP, "pipeline", "worth", "closed_at")

    def __init__(self, run: ImportRun, rows: Sequence[Good], columns: Mapping[str, Any]) -> None:
        self._stood: dict[int, Kept] = {}
        self._named_parties = {row.target: row.values.get("contacts") or [] for row in rows}
        own = [Good(row.line, _own(row.values), row.email_key, row.target) for row in rows]
        lost = Failure("name", now_("The deal was deleted, or its name or client changed, while the import ran."))
        super().__init__(run, own, with_seats(Deal.objects.for_account(run.account)), columns, lost)

    def write(self, gone: Collection[int] = ()) -> tuple[int, dict[int, Failure]]:
        """Store the changes with their events, and let people join; return as the others do."""
        met, refused = super().write(gone)
        self._seat([pk for pk, row in self._rows.items() if row.line not in gone and row.line not in refused])
        return met, refused

    def key_of(self, record: Any) -> str:
        """Return the key by which a row finds a deal."""
        return deal_key(record.name, first_client((party.person_id, party.role) for party in record.who))

    def judge(self, record: Any) -> None:
        """Judge the deal as a whole, or raise ValidationError by field."""
        if wrong := judge(record, self._rows[record.pk].values):
            raise ValidationError(dict(wrong))

    def _compare_one(self, record: Any, row: Good, targets: Mapping[str, dict[int, Any]]) -> None:
        was = record.closed_at
        self._stood[record.pk] = Kept(record.type, record.pipeline)
        super()._compare_one(record, row, targets)
        if not self.moved(record, "closed_at"):
            record.closed_at = was

    def _words(self, record: Any) -> Iterator[tuple[str, str]]:
        yield from super()._words(record)
        local = timezone.localtime(record.closed_at, self._run.account.zone) if record.closed_at else None
        yield "closed_at", moments.day(local.date()) if local else ""

    def told(self, record: Any, changes: list[Change]) -> list[tuple[str, list[Change]]]:
        """Return verb and changes of each event: another stage, or the other pipeline, is one of its own."""
        moved, rest = parted(changes, went_over=self._went_over(record))
        return [(verb, part) for verb, part in (("changed", rest), ("deal_moved", moved)) if part]

    def store_beside(self, records: Sequence[Any]) -> None:
        """Lay deals that moved on top of their column, and tell everybody who takes part."""
        moved = [deal for deal in records if self.moved(deal, "stage") or self._went_over(deal)]
        self._place(moved)
        words = {deal.pk: (deal.name, self._move(deal)) for deal in moved}
        parties = Party.objects.filter(deal__in=list(words)).order_by("pk").values_list("person", "deal")
        tell_people(self._run, "deal_moved", [(person, pk, *words[pk]) for person, pk in parties], self._now)

    def _event(self, record: Any, verb: str, changes: list[Change]) -> tuple[Any, ...]:
        if verb != "deal_moved":
            return super()._event(record, verb, changes)
        data = json.dumps({"version": record.version, "changes": changes, **self._move(record)})
        return self._run.account_id, record.pk, verb, self._run.user_id, bulk.moment(self._now), data

    def _move(self, deal: Any) -> dict[str, str]:
        """Return what the sentence of a move names."""
        stage = str(deal.get_stage_display())
        old = next((change["old"] for change in self._changes[deal.pk] if change["field"] == "stage"), stage)
        words = words_of_move((self._stood[deal.pk].pipeline, old), (deal.pipeline, stage))
        return {**words, "reason": deal.reason}

    def _went_over(self, deal: Any) -> bool:
        """Whether the row gives the deal a type of the other pipeline."""
        return bool(deal.pipeline != self._stood[deal.pk].pipeline)

    def _place(self, deals: Sequence[Any]) -> None:
        columns: dict[tuple[str, str], list[Any]] = defaultdict(list)
        for deal in reversed(deals):
            columns[deal.pipeline, deal.stage].append(deal)
        for (pipeline, stage), cards in columns.items():
            column = Deal.objects.for_account(self._run.account_id).of_stage(pipeline, stage)
            top = top_rank(column.exclude(pk__in=[card.pk for card in cards]))
            for place, card in enumerate(cards):
                card.rank, card.stage_since = top - place * GAP, self._now
                if self.moved(card, "stage"):
                    given = self._rows[card.pk].values.get("closed_on")
                    card.closed_at = (given or self._now) if card.is_closed else None
            update(cards, {"rank", "stage_since", "closed_at"})

    def _seat(self, deals: Sequence[int]) -> None:
        """Let people join the deals whose rows name them, and give them the roles that the rows give."""
        if not deals:
            return
        present: dict[int, dict[int, Party]] = defaultdict(dict)
        for party in Party.objects.filter(deal__in=deals).order_by("pk"):
            present[party.deal_id][party.person_id] = party
        joined, changed = [], []
        for pk in deals:
            for person, role in self._named_parties[pk]:
                known = present[pk].get(person)
                if known is None:
                    own = role or client_role(self._known[pk].type).value
                    joined.append(Party(account_id=self._run.account_id, deal_id=pk, person_id=person, role=own))
                elif role and role != known.role:
                    changed.append((known, known.role_label))
                    known.role = role
            changed += self._follow(pk, present[pk].values())
        Party.objects.bulk_create(joined, batch_size=500)
        update([party for party, _old in changed], {"role"})
        self._tell("deal_joined", [(party, {"role": party.role_label}) for party in joined])
        self._tell("deal_role", [(party, {"role": party.role_label, "old": old}) for party, old in changed])

    def _follow(self, pk: int, parties: Iterable[Party]) -> list[tuple[Party, str]]:
        """Let the clients of a deal be to it what its new type makes of them, but for whom the row names a role.

        Returns those who changed, each with the role before.
        """
        old, new = client_role(self._stood[pk].type), client_role(self._known[pk].type)
        if old == new:
            return []
        given = {person for person, role in self._named_parties[pk] if role}
        clients = [party for party in parties if party.role == old and party.person_id not in given]
        for party in clients:
            party.role = new.value
        return [(party, str(old.label)) for party in clients]

    def _tell(self, verb: str, parties: Sequence[tuple[Party, dict[str, str]]]) -> None:
        """Tell on both timelines what became of parties, and move the deals' last activity on."""
        if not parties:
            return
        people = Person.with_trash.in_bulk({party.person_id for party, _words in parties})
        told = [(party, {"who": people[party.person_id].full_name, **words}) for party, words in parties]
        moment, run = bulk.moment(self._now), self._run
        rows = [(run.account_id, party.deal_id, verb, run.user_id, moment, json.dumps(words)) for party, words in told]
        bulk.insert(Event, EVENT, rows)
        names = {party.deal_id: self._known[party.deal_id].name for party, _words in told}
        tell_people(run, verb, [(party.person_id, party.deal_id, names[party.deal_id], words) for party, words in told],
                    self._now)  # fmt: skip
        if not VERBS[verb].upkeep:
            Deal.objects.filter(pk__in=names, last_activity_at__lt=self._now).update(last_activity_at=self._now)


def _own(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a row but its contacts, as the model has them."""
    return {
        name: typed(name, value) if value not in (None, "") else value
        for name, value in values.items()
        if name != "contacts"
    }
