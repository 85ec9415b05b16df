"""Questions of the dashboard: the answers of the ORM, their SQL built once."""

import datetime as dt

import pytest
from django.db.models import Count, Q

from contacts.dashboard import months
from contacts.dashboard.asked import Asked, AskedRows, whose
from contacts.models import Person
from contacts.timeline.models import Event
from contacts.timeline.verbs import WRITTEN
from deals.models import Deal, Stage
from tests.factories import ContactFactory, DealFactory

from .conftest import scope

pytestmark = pytest.mark.django_db


def at(day, hour=0):
    return dt.datetime(2026, 11, day, hour, tzinfo=dt.UTC)


def made_between(account, agent, start, end):
    people = Person.objects.for_account(account).filter(created_at__gte=start, created_at__lt=end).order_by("pk")
    return (people if agent is None else people.filter(assigned_to=agent)).values_list("pk")


@pytest.fixture
def people(account, admin, agent):
    """Three people, the second of them somebody else's."""
    return [
        ContactFactory(account=account, assigned_to=user, created_at=at(day))
        for day, user in ((1, admin), (2, agent), (3, admin))
    ]


def test_it_answers_for_any_moments_and_for_one_or_for_all(account, admin, people, stranger):
    ContactFactory(account=stranger.account, assigned_to=stranger, created_at=at(2))
    asked = Asked(made_between)

    assert asked(account.pk, None, at(1), at(3)) == [(people[0].pk,), (people[1].pk,)]
    assert asked(account.pk, admin.pk, at(2), at(4)) == [(people[2].pk,)]
    assert asked(account.pk, None, at(2), at(3, 1)) == [(people[1].pk,), (people[2].pk,)]
    assert asked.count(account.pk, None, at(1), at(9)) == 3


def test_the_second_question_of_a_kind_builds_nothing(account, admin):
    built = []
    asked = Asked(lambda *args: built.append(args) or made_between(*args))

    for agent in (None, None, admin.pk, admin.pk):
        asked(account.pk, agent, at(1), at(2))
    assert len(built) == 2


def test_it_may_be_asked_with_any_number_of_keys(account, people):
    asked = Asked(lambda *keys: Person.objects.filter(pk__in=keys).order_by("pk").values_list("pk"))

    assert asked(people[0].pk) == [(people[0].pk,)]
    assert asked(people[2].pk, people[0].pk) == [(people[0].pk,), (people[2].pk,)]


def test_days_and_conditions_of_counts_are_asked_for_anew(account, admin):
    for day in (10, 20):
        DealFactory(account=account, assigned_to=admin, stage=Stage.OFFER, closing_on=dt.date(2026, 11, day))

    def by_stage(office, last):
        rows = Deal.objects.for_account(office).order_by().values_list("stage")
        return rows.annotate(n=Count("pk"), due=Count("pk", filter=Q(closing_on__lte=last)))

    asked = Asked(by_stage)
    assert asked(account.pk, dt.date(2026, 11, 15)) == [("offer", 2, 1)]
    assert asked(account.pk, dt.date(2026, 11, 25)) == [("offer", 2, 2)]


def test_rows_are_records_and_what_was_not_read_is_read_when_it_is_asked_for(account, admin):
    deal = DealFactory(account=account, assigned_to=admin, closing_on=dt.date(2026, 11, 10))
    asked = AskedRows(lambda office: Deal.objects.for_account(office).only("name", "closing_on"))

    (found,) = asked(account.pk)
    assert (found, found.closing_on, found.stage) == (deal, dt.date(2026, 11, 10), deal.stage)


def test_words_of_the_program_stand_in_the_sql(account):
    asked = Asked(lambda office: Event.objects.for_account(office).filter(verb__in=WRITTEN).values_list("pk"))
    sql, params = asked.statement(account.pk)

    assert all(f"'{verb}'" in sql for verb in WRITTEN)
    assert params == [account.pk]


def test_words_that_are_none_of_the_program_have_no_place_there(account):
    asked = Asked(lambda office: Person.objects.for_account(office).filter(first_name="O'Neill").values_list("pk"))

    with pytest.raises(ValueError, match="O'Neill"):
        asked(account.pk)


def test_each_span_is_counted_in_one_query(account, people, admin, django_assert_num_queries):
    spans = [(at(1), at(2)), (at(2), at(9)), (at(5), at(9)), (at(1), at(9))]

    with django_assert_num_queries(1):
        assert months.counts(Asked(made_between), whose(scope(admin)), spans) == [1, 2, 0, 3]
    assert months.counts(Asked(made_between), whose(scope(admin, agent=admin)), spans) == [1, 1, 0, 2]
