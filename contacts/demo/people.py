"""Drawing people: names, ways to reach them, roles and tags in the shares of a real office."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from contacts.demo.chronicle import office_moment
from contacts.demo.familiar import CONTACTS, LEADS, MEN, Familiar
from contacts.demo.names import LANGUAGES, Name, draw_name
from contacts.demo.places import Phones, draw_address, draw_home
from contacts.demo.words import RELATION_OF_ROLE, REMARKS
from contacts.models import CLIENT_ROLES, Kind, Person
from tesoro.text import fold

ROLES = {
    "buyer": 36, "seller": 18, "tenant": 11, "landlord": 10, "lawyer": 5, "notary": 3, "architect": 2,
    "external_agent": 5, "mortgage_adviser": 2, "tax_adviser": 2, "surveyor": 1, "property_manager": 2,
    "photographer": 1, "contractor": 1, "other": 1,
}  # fmt: skip
TAGS_OF_ROLE = {
    "buyer": ["Sea view", "Cash buyer", "Golden visa", "Second home", "Investor", "New build", "VIP", "Referral"],
    "seller": ["Probate", "Referral", "VIP", "Sea view"],
    "tenant": ["Pet", "Sea view", "Referral"],
    "landlord": ["Investor", "Second home", "VIP"],
}
DAYS_BACK = 540
# Nobody drawn is as recent as the people of the first page.
QUIET = timedelta(days=8)


@dataclass
class Draft:
    """A person that is not stored yet, with the tags they will carry."""

    person: Person
    tags: list[str]
    length: int = 0
    facts: list[Any] = field(default_factory=list)


class Drawer:
    """Draws the people of one office. Emails and phone numbers are each given once."""

    def __init__(self, rng: Random, account: Any, team: dict[str, Any], relations: list[Any], now: datetime) -> None:
        self.rng, self.account, self.team, self.relations, self.now = rng, account, team, relations, now
        self.phones = Phones(rng)
        self.phones.given |= {known.phone for known in (*CONTACTS, *LEADS)}
        self.emails = {known.email for known in (*CONTACTS, *LEADS)}

    def familiar(self, known: Familiar, kind: Kind) -> Draft:
        """Return somebody of the first page as a draft."""
        name = Name(known.first, known.last_name, known.country, known.first not in MEN)
        last, day = self.now - timedelta(minutes=known.last), self.now - timedelta(days=known.created)
        created = office_moment(self.rng, day - timedelta(days=3), day)
        moments = {"created_at": min(created, last - timedelta(minutes=22)), "last_activity_at": last}
        person = self._person(name, kind, known.role, **moments, **draw_home(self.rng, known.country))
        person.email, person.phone = known.email, known.phone
        person.assigned_to = self.team.get(known.agent) or next(iter(self.team.values()))
        return Draft(person, [tag for tag in known.tags.split("|") if tag], length=self.rng.randint(3, 9))

    def stranger(self, kind: Kind) -> Draft:
        """Return somebody drawn by chance."""
        role = self.rng.choices(list(ROLES), list(ROLES.values()))[0] if kind == Kind.CONTACT else ""
        name = draw_name(self.rng, "ES" if role and role not in CLIENT_ROLES and self.rng.random() < 0.8 else "")
        end = self.now - QUIET
        created = office_moment(self.rng, self.now - timedelta(days=DAYS_BACK), end)
        busy = self.rng.random() < 0.8
        since = max(created, end - timedelta(days=60)) if self.rng.random() < 0.5 else created
        last = office_moment(self.rng, since, end) if busy else created
        moments = {"created_at": created, "last_activity_at": last}
        person = self._person(name, kind, role, **moments, **draw_address(self.rng, name.country))
        person.email, person.phone = self._email(name), self.phones.draw(name.country)
        person.assigned_to = self._agent(name.country)
        length = self.rng.choices([1, 2, 3, 4, 5, 6, 8], [18, 20, 20, 16, 12, 8, 6])[0] if busy else 0
        return Draft(person, self._tags(role), length)

    def _person(self, name: Name, kind: Kind, role: str, **known: Any) -> Any:
        rng = self.rng
        doctor = rng.random() < 0.05
        person: Any = Person(
            account=self.account,
            kind=kind,
            first_name=name.first,
            last_name=name.last,
            role=role,
            salutation="dr" if doctor else ("mrs" if rng.random() < 0.85 else "ms") if name.is_woman else "mr",
            language=rng.choice(["nl", "fr"]) if name.country == "BE" else LANGUAGES[name.country],
            notes=rng.choice(REMARKS) if rng.random() < 0.28 else "",
            do_not_contact=rng.random() < 0.04,
            relation=self._relation(role),
            **known,
        )
        if rng.random() < 0.15:
            person.whatsapp = self.phones.draw(name.country)
        return person

    def _relation(self, role: str) -> Any:
        fitting = [relation for relation in self.relations if relation.type == RELATION_OF_ROLE.get(role)]
        return self.rng.choice(fitting) if fitting and self.rng.random() < 0.75 else None

    def _tags(self, role: str) -> list[str]:
        offered = TAGS_OF_ROLE.get(role, ["Referral"] if role else TAGS_OF_ROLE["buyer"])
        count = self.rng.choices([0, 1, 2, 3], [42, 36, 16, 6])[0]
        return self.rng.sample(offered, min(count, len(offered)))

    def _agent(self, country: str) -> Any:
        if country in ("DE", "AT", "CH", "SE", "NO", "DK") and "JB" in self.team and self.rng.random() < 0.7:
            return self.team["JB"]
        return self.rng.choice(list(self.team.values()))

    def _email(self, name: Name) -> str:
        """Return an address made of the name, with a number when somebody has it already."""
        first, last = (_plain(text) for text in (name.first, name.last.rpartition(" ")[2]))
        local = self.rng.choice([f"{first}.{last}", f"{first[0]}.{last}", f"{first}{last}", f"{last}.{first}"])
        email = address = f"{local}@{self.rng.choice(['example.com', 'example.com', 'example.org'])}"
        number = 1
        while email in self.emails:
            number += 1
            email = address.replace("@", f"{number}@")
        self.emails.add(email)
        return email


def _plain(text: str) -> str:
    return "".join(char for char in fold(text) if char.isalpha())
