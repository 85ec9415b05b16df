"""Drawing companies: how they are reached, where they are, and what has been noted about them."""

from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

from contacts.demo.chronicle import Fact, office_moment
from contacts.demo.places import Phones, draw_coast
from contacts.relations.models import Channel, Relation
from tesoro.text import fold

TERMS = ["30 days", "30 days, 2 % discount within 10", "Payment in advance", "On signing"]
ABOUT = [
    "Answers within the day. Ask for the office manager.",
    "Closed in August. The notary on duty is told on the door.",
    "Second floor, no lift: not for everybody.",
    "Works in Spanish, English and German.",
]
NOTES = [
    "They reserve Thursday mornings for our signings until **Easter**.",
    "New price list sent: *see the attachment of the last mail*.",
    "Good with foreign buyers: NIE and bank account in one week.",
    "Asked for two weeks' notice for a valuation.",
    "Shared commission agreed at 50 %, in writing.",
    "Bring the energy certificate along, they do not sign without.",
]
TAGS = {"law_firm": ["Golden visa"], "notary": ["VIP"], "bank": ["Cash buyer"], "agency": ["Referral"]}


@dataclass
class Company:
    """A company that is not stored yet, with its tags and what happened with it after its making."""

    relation: Relation
    tags: list[str] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)


def draw_company(rng: Random, relation: Relation, team: list[Any], until: datetime) -> Company:
    """Fill in a company, and draw its past from its making to ``until``."""
    local = "".join(char for char in fold(relation.name.split()[-1]) if char.isalpha())
    relation.email = f"office@{local}.example.com"
    relation.phone = Phones(rng).draw("ES")  # type: ignore[assignment]
    relation.website = f"https://www.{local}.example.com"
    relation.preferred_channel = rng.choice([Channel.EMAIL, Channel.PHONE, ""])
    relation.credit_terms = rng.choice([*TERMS, "", ""])
    relation.note = rng.choice([*ABOUT, ""])
    for name, value in draw_coast(rng).items():
        setattr(relation, name, value)
    company = Company(relation, TAGS.get(relation.type, [])[: rng.randint(0, 1)])
    company.facts = _past(rng, relation, team, until)
    if company.facts:
        relation.last_activity_at = company.facts[-1].at
    return company


def _past(rng: Random, relation: Relation, team: list[Any], until: datetime) -> list[Fact]:
    moments = sorted(office_moment(rng, relation.created_at, until) for _ in range(rng.randint(0, 3)))
    notes = rng.sample(NOTES, len(moments))
    return [
        Fact(at, "noted", rng.choice(team), note=note, pinned=rng.random() < 0.2)
        for at, note in zip(moments, notes, strict=True)
    ]
