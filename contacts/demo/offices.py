"""Making the demo: offices, colleagues, companies, people and their timelines, in a handful of statements."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any, NamedTuple

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from accounts.models import Account, Invitation, User
from contacts.demo import agenda, exchanges
from contacts.demo.chronicle import Fact, Scene, chronicle, count_versions, office_moment
from contacts.demo.companies import Company, draw_company
from contacts.demo.familiar import CONTACTS, LEADS, Familiar
from contacts.demo.people import DAYS_BACK, QUIET, Draft, Drawer
from contacts.demo.places import place_of
from contacts.demo.words import RELATIONS, TAGS
from contacts.models import Kind, Person, PersonTag, SavedView, Tag
from contacts.models.tag import tags_named
from contacts.relations.models import Relation, Status
from contacts.timeline.models import Event, Note

PASSWORD = "tesoro-demo"  # noqa: S105  (told to everybody who starts the demo)
SIGN_INS = [
    ("admin@demo.example", "Casa Mirador, admin"),
    ("agent@demo.example", "Casa Mirador, agent"),
    ("admin@other.example", "Otra Casa, admin"),
]
# For so many people one more lies in the trash, and one has been there.
TRASHED, RESTORED = 60, 90
# Rooms above give people what they keep beside them: told the office and its people before these are stored, each may
# add to their pasts, and returns what stores its own rows afterwards.
furnishers: list[Callable[[Any, list[Draft]], Callable[[], None]]] = []
# With so many people something is planned around today.
AHEAD = 24


class Colleague(NamedTuple):
    """Somebody of an office; ``initials`` tell them apart."""

    initials: str
    email: str
    first: str
    last: str
    role: str
    title: str


MIRADOR = [
    Colleague("CS", "admin@demo.example", "Carmen", "Soler Beltrán", "admin", "Director"),
    Colleague("LF", "agent@demo.example", "Lucía", "Fernández-Ocaña", "agent", "Sales, Altea"),
    Colleague("MI", "mateo@demo.example", "Mateo", "Ibáñez Roldán", "agent", "Sales, Jávea and Dénia"),
    Colleague("JB", "jonas@demo.example", "Jonas", "Brandt", "agent", "Clients from the north"),
    Colleague("NP", "nuria@demo.example", "Núria", "Puigdevall", "agent", "New build"),
    Colleague("GONE", "pedro@demo.example", "Pedro", "Arrieta Lasa", "agent", "Lettings"),
]
OTRA = [
    Colleague("AL", "admin@other.example", "Astrid", "Lindqvist Moreno", "admin", "Owner"),
    Colleague("TG", "tomas@other.example", "Tomás", "Güell Serra", "agent", ""),
]


# Where the offices are: street and town.
ADDRESSES = {"Casa Mirador": ("Carrer Sant Pere 12", "Altea"), "Otra Casa": ("Calle Marqués de Campo 31", "Dénia")}


@transaction.atomic
def make_demo(*, contacts: int = 500, leads: int = 99, others: int = 40, now: datetime | None = None) -> bool:
    """Make the demo of so many people and return True; return False, and touch nothing, where an account exists.

    ``others`` is the number of people of the second office, some of whom have emails of the first office's people.
    """
    if Account.objects.exists():
        return False
    rng, now = Random(20), now or timezone.now()  # noqa: S311  (the same data every time)
    password = make_password(PASSWORD)
    mirador = Office(rng, now, "Casa Mirador", MIRADOR, password)
    mirador.invite()
    mirador.fill(contacts, leads)
    mirador.keep_views()
    exchanges.knock(mirador.account, now)
    Office(rng, now, "Otra Casa", OTRA, password).fill(others, 0)
    return True


def _address(office: str) -> dict[str, Any]:
    street, town = ADDRESSES[office]
    return {"street": street, **place_of(street, town)}


def _drawn(drawer: Drawer, kind: Kind, known: list[Familiar], count: int) -> list[Draft]:
    """Return so many people, those that are known by name first."""
    first = [drawer.familiar(one, kind) for one in known[:count]]
    return [*first, *(drawer.stranger(kind) for _ in range(count - len(first)))]


class Office:
    """One office while it is being filled."""

    def __init__(self, rng: Random, now: datetime, name: str, colleagues: list[Colleague], password: str) -> None:
        self.rng, self.now = rng, now
        self.account = Account.objects.create(
            name=name, email="office@example.com", website="https://example.com", is_demo=True, **_address(name)
        )
        begun = now - timedelta(days=2 * DAYS_BACK)
        Account.objects.filter(pk=self.account.pk).update(created_at=begun)
        self.users = {one.initials: self._user(one, password, begun) for one in colleagues}
        self.gone = self.users.pop("GONE", None)
        self.admin = next(iter(self.users.values()))
        self.tags = {tag.name: tag for tag in tags_named(self.account, TAGS)}
        self.relations = self._relations()

    def _user(self, one: Colleague, password: str, begun: datetime) -> User:
        return User.objects.create(
            account=self.account,
            email=one.email,
            first_name=one.first,
            last_name=one.last,
            role=one.role,
            job_title=one.title,
            password=password,
            date_joined=begun,
            is_active=one.initials != "GONE",
        )

    def _relations(self) -> list[Relation]:
        """Store the companies, made before anybody belonged to them, each with its past."""
        rng = Random(len(self.users))  # noqa: S311  (of their own, so that people stay who they are)
        companies = []
        for name, kind in RELATIONS:
            at = office_moment(self.rng, self.now - timedelta(days=2 * DAYS_BACK), self.now - timedelta(days=DAYS_BACK))
            relation = Relation(account=self.account, name=name, type=kind, created_at=at, last_activity_at=at)
            relation.created_by = self.admin
            companies.append(draw_company(rng, relation, list(self.users.values()), self.now - QUIET))
        companies[-1].relation.status = Status.INACTIVE
        for company in sorted(companies, key=lambda company: company.relation.created_at):
            self._store_company(company)
        return [company.relation for company in companies]

    def _store_company(self, company: Company) -> None:
        relation = company.relation
        relation.save()
        relation.set_tags(company.tags)
        for fact in [Fact(relation.created_at, "created", self.admin), *company.facts]:
            event = Event(account=self.account, relation=relation, verb=fact.verb, actor=fact.actor, at=fact.at)
            event.save()
            if fact.note:
                Note.objects.create(
                    account=self.account, event=event, relation=relation, author=fact.actor, body=fact.note,
                    pinned=fact.pinned, created_at=fact.at,
                )  # fmt: skip

    def invite(self) -> None:
        """Leave two invitations open, of which one has expired."""
        for email, days in (("sofia.llorens@example.com", 2), ("tim.dijkstra@example.org", 9)):
            invitation = Invitation(account=self.account, email=email, invited_by=self.admin)
            invitation.renew()
            at = self.now - timedelta(days=days)
            ends = invitation.expires_at - timedelta(days=days)
            Invitation.objects.filter(pk=invitation.pk).update(created_at=at, expires_at=ends)

    def fill(self, contacts: int, leads: int) -> None:
        """Draw people with their past, and store them all."""
        drawer = Drawer(self.rng, self.account, self.users, self.relations, self.now)
        stay = _drawn(drawer, Kind.CONTACT, CONTACTS, contacts) + _drawn(drawer, Kind.LEAD, LEADS, leads)
        gone = _drawn(drawer, Kind.CONTACT, [], contacts // TRASHED) + _drawn(drawer, Kind.LEAD, [], leads // TRASHED)
        drafts = sorted(stay + gone, key=lambda draft: draft.person.created_at)
        for draft in drafts:
            self._remember(draft)
        self._look_ahead(stay[:AHEAD])
        for draft in gone:
            self._throw_away(draft)
        for draft in [draft for draft in stay if draft.person.last_activity_at < self.now - QUIET][5::RESTORED]:
            self._bring_back(draft)
        stores = [furnish(self, drafts) for furnish in furnishers]
        for draft in drafts:
            count_versions(draft.person, draft.facts)
        self._store(drafts)
        for store in stores:
            store()

    def _remember(self, draft: Draft) -> None:
        """Give the person a past. Somebody who left the office did a part of it, long ago."""
        team = [*self.users.values(), *([self.gone] if self.gone else [])]
        scene = Scene(self.rng, team, self.admin)
        draft.facts = chronicle(scene, draft.person, draft.tags, draft.length)
        draft.person.created_by = draft.facts[0].actor
        if company := draft.person.relation:
            names = {"who": draft.person.full_name, "company": company.name}
            draft.facts.insert(1, Fact(draft.person.created_at, "linked", draft.person.created_by, names))
            company.last_activity_at = max(company.last_activity_at, draft.person.created_at)

    def _look_ahead(self, drafts: list[Draft]) -> None:
        """Give those who can sign in something to do today and in the next days, with people of the first page."""
        team = list(self.users.values())[:2]
        for place, draft in enumerate(drafts):
            facts = agenda.ahead(self.rng, draft.person, team[place % len(team)], self.now, place)
            draft.facts = sorted([*draft.facts, *facts], key=lambda fact: fact.at)

    def _throw_away(self, draft: Draft) -> None:
        """Move somebody to the trash."""
        person, by = draft.person, draft.person.assigned_to
        at = self._later(person.last_activity_at)
        draft.facts.append(Fact(at, "deleted", by))
        person.deleted_at, person.deleted_by, person.last_activity_at = at, by, at

    def _bring_back(self, draft: Draft) -> None:
        """Tell that somebody was moved to the trash, and restored a little later."""
        by = draft.person.assigned_to
        at = self._later(draft.person.last_activity_at)
        back = at + timedelta(minutes=self.rng.randint(1, 600))
        draft.facts += [Fact(at, "deleted", by), Fact(back, "restored", by)]
        draft.person.last_activity_at = back

    def _later(self, moment: datetime) -> datetime:
        return office_moment(self.rng, max(moment, self.now - timedelta(days=60)), self.now - QUIET)

    def _store(self, drafts: list[Draft]) -> None:
        """Write people, tags, events and notes, one statement a batch; ids follow time, as lists expect."""
        for draft in drafts:
            draft.person.draw_keys()
        Person.objects.bulk_create([draft.person for draft in drafts], batch_size=500)
        PersonTag.objects.bulk_create(
            PersonTag(account=self.account, person=draft.person, tag=self.tags[name])
            for draft in drafts
            for name in draft.tags
        )
        told = sorted(((fact, draft.person) for draft in drafts for fact in draft.facts), key=lambda pair: pair[0].at)
        events = [self._event(fact, person) for fact, person in told]
        Event.objects.bulk_create(events, batch_size=500)
        notes = [
            Note(account=self.account, event=event, person=person, author=fact.actor, body=fact.note,
                 pinned=fact.pinned, created_at=fact.at)
            for event, (fact, person) in zip(events, told, strict=True)
            if fact.note
        ]  # fmt: skip
        for note in notes:
            note.draw_keys()
        Note.objects.bulk_create(notes)
        exchanges.store((fact, person, event) for event, (fact, person) in zip(events, told, strict=True))
        Relation.objects.bulk_update(self.relations, ["last_activity_at"])

    def _event(self, fact: Fact, person: Person) -> Event:
        """Return the event of a fact; a link stands on the company's timeline too."""
        company = person.relation if fact.verb == "linked" else None
        told = {"verb": fact.verb, "actor": fact.actor, "at": fact.at, "data": fact.data}
        return Event(account=self.account, person=person, relation=company, **told)

    def keep_views(self) -> None:
        """Give the two whose sign-ins are told some lists of their own."""
        tag: Tag = self.tags["Sea view"]
        views = {
            "Buyers with a sea view": f"role=buyer&tag={tag.pk}",
            "Silent for 30 days": "last_activity=silent30",
            "Lawyers and notaries": "role=lawyer&role=notary",
        }
        for owner in (self.users["CS"], self.users["LF"]):
            for name, query in views.items():
                SavedView.objects.create(account=self.account, owner=owner, name=name, query=query)
