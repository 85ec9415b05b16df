"""Moving leads along the pipeline: the order of a column, two who move at once, and many leads at a time."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from contacts.models import Kind, Person
from contacts.timeline.models import Event
from leads.models import Lead, Status
from leads.pipeline import Gone, arrange, move_many, place_of
from leads.placing import column
from tesoro.ranking import GAP, Place
from tests.factories import LeadFactory, UserFactory


@pytest.fixture
def leads(account, agent):
    """Four new leads, A to D, from the top."""
    return {
        name: LeadFactory(account=account, assigned_to=agent, first_name=name, lead__rank=place * GAP)
        for place, name in enumerate("ABCD")
    }


def order(account, status="new"):
    return "".join(column(account, status).values_list("person__first_name", flat=True))


def test_a_lead_is_put_before_another(account, agent, leads):
    assert arrange(leads["D"], Place("new", before=leads["B"].pk), by=agent) == []
    assert order(account) == "ADBC"


def test_a_lead_is_put_behind_another(account, agent, leads):
    arrange(leads["A"], Place("new", after=leads["C"].pk), by=agent)
    assert order(account) == "BCAD"


def test_a_lead_without_neighbours_lies_on_top(account, agent, leads):
    arrange(leads["C"], Place("new"), by=agent)
    assert order(account) == "CABD"


def test_a_neighbour_that_left_the_column_counts_for_nothing(account, agent, leads):
    arrange(leads["B"], Place("contacted"), by=agent)
    arrange(leads["A"], Place("new", before=leads["B"].pk, after=leads["C"].pk), by=agent)
    assert order(account) == "CAD"


def test_another_status_is_told_and_dated(account, agent, leads):
    before = leads["A"].lead.status_since
    changes = arrange(leads["A"], Place("contacted"), by=agent)
    assert [change["field"] for change in changes] == ["status"]
    assert (order(account), order(account, "contacted")) == ("BCD", "A")
    assert Lead.objects.get(pk=leads["A"].pk).status_since > before
    assert leads["A"].events.get().verb == "status_changed"


def test_another_place_in_the_same_column_is_no_event(account, agent, leads):
    before = Lead.objects.get(pk=leads["D"].pk).status_since
    arrange(leads["D"], Place("new"), by=agent)
    assert Event.objects.count() == 0
    assert Lead.objects.get(pk=leads["D"].pk).status_since == before


@pytest.mark.parametrize("name", "ABCD")
def test_a_move_is_undone_to_the_very_place(account, agent, leads, name):
    was = place_of(leads[name].lead)
    arrange(leads[name], Place("lost", "Bought elsewhere"), by=agent)
    arrange(leads[name], was, by=agent)
    assert order(account) == "ABCD"
    assert Lead.objects.get(pk=leads[name].pk).reason == ""


def test_the_reason_comes_back_with_the_place(account, agent, leads):
    arrange(leads["A"], Place("lost", "Bought elsewhere"), by=agent)
    was = place_of(Lead.objects.get(pk=leads["A"].pk))
    arrange(leads["A"], Place("new"), by=agent)
    arrange(leads["A"], was, by=agent)
    assert Lead.objects.get(pk=leads["A"].pk).reason == "Bought elsewhere"


def test_nobody_is_arranged_who_is_no_lead_any_more(agent, leads):
    Person.objects.filter(pk=leads["A"].pk).update(kind=Kind.CONTACT, role="buyer")
    with pytest.raises(Gone):
        arrange(leads["A"], Place("new"), by=agent)


@pytest.mark.parametrize("place", [Place("converted"), Place("lost"), Place("nonsense")])
def test_what_the_rules_refuse_moves_nothing(account, agent, leads, place):
    with pytest.raises(ValidationError):
        arrange(leads["D"], place, by=agent)
    assert order(account) == "ABCD"


def test_a_form_that_was_opened_before_a_move_leaves_the_card_where_it_is(account, agent, leads):
    edited = Person.objects.select_related("lead", "account").get(pk=leads["D"].pk)
    arrange(leads["D"], Place("new"), by=agent)
    edited.lead.stage = "hot"
    edited.revise(by=agent, version=edited.version)
    assert order(account) == "DABC"


@pytest.mark.django_db(transaction=True)
def test_of_many_who_move_at_once_all_succeed_and_nothing_is_lost(account, agent, leads):
    Lead.objects.update(rank=0)  # no room at all: the first of them spreads the column
    more = [LeadFactory(account=account, assigned_to=agent, first_name=name, lead__rank=0) for name in "EFGH"]
    start = threading.Barrier(4, timeout=20)

    def move_before(names):
        start.wait()
        try:
            for person in names:
                arrange(person, Place("new", before=leads["C"].pk), by=agent)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(move_before, [[leads["D"], more[0]], [leads["A"], more[1]], [leads["B"], more[2]], [more[3]]]))

    assert sorted(order(account)) == list("ABCDEFGH")
    assert order(account)[-1] == "C"
    ranks = list(column(account, "new").values_list("rank", flat=True))
    assert len(set(ranks)) == len(ranks)


@pytest.mark.django_db(transaction=True)
def test_cards_leave_a_column_while_it_is_spread_anew(account, agent, leads):
    more = LeadFactory.create_batch(12, account=account, assigned_to=agent, first_name="Z", lead__rank=0)
    Lead.objects.update(rank=0)
    start = threading.Barrier(4, timeout=20)

    def work(number):
        start.wait()
        try:
            for person in more[number::4]:
                arrange(person, Place("contacted" if number % 2 else "new", before=leads["C"].pk), by=agent)
            if number == 0:
                move_many(Person.objects.filter(pk__in=[leads[name].pk for name in "AB"]), "qualified", by=agent)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(work, range(4)))

    assert (order(account), order(account, "contacted")) == ("ZZZZZZCD", "ZZZZZZ")
    assert order(account, "qualified") == "AB"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_move_one_card_the_last_decides(account, agent, leads):
    start = threading.Barrier(2, timeout=20)

    def move_to(status):
        start.wait()
        try:
            arrange(leads["A"], Place(status), by=agent)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(move_to, ["contacted", "qualified"]))

    stored = Lead.objects.get(pk=leads["A"].pk)
    last = leads["A"].events.order_by("pk").last()
    assert leads["A"].events.count() == 2
    assert str(stored.get_status_display()) == last.data["new"]


def test_many_get_another_status(account, agent, leads):
    move_many(Person.objects.filter(pk=leads["C"].pk), "contacted", by=agent)
    some = Person.objects.filter(pk__in=[leads[name].pk for name in "ABC"])
    assert move_many(some, "contacted", by=agent)[0] == 2
    assert (order(account), order(account, "contacted")) == ("D", "ABC")


def test_many_tell_what_one_would(account, agent, leads):
    move_many(Person.objects.filter(pk=leads["A"].pk), "lost", by=agent, reason=" Bought  elsewhere ")
    arrange(leads["B"], Place("lost", "Bought elsewhere"), by=agent)
    of_many, of_one = (leads[name].events.get() for name in "AB")
    assert of_many.verb == of_one.verb
    told = {key: value for key, value in of_many.data.items() if key != "was"}
    assert told == {key: value for key, value in of_one.data.items() if key != "version"}
    alike = ["version", "kind"]
    people = [Person.objects.get(pk=leads[name].pk) for name in "AB"]
    assert len({tuple(getattr(person, name) for name in alike) for person in people}) == 1
    assert people[0].last_activity_at == of_many.at


def test_those_who_leave_an_end_lose_its_reason(account, agent, leads):
    move_many(Person.objects.all(), "lost", by=agent, reason="Moved away")
    move_many(Person.objects.all(), "qualified", by=agent, reason="ignored")
    assert set(Lead.objects.values_list("status", "reason")) == {(Status.QUALIFIED, "")}


@pytest.mark.parametrize(("status", "field"), [("lost", "reason"), ("converted", "status"), ("nonsense", "status")])
def test_many_are_refused_what_one_is(agent, leads, status, field):
    with pytest.raises(ValidationError) as refused:
        move_many(Person.objects.all(), status, by=agent)
    assert field in refused.value.message_dict
    assert Event.objects.count() == 0


def test_many_take_a_few_statements_whatever_their_number(account, agent, django_assert_max_num_queries):
    LeadFactory.create_batch(120, account=account, assigned_to=agent)
    with django_assert_max_num_queries(12):
        assert move_many(Person.objects.for_account(account), "contacted", by=agent)[0] == 120


def test_contacts_and_the_trash_are_left_out_of_many(agent, leads):
    Person.objects.filter(pk=leads["A"].pk).update(kind=Kind.CONTACT, role="buyer")
    leads["B"].trash(by=UserFactory(account=agent.account))
    assert move_many(Person.with_trash.all(), "contacted", by=agent)[0] == 2
