"""The pipeline in the demo: where each lead stands, what they look for, and how contacts came out of it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

from contacts.criteria.choices import PropertyType
from contacts.demo.chronicle import Fact, office_moment
from contacts.models import Kind, Role
from leads.models import Lead, LeadType, Portal, Source, Stage, Status, Timing
from tesoro.ranking import GAP

STATUSES = {Status.NEW: 26, Status.CONTACTED: 20, Status.QUALIFIED: 14, Status.UNQUALIFIED: 20, Status.LOST: 20}
WAY = [Status.NEW, Status.CONTACTED, Status.QUALIFIED]
STAGES = {Stage.HOT: 35, Stage.NEUTRAL: 45, Stage.COLD: 20}
SOURCES = {
    Source.PORTALS: 34, Source.WEBSITE: 18, Source.BY_PERSON: 12, Source.REFERRAL: 12, Source.INCOMING_CALL: 10,
    Source.SOCIAL_MEDIA: 6, Source.INCOMING_MAIL: 4, Source.PARTNERS: 2, Source.NETWORKING: 2,
}  # fmt: skip
PORTALS = [Portal.IDEALISTA, Portal.IDEALISTA, Portal.FOTOCASA, Portal.KYERO, Portal.RIGHTMOVE, Portal.THINK_SPAIN]
TYPES = {LeadType.BUYER: 62, LeadType.SELLER: 18, LeadType.TENANT: 12, LeadType.LANDLORD: 8}
PLACES = ["Altea", "Calpe", "Jávea", "Dénia", "Moraira", "Benissa", "Jalón", "Teulada"]
FEATURES = ["Sea view", "Pool", "Garage", "Garden", "Lift", "Terrace", "New build"]
KINDS = [
    PropertyType.VILLA, PropertyType.APARTMENT, PropertyType.PENTHOUSE, PropertyType.TOWNHOUSE, PropertyType.FINCA,
    PropertyType.HOUSE, PropertyType.DUPLEX, PropertyType.PLOT,
]  # fmt: skip
REASONS = {
    Status.LOST: ["Bought with another agency", "No answer for three months", "Bank refused the mortgage"],
    Status.UNQUALIFIED: ["Wrong number", "Looks in another region", "Only curious about prices"],
}
CONVERTED_SHARE = 0.08
# Whoever was in touch so lately is still on the way.
FRESH = timedelta(days=16)
TO_LET = [PropertyType.APARTMENT, PropertyType.PENTHOUSE, PropertyType.TOWNHOUSE, PropertyType.HOUSE]


def furnish(office: Any, drafts: list[Any]) -> Callable[[], None]:
    """Give every lead its place, and some contacts the lead they once were; return what stores them."""
    rng = Random(71)  # noqa: S311  (the same data every time)
    leads = [lead for draft in drafts if (lead := _lead_of(rng, office, draft)) is not None]

    def store() -> None:
        places: dict[str, int] = {}
        for lead in sorted(leads, key=lambda lead: lead.status_since, reverse=True):
            places[lead.status] = places.get(lead.status, 0) + 1
            lead.rank, lead.person_id = places[lead.status] * GAP, lead.person.pk
            lead.draw_keys()
        Lead.objects.bulk_create(leads, batch_size=200)

    return store


def _lead_of(rng: Random, office: Any, draft: Any) -> Lead | None:
    person = draft.person
    if person.kind == Kind.LEAD:
        lead = _drawn(rng, office, person, rng.choices(list(TYPES), list(TYPES.values()))[0])
        fresh = person.last_activity_at > office.now - FRESH
        statuses = {status: share for status, share in STATUSES.items() if not fresh or status in WAY}
        lead.status = rng.choices(list(statuses), list(statuses.values()))[0]
        lead.reason = rng.choice(REASONS[Status(lead.status)]) if lead.is_closed else ""
        _walk(rng, draft, lead)
        return lead
    if person.role in LeadType.values and rng.random() < CONVERTED_SHARE and len(draft.facts) > 1:
        lead = _drawn(rng, office, person, LeadType(person.role))
        _convert(rng, draft, lead)
        return lead
    return None


def _drawn(rng: Random, office: Any, person: Any, kind: LeadType) -> Lead:
    lead = Lead(account=office.account, person=person, type=kind, status_since=person.created_at)
    lead.stage = rng.choices(list(STAGES), list(STAGES.values()))[0]
    lead.source = rng.choices(list(SOURCES), list(SOURCES.values()))[0]
    lead.portal = rng.choice(PORTALS) if lead.source == Source.PORTALS else ""
    rents = kind in (LeadType.TENANT, LeadType.LANDLORD)
    kinds = rng.sample(TO_LET if rents else KINDS, rng.choice([1, 1, 2]))
    lead.property_types = ",".join(one.value for one in PropertyType if one in kinds)
    lead.locations = ", ".join(rng.sample(PLACES, rng.choice([1, 1, 2])))
    lowest = rng.randrange(700, 2400, 50) if rents else rng.randrange(120_000, 1_200_000, 5_000)
    if kind in (LeadType.SELLER, LeadType.LANDLORD):
        lead.price_from = lead.price_to = lowest
    else:
        lead.price_from = lowest if rng.random() < 0.7 else None
        lead.price_to = lowest + (rng.randrange(100, 600, 50) if rents else rng.randrange(20_000, 300_000, 5_000))
        lead.bedrooms = rng.choice([None, 1, 2, 3, 4])
        lead.features = ", ".join(rng.sample(FEATURES, rng.choice([0, 1, 1, 2])))
        lead.timing = rng.choice(["", Timing.MONTHS_3, Timing.MONTHS_6, Timing.MONTHS_12])
    return lead


def _walk(rng: Random, draft: Any, lead: Lead) -> None:
    """Tell the way from New to where the lead stands, between the creation and the last activity."""
    steps = WAY[1 : WAY.index(Status(lead.status)) + 1] if lead.status in WAY else [Status(lead.status)]
    before = Status.NEW
    for step, at in zip(steps, _moments(rng, draft, len(steps)), strict=False):
        changes = [{"field": "status", "old": str(before.label), "new": str(step.label)}]
        words = {"old": str(before.label), "new": str(step.label)}
        if lead.reason:
            changes.append({"field": "reason", "old": "", "new": lead.reason})
            words["reason"] = lead.reason
        _tell(draft, Fact(at, "status_changed", draft.person.assigned_to, {"changes": changes, **words}))
        lead.status_since, before = at, step
    lead.status = before if not lead.is_closed or lead.status_since != draft.person.created_at else Status.NEW
    lead.reason = lead.reason if lead.is_closed else ""


def _convert(rng: Random, draft: Any, lead: Lead) -> None:
    """Tell that the contact was a lead once."""
    at = next(iter(_moments(rng, draft, 1)), None)
    lead.status, by = Status.CONVERTED, draft.person.assigned_to
    lead.converted_at = lead.status_since = at or draft.person.created_at
    if at is not None:
        words = {"role": str(Role(draft.person.role).label), "status": str(Status.QUALIFIED.label)}
        _tell(draft, Fact(at, "converted", by, words))


def _moments(rng: Random, draft: Any, count: int) -> list[datetime]:
    """Return so many moments in order, after the first fact and before the last; none when there is no room."""
    start, end = draft.facts[0].at + timedelta(minutes=1), draft.facts[-1].at - timedelta(minutes=1)
    return sorted(office_moment(rng, start, end) for _ in range(count)) if start < end else []


def _tell(draft: Any, fact: Fact) -> None:
    draft.facts = sorted([*draft.facts, fact], key=lambda one: one.at)
