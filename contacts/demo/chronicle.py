"""The past of a person, told backwards: each change leads to the person as they stand now."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from contacts.demo.exchanges import EXCHANGES, INCOMING, exchange
from contacts.demo.places import COAST, SPANISH_STREETS
from contacts.demo.words import FILES, NOTES
from contacts.models import CLIENT_ROLES, Role, Salutation
from contacts.models.revising import shown
from tesoro.phones import format_phone

# The events that come with a new version of the person.
VERSIONED = {"changed", "assigned", "tagged", "silenced", "status_changed", "stage_changed", "converted", "reverted"}
ZONE = ZoneInfo("Europe/Madrid")
KINDS = {"noted": 24, "changed": 14, "tagged": 10, "assigned": 6, **EXCHANGES}


@dataclass
class Fact:
    """One event that will be written, with the note it is of or the row that stands behind it, if any."""

    at: datetime
    verb: str
    actor: Any
    data: dict[str, Any] = field(default_factory=dict)
    note: str = ""
    pinned: bool = False
    row: Any = None


@dataclass
class Scene:
    """Who may have done things, and with what randomness."""

    rng: Random
    team: list[Any]
    admin: Any


def office_moment(rng: Random, start: datetime, end: datetime) -> datetime:
    """Return a moment between the two, in office hours of a working day where that is possible."""
    moment = start + (end - start) * rng.random()
    local = moment.astimezone(ZONE).replace(hour=rng.randint(9, 18), minute=rng.randrange(60), second=rng.randrange(60))
    local -= timedelta(days=max(local.weekday() - 4, 0))
    return local if start < local < end else moment


def chronicle(scene: Scene, person: Any, tags: list[str], length: int) -> list[Fact]:
    """Return what happened with ``person`` from the first moment to the last activity, in order.

    ``length`` counts what happened after the beginning;
    the last fact is the last activity.
    """
    moments = sorted(office_moment(scene.rng, person.created_at, person.last_activity_at) for _ in range(length - 1))
    moments = [*moments, person.last_activity_at] if length else []
    past = Past(scene, person, list(tags))
    facts = [fact for at in reversed(moments) for fact in past.facts(at)]
    facts = [past.beginning(), *sorted(facts, key=lambda fact: fact.at)]
    return facts


def count_versions(person: Any, facts: list[Fact]) -> None:
    """Set the person's version, and those that their events name, to what so many changes make of it."""
    version = 1
    for fact in facts:
        if fact.verb in VERSIONED:
            version += 1
        if "changes" in fact.data:
            fact.data["version"] = version
    person.version = version


class Past:
    """Walks back through time. ``words`` holds the fields as they stood after the moment being told."""

    def __init__(self, scene: Scene, person: Any, tags: list[str]) -> None:
        self.scene, self.rng, self.person = scene, scene.rng, person
        self.tags = tags
        self.agent = person.assigned_to
        self.words: dict[str, str] = {}

    def facts(self, at: datetime) -> list[Fact]:
        """Return what happened at this moment, and what came of it later: a task that was added gets done."""
        fact = self._fact(at)
        if fact.verb != "task_added" or self.rng.random() < 0.3:
            return [fact]
        done = office_moment(self.rng, at, self.person.last_activity_at)
        fact.row.done_at, fact.row.done_by = done, fact.row.assigned_to
        return [fact, Fact(done, "task_done", fact.row.assigned_to, {"title": fact.row.title})]

    def _fact(self, at: datetime) -> Fact:
        verb = self.rng.choices(list(KINDS), list(KINDS.values()))[0]
        if verb in EXCHANGES:
            return self._exchange(verb, at)
        if verb == "tagged" and self.tags:
            return Fact(at, "tagged", self._actor(), {"tag": self.tags.pop()})
        if verb == "assigned" and len(self.scene.team) > 1:
            return self._assigned(at)
        changes = self._changes() if verb == "changed" else []
        if changes:
            alone = [change["field"] for change in changes] == ["do_not_contact"]
            return Fact(at, "silenced" if alone else "changed", self._actor(), {"changes": changes})
        return Fact(at, "noted", self._actor(), {}, self.rng.choice(NOTES), self.rng.random() < 0.12)

    def _exchange(self, verb: str, at: datetime) -> Fact:
        row = exchange(verb, self.rng, self.person, self.agent, at)
        if verb in INCOMING:
            return Fact(at, verb, None, {"name": self.person.full_name}, row=row)
        return Fact(at, verb, self.agent, row=row)

    def beginning(self) -> Fact:
        """Return how the person came into the books."""
        if self.rng.random() < 0.22:
            data = {"file": self.rng.choice(FILES), "line": self.rng.randint(2, 400)}
            return Fact(self.person.created_at, "imported", self.scene.admin, data)
        return Fact(self.person.created_at, "created", self.agent)

    def _actor(self) -> Any:
        return self.agent if self.rng.random() < 0.8 else self.rng.choice(self.scene.team)

    def _assigned(self, at: datetime) -> Fact:
        before = self.rng.choice([user for user in self.scene.team if user != self.agent])
        old, new = before.get_full_name(), self.agent.get_full_name()
        self.agent = before
        changes = [{"field": "assigned_to", "old": old, "new": new}]
        return Fact(at, "assigned", self.scene.admin, {"changes": changes, "to": new})

    def _changes(self) -> list[dict[str, str]]:
        """Return one or two fields that were changed, in the order of the form."""
        before = self._before()
        names = self.rng.sample(sorted(before), min(len(before), self.rng.choice([1, 1, 1, 2])))
        changes = []
        for name in [name for name in before if name in names]:
            changes.append({"field": name, "old": before[name], "new": self._now(name)})
            self.words[name] = before[name]
        return changes

    def _now(self, name: str) -> str:
        return self.words.get(name, shown(self.person, name))

    def _before(self) -> dict[str, str]:
        """Return, for each field that may have been different, what it was; without what would be no change."""
        person, rng = self.person, self.rng
        number = person.phone.as_e164
        local, _at, domain = str(person.email).partition("@")
        before = {
            "salutation": str(rng.choice([Salutation.MRS, Salutation.MR, Salutation.MS]).label),
            "email": f"{local.replace('.', '')}@{domain}",
            "phone": format_phone(f"{number[:-3]}{rng.randrange(1000):03d}"),
            "street": f"{rng.choice(SPANISH_STREETS)} {rng.randint(1, 60)}" if person.street else "",
            "city": rng.choice(COAST)[0] if person.city else "",
        }
        if person.role in CLIENT_ROLES:
            before["role"] = str(Role(rng.choice(CLIENT_ROLES)).label)
        for name in ("whatsapp", "notes", "country"):
            before[name] = ""
        if person.do_not_contact:
            before["do_not_contact"] = "No"
        return {name: old for name, old in before.items() if old != self._now(name)}
