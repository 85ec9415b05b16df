"""Whoever changes many deals at once waits for the others in one order: the account, its deals, their people.

Broken anywhere, two of them wait for each other, and the database refuses one of them.
"""

import threading
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from contacts.duplicates import merging
from contacts.imports import jobs
from contacts.imports.models import Job
from contacts.models import Person
from contacts.subjects.assigning import assign_records
from contacts.subjects.revising import Conflict
from deals import importing, moves, pipeline
from deals.board import BuyerBoard
from deals.models import Deal, Party
from deals.models import deal as deal_module
from deals.parties import LastClient, change_role, leave
from deals.trashing import restore_deals
from leads import converting
from tesoro.ranking import Place
from tests.factories import ContactFactory, DealFactory, PartyFactory
from tests.imports.conftest import verified  # noqa: F401  (a fixture)

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite lets one at a time write"),
]


@pytest.fixture
def deals(account, agent):
    """Two deals with a client each; the client of the second is the older one."""
    people = ContactFactory.create_batch(2, account=account, assigned_to=agent)
    made = [DealFactory(account=account, assigned_to=agent, name=name, value=None) for name in ("Villa", "Casa")]
    for deal, person in zip(made, reversed(people), strict=True):
        PartyFactory(deal=deal, person=person)
    return made


def act(deed):
    """Do it with a connection of its own, as a process would."""
    try:
        return deed()
    finally:
        connection.close()


def wait_for_waiting(number):
    """Return when so many wait in this database: for what this connection holds, or in line behind one who does."""
    asked = """SELECT count(DISTINCT pid) FROM pg_locks JOIN pg_stat_activity USING (pid)
        WHERE NOT granted AND datname = current_database()"""
    for _look in range(600):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")  # else a transaction goes on seeing what it saw first
            cursor.execute(asked)
            if cursor.fetchone()[0] >= number:
                return
        threading.Event().wait(0.05)
    raise AssertionError("nobody waits for what is held")


def in_line(*deeds):
    """Begin one deed after the other while the oldest person is held, and let go when all wait; return what they do.

    Whoever comes to that person with another one in hand holds up the first in line, who comes with none.
    """
    with ThreadPoolExecutor(len(deeds)) as threads:
        begun = []
        with transaction.atomic():
            list(Person.objects.order_by("pk").select_for_update()[:1])
            for deed in deeds:
                begun.append(threads.submit(act, deed))
                wait_for_waiting(len(begun))
        return [one.result() for one in begun]


class Pause:
    """Lets a command rest once, after a step of it, until another one waits for what it holds."""

    def __init__(self, monkeypatch):
        self.begun = threading.Event()
        self._patch = monkeypatch.setattr

    def after(self, owner, name):
        step = getattr(owner, name)

        def slowly(*args, **kwargs):
            done = step(*args, **kwargs)
            if not self.begun.is_set():
                self.begun.set()
                wait_for_waiting(1)
            return done

        self._patch(owner, name, slowly)

    def during(self, deed, other):
        """Do ``other`` in a thread of its own while ``deed`` rests; return what both return."""

        def then():
            assert self.begun.wait(30)
            return other()

        with ThreadPoolExecutor(2) as threads:
            return list(threads.map(act, [deed, then]))


@pytest.fixture
def pause(monkeypatch):
    return Pause(monkeypatch)


@pytest.fixture
def changing(verified, deals):  # noqa: F811
    """A function: an import, verified, that gives both deals what it is told; it returns what writes it."""

    def verify(**told):
        rows = [
            {"Name": deal.name, "Contacts": deal.parties.clients().get().person.email, "Type": "Buy", **told}
            for deal in deals
        ]
        run = verified(rows, kind="deal", on_existing="update")

        def write():
            jobs.do(run, Job.IMPORT)
            run.refresh_from_db()
            return run.updated, run.failed

        return write

    return verify


@pytest.fixture
def revaluation(changing):
    """An import, verified, that gives both deals a value; a function that writes it."""
    return changing(Value="250000")


def stood():
    """Stage and value of each deal."""
    return list(Deal.objects.order_by("pk").values_list("stage", "value"))


def test_many_are_moved_while_those_who_take_part_are_assigned(deals, admin, agent, monkeypatch):
    monkeypatch.setattr(pipeline, "CHUNK", 1)

    assigned, moved = in_line(
        lambda: assign_records(Person.objects.all(), admin, by=agent)[0],
        lambda: pipeline.move_many(Deal.objects.all(), "offer", by=agent)[0],
    )

    assert (moved, assigned) == (2, 2)
    assert set(Person.objects.values_list("assigned_to", flat=True)) == {admin.pk}
    assert set(Deal.objects.values_list("stage", flat=True)) == {"offer"}


@pytest.mark.parametrize("place", [0, 1])
def test_a_deal_is_moved_while_an_import_changes_it(deals, agent, pause, revaluation, place):
    pause.after(importing.DealSession, "_gone")

    written, changes = pause.during(revaluation, lambda: pipeline.move(deals[place], "offer", by=agent))

    assert written == (2, 0)
    assert [change["field"] for change in changes] == ["stage"]
    stages = ["offer" if number == place else "knowing" for number in range(2)]
    assert stood() == [(stage, Decimal(250_000)) for stage in stages]


def test_an_import_changes_a_deal_that_is_being_moved(deals, agent, pause, revaluation):
    pause.after(pipeline, "locked")

    _changes, written = pause.during(lambda: pipeline.move(deals[0], "offer", by=agent), revaluation)

    assert written == (2, 0)
    assert stood() == [("offer", Decimal(250_000)), ("knowing", Decimal(250_000))]


def test_an_import_waits_for_the_account_before_it_takes_a_deal(deals, agent, pause, revaluation):
    pause.after(pipeline, "wait_for_board")

    _changes, written = pause.during(lambda: pipeline.arrange(deals[0], Place("offer"), by=agent), revaluation)

    assert written == (2, 0)
    assert stood() == [("offer", Decimal(250_000)), ("knowing", Decimal(250_000))]


@pytest.fixture
def won(deals, agent):
    """A deal that is won, and its client."""
    pipeline.move(deals[0], "won", by=agent)
    return deals[0], Person.objects.get(party_set__deal=deals[0])


def refused(deed):
    """Do it; return whether a rule refused it."""
    try:
        deed()
    except ValidationError:
        return True
    return False


@pytest.mark.parametrize("opened", ["one", "many"])
def test_of_two_at_once_who_opens_a_deal_and_who_makes_a_lead_of_its_client_the_second_is_refused(
    won, agent, pause, opened
):
    deal, client = won
    opens = {
        "one": lambda: pipeline.move(deal, "offer", by=agent),
        "many": lambda: pipeline.move_many(Deal.objects.filter(pk=deal.pk), "offer", by=agent),
    }
    pause.after(deal_module if opened == "one" else moves, "hold_people")

    _moved, led = pause.during(opens[opened], lambda: refused(lambda: converting.revert(client, by=agent)))

    assert led
    assert Person.objects.get(pk=client.pk).is_contact


@pytest.mark.parametrize("way", ["stage", "trash"])
def test_who_opens_a_deal_waits_for_who_makes_a_lead_of_its_client(won, agent, pause, way):
    deal, client = won
    if way == "trash":
        pipeline.move(deal, "offer", by=agent)
        Deal.objects.get(pk=deal.pk).trash(by=agent)
    opens = {
        "stage": lambda: refused(lambda: pipeline.move(deal, "offer", by=agent)),
        "trash": lambda: list(restore_deals(Deal.with_trash.all(), by=agent)[1]) == [deal.pk],
    }
    pause.after(converting, "why_not_revert")

    _led, stays = pause.during(lambda: converting.revert(client, by=agent), opens[way])

    assert stays
    assert not Deal.objects.open().filter(pk=deal.pk).exists()


@pytest.fixture
def witness(account, agent):
    """Somebody older than all clients, whose row lies behind theirs in the table: it was written last."""
    return ContactFactory(account=account, assigned_to=agent)


def take_part(witness, *deals):
    """Let the oldest person take part, and lie last."""
    for deal in deals:
        PartyFactory(deal=deal, person=witness, role="lawyer")
    Person.objects.filter(pk=witness.pk).update(city="Calpe")


def change_type(deal, by):
    deal = Deal.objects.get(pk=deal.pk)
    deal.type = "rent"
    deal.revise(by=by, version=deal.version)


@pytest.mark.parametrize("way", ["won", "lost", "offer", "type"])
def test_a_deal_is_closed_while_those_who_take_part_are_assigned(witness, deals, admin, agent, way):
    take_part(witness, deals[0])
    if way == "type":
        Party.objects.filter(deal=deals[0], person=witness).update(role="buyer")
    words = {"reason": "Too dear"} if way == "lost" else {}
    deeds = {"type": lambda: change_type(deals[0], agent)}

    assigned, _moved = in_line(
        lambda: assign_records(Person.objects.all(), admin, by=agent)[0],
        deeds.get(way, lambda: pipeline.move(deals[0], way, by=agent, **words)),
    )

    assert assigned == 3
    stored = Deal.objects.get(pk=deals[0].pk)
    assert (stored.type if way == "type" else stored.stage) == ("rent" if way == "type" else way)


def test_an_import_closes_deals_while_those_who_take_part_are_assigned(witness, deals, admin, agent, changing):
    closing = changing(Stage="Won")
    take_part(witness, *deals)

    assigned, written = in_line(lambda: assign_records(Person.objects.all(), admin, by=agent)[0], closing)

    assert (assigned, written) == (3, (2, 0))
    assert [stage for stage, _value in stood()] == ["won", "won"]


def test_who_changes_a_deal_waits_for_who_moves_its_card(deals, agent, pause):
    client, stale = Client(), Deal.objects.get(pk=deals[0].pk)
    client.force_login(agent)
    stale.stage, place = "reservation", reverse("deals:place", args=[stale.pk])

    def change():
        try:
            stale.revise(by=agent, version=stale.version)
        except Conflict as conflict:
            return [change["field"] for change in conflict.changes]

    pause.after(BuyerBoard, "hold")
    _placed, meanwhile = pause.during(lambda: client.post(place, {"stage": "offer"}), change)

    assert meanwhile == ["stage"]
    assert stood()[0][0] == "offer"


@pytest.mark.parametrize("way", ["leave", "role"])
def test_who_is_made_the_client_by_a_merge_can_no_longer_leave(deals, account, agent, pause, way):
    kept = ContactFactory(account=account, assigned_to=agent)
    lawyer = PartyFactory(deal=deals[0], person=kept, role="lawyer")
    gone = Party.objects.clients().get(deal=deals[0]).person
    versions = {person.pk: person.version for person in (kept, gone)}
    pause.after(merging._Merging, "_move_rows")

    def go():
        stored = Party.objects.get(pk=lawyer.pk)
        try:
            leave(stored, by=agent) if way == "leave" else change_role(stored, "notary", by=agent)
        except LastClient:
            return "stays"

    _merge, told = pause.during(lambda: merging.merge(kept, gone, picks={}, versions=versions, by=agent), go)

    assert told == "stays"
    assert Party.objects.present().clients().get(deal=deals[0]).person == kept
