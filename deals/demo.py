"""Deals in the demo: where each stands, how it came there, and who takes part."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from itertools import cycle
from random import Random
from typing import Any

from contacts.criteria.choices import PropertyType
from contacts.demo.chronicle import Fact, office_moment
from contacts.demo.places import place_of
from contacts.models import Kind, Role
from contacts.models.choices import CLIENT_ROLES
from contacts.tasks.models import Task
from contacts.timeline.models import Event, Note
from deals.models import Deal, DealType, Party, Stage
from deals.models.choices import CLIENT_OF, TYPE_OF, pipeline_of, way_of
from tesoro.ranking import GAP

PROPERTIES = [
    ("Villa with pool", PropertyType.VILLA, 780_000),
    ("Apartment near the beach", PropertyType.APARTMENT, 245_000),
    ("Penthouse with terrace", PropertyType.PENTHOUSE, 430_000),
    ("Townhouse in the old town", PropertyType.TOWNHOUSE, 320_000),
    ("Finca among almond trees", PropertyType.FINCA, 540_000),
    ("Plot with a view", PropertyType.PLOT, 165_000),
    ("Duplex by the harbour", PropertyType.DUPLEX, 298_000),
    ("House with a garden", PropertyType.HOUSE, 390_000),
]
TOWNS = ["Altea", "Calpe", "Jávea", "Dénia", "Moraira", "Benissa", "Jalón"]  # all of them on contacts.demo's coast
STREETS = ["Calle Bernia", "Carrer de la Mar", "Avenida del Puerto", "Camí Vell", "Partida Planet", "Calle Ifach"]
# What is to be done for a deal, and what is noted of one.
TASKS = [
    "Ask the notary for a date", "Order the energy certificate", "Send the reservation contract",
    "Check the nota simple", "Ask the bank for the valuation", "Agree on the furniture that stays",
]  # fmt: skip
NOTES = [
    "The community fee is 140 € a month, with pool and garden.",
    "**Keys** with the neighbour in 2B; call an hour before.",
    "They want to keep the wardrobe and the lamps.",
    "Mortgage approved for 70 %, the rest is at hand.",
]
DUE = [-2, 0, 1, 3, 6, 10, 14]  # days from today
REASONS = ["Bought with another agency", "The bank refused the mortgage", "Owner withdrew from sale", "Price too high"]
COMMISSIONS = [Decimal(3), Decimal("3.5"), Decimal(4), Decimal(5)]
SHARE = 0.42  # of clients who have a deal
ADVISERS = 0.5  # of deals in which a lawyer or notary takes part
OPEN_SHARE, WON_SHARE = 0.75, 0.15
# What becomes of the advisers of deals, one after another: some join in another role at first, some leave again.
FATES = ("stays", "changes", "stays", "leaves", "stays", "stays")
BUSY, NOTED = 0.4, 0.5  # of open deals with something to be done, of deals with a note
LONGEST = timedelta(days=150)
# Whoever was in touch so lately may have a deal that is on its way.
RECENT = timedelta(days=24)


def furnish(office: Any, drafts: list[Any]) -> Callable[[], None]:
    """Give clients their deals, and their pasts what is told of these; return what stores the deals."""
    rng = Random(83)  # noqa: S311  (the same data every time)
    live = [draft for draft in drafts if draft.person.kind == Kind.CONTACT and draft.person.deleted_at is None]
    clients = [draft for draft in live if draft.person.role in CLIENT_ROLES and rng.random() < SHARE]
    advisers = [draft for draft in live if draft.person.role in (Role.LAWYER, Role.NOTARY)]
    fates = cycle(FATES)
    sketches = [Sketch(rng, office, draft, advisers, fates) for draft in clients]

    def store() -> None:
        places: dict[tuple[str, str], int] = {}
        for sketch in sorted(sketches, key=lambda one: one.deal.stage_since, reverse=True):
            deal = sketch.deal
            place = places[deal.pipeline, deal.stage] = places.get((deal.pipeline, deal.stage), 0) + 1
            deal.rank = place * GAP
        # Ids follow time, as lists expect.
        sketches.sort(key=lambda one: one.deal.created_at)
        Deal.objects.bulk_create([sketch.deal for sketch in sketches], batch_size=200)
        Party.objects.bulk_create([party for sketch in sketches for party in sketch.parties()], batch_size=500)
        told = [pair for sketch in sketches for pair in sketch.events()]
        Event.objects.bulk_create(sorted((event for _fact, event in told), key=lambda event: event.at), batch_size=500)
        _point_to_deals(office.account, sketches)
        _store_entries(office.account, told)

    return store


def _point_to_deals(account: Any, sketches: list["Sketch"]) -> None:
    """Let what the timelines of people tell of deals, stored with their pasts, lead to the deals."""
    told = {(person.pk, fact.at, fact.verb): sketch.deal for sketch in sketches for person, fact in sketch.told}
    echoes = list(Event.objects.for_account(account).filter(verb__in={verb for _pk, _at, verb in told}, deal=None))
    for event in echoes:
        event.deal, event.echo = told[event.person_id, event.at, event.verb], True
    Event.objects.bulk_update(echoes, ["deal", "echo"], batch_size=300)


def _store_entries(account: Any, told: list[tuple[Fact, Event]]) -> None:
    """Store the tasks and notes that stand behind events."""
    tasks, notes = [], []
    for fact, event in told:
        words = {"account": account, "event": event, "deal": event.deal, "author": fact.actor, "created_at": fact.at}
        if fact.row:
            tasks.append(fact.row)
            for name, value in words.items():
                setattr(fact.row, name, value)
        if fact.note:
            notes.append(Note(**words, body=fact.note))
    for note in notes:
        note.draw_keys()
    Task.objects.bulk_create(tasks, batch_size=200)
    Note.objects.bulk_create(notes, batch_size=200)


class Sketch:
    """A deal that is being thought up, with its past. What it tells its contacts falls before their last activity."""

    def __init__(self, rng: Random, office: Any, draft: Any, advisers: list[Any], fates: Iterator[str]) -> None:
        self.rng, self.office, self.client = rng, office, draft.person
        self.told: list[tuple[Any, Fact]] = []
        self.facts: list[Fact] = []
        self.deal = self._deal()
        self.roles = [(self.client, CLIENT_OF[DealType(self.deal.type)])]
        self._live_through(draft)
        if advisers and rng.random() < ADVISERS:
            self._advise(rng.choice(advisers), fates)
        self._work()

    def _deal(self) -> Deal:
        rng, person = self.rng, self.client
        kind = TYPE_OF[Role(person.role)]
        name, sort, price = rng.choice(PROPERTIES)
        town = rng.choice(TOWNS)
        letting = kind in (DealType.RENT, DealType.RENT_OUT)
        value = Decimal(round(price * rng.uniform(0.7, 1.5), -3))
        deal = Deal(
            account=self.office.account, type=kind, pipeline=pipeline_of(kind), name=f"{name}, {town}",
            value=Decimal(round(float(value) / 300, -1)) if letting else value,
            commission=Decimal(100) if letting else rng.choice(COMMISSIONS),
            assigned_to=person.assigned_to, created_by=person.assigned_to, property_types=sort, locations=town,
            street=f"{rng.choice(STREETS)} {rng.randint(1, 90)}", bedrooms=rng.randint(1, 5), stage=self._stage(kind),
        )  # fmt: skip
        for name, part in place_of(deal.street, town).items():
            setattr(deal, name, part)
        return deal

    def _stage(self, kind: str) -> Stage:
        way = way_of(pipeline_of(kind))
        recent = self.client.last_activity_at > self.office.now - RECENT
        luck = self.rng.random() if recent else 1 - self.rng.random() * (1 - OPEN_SHARE)
        if luck < OPEN_SHARE:
            return self.rng.choices(way, range(len(way) + 2, 2, -1))[0]
        return Stage.WON if luck < OPEN_SHARE + WON_SHARE else Stage.LOST

    def _live_through(self, draft: Any) -> None:
        """Draw the moments of the deal, and tell each move here and to the client."""
        deal, rng, by = self.deal, self.rng, self.deal.assigned_to
        end = self.client.last_activity_at
        start = max(self.client.created_at, end - LONGEST * rng.uniform(0.2, 1))
        steps = self._steps()
        moments = sorted(office_moment(rng, start, end) for _step in steps)
        deal.created_at = moments[0]
        self._tell(Fact(moments[0], "created", by), [draft], "deal_made")
        for number, (at, old, new) in enumerate(zip(moments[1:], steps, steps[1:], strict=False), 2):
            reason = rng.choice(REASONS) if new == Stage.LOST else ""
            changes = [{"field": "stage", "old": str(old.label), "new": str(new.label)}]
            words = {"old": changes[0]["old"], "new": changes[0]["new"], "reason": reason}
            self._tell(Fact(at, "deal_moved", by, words), [draft], "deal_moved", changes=changes, version=number)
            deal.reason, deal.version = reason, number
        deal.stage_since = deal.last_activity_at = moments[-1]
        deal.closed_at = deal.stage_since if deal.is_closed else None
        ahead = timedelta(days=0 if deal.is_closed else rng.randint(10, 120))
        deal.closing_on = (deal.stage_since + ahead).date()
        deal.draw_keys()

    def _steps(self) -> list[Stage]:
        """Return the stages that the deal went through."""
        deal, way = self.deal, way_of(self.deal.pipeline)
        if not deal.is_closed:
            return way[: way.index(Stage(deal.stage)) + 1]
        last = len(way) if deal.is_won else self.rng.randint(1, len(way))
        return [*way[:last], Stage(deal.stage)]

    def _advise(self, draft: Any, fates: Iterator[str]) -> None:
        """Let an adviser join, perhaps in another role at first, and perhaps leave again."""
        person, by = draft.person, self.deal.assigned_to
        start, end = max(person.created_at, self.deal.created_at), min(person.last_activity_at, self.deal.stage_since)
        if start >= end:
            return
        joined, settled = sorted(office_moment(self.rng, start, end) for _moment in range(2))
        role, who = Role(person.role), {"who": person.full_name}
        fate = next(fates)
        first = Role.OTHER if fate == "changes" else role
        self._tell(Fact(joined, "deal_joined", by, {**who, "role": str(first.label)}), [draft], "deal_joined")
        if fate == "changes":
            words = {**who, "role": str(role.label), "old": str(first.label)}
            self._tell(Fact(settled, "deal_role", by, words), [draft], "deal_role")
        if fate == "leaves":
            self._tell(Fact(settled, "deal_left", by, who), [draft], "deal_left")
        else:
            self.roles.append((person, role))

    def _work(self) -> None:
        """Note something, and leave something to be done, since the last move; only the deal's own timeline tells."""
        deal, rng, by = self.deal, self.rng, self.deal.assigned_to
        until = min(self.office.now, deal.stage_since + timedelta(days=2))
        if rng.random() < NOTED:
            self.facts.append(Fact(office_moment(rng, deal.stage_since, until), "noted", by, note=rng.choice(NOTES)))
        if not deal.is_closed and rng.random() < BUSY:
            due = (self.office.now + timedelta(days=rng.choice(DUE))).date()
            task = Task(title=rng.choice(TASKS), due_on=due, assigned_to=by)
            at = office_moment(rng, deal.stage_since, until)
            self.facts.append(Fact(at, "task_added", by, {"title": task.title}, row=task))
        deal.last_activity_at = max(fact.at for fact in self.facts)

    def _tell(self, fact: Fact, drafts: list[Any], verb: str, **more: Any) -> None:
        """Tell a fact on the deal's timeline, with ``more``, and under ``verb`` on those of people."""
        self.facts.append(Fact(fact.at, fact.verb, fact.actor, {**fact.data, **more}))
        for draft in drafts:
            echo = Fact(fact.at, verb, fact.actor, {**fact.data, "deal": self.deal.name})
            draft.facts.append(echo)
            self.told.append((draft.person, echo))

    def parties(self) -> list[Party]:
        """Return who takes part; the people are stored by now."""
        words = {"account": self.office.account, "deal": self.deal}
        return [Party(person=person, role=role.value, **words) for person, role in self.roles]

    def events(self) -> list[tuple[Fact, Event]]:
        """Return the past, each fact with what the deal's timeline tells of it."""
        words = {"account": self.office.account, "deal": self.deal}
        return [
            (fact, Event(verb=fact.verb, at=fact.at, actor=fact.actor, data=fact.data, **words))
            for fact in sorted(self.facts, key=lambda fact: fact.at)
        ]
