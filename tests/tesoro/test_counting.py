"""Counts that every page asks for: the answer of the ORM, at the price of its SQL alone."""

import pytest

from contacts.models import Kind, Person
from tesoro.counting import PreparedCount, capped
from tests.factories import AccountFactory, ContactFactory, LeadFactory

pytestmark = pytest.mark.django_db


def test_a_prepared_count_is_that_of_the_queryset_for_any_argument(account, stranger):
    ContactFactory.create_batch(3, account=account)
    LeadFactory(account=account)
    ContactFactory(account=account).trash(by=None)
    ContactFactory(account=stranger.account)
    for kind in Kind:
        of_kind = Person.objects.filter(kind=kind)
        count = PreparedCount(lambda office, rows=of_kind: rows.for_account(office).values("pk"))
        for office in (account, stranger.account, AccountFactory()):
            assert count(office.pk) == (of_kind.for_account(office).count(),)


def test_the_second_question_builds_nothing(account, django_assert_num_queries):
    asked = []
    count = PreparedCount(lambda office: asked.append(office) or Person.objects.for_account(office).values("pk"))
    with django_assert_num_queries(3):
        assert [count(account.pk) for _time in range(3)] == [(0,)] * 3
    assert len(asked) == 1


def test_nothing_beyond_the_limit_is_counted(account):
    ContactFactory.create_batch(4, account=account)
    count = PreparedCount(lambda office: Person.objects.for_account(office).values("pk"), limit=2)
    assert count(account.pk) == (3,)
    assert capped(3, limit=2) == "2+"


def test_words_are_arguments_too(account):
    ContactFactory(account=account, email="zoe@example.com")
    told = PreparedCount(
        lambda office, key: Person.objects.for_account(office).filter(email_key__lte=key).values("email_key"),
        told="COUNT(*), MIN(email_key)",
    )
    assert told(account.pk, "zz") == (1, "zoe@example.com")
    assert told(account.pk, "a") == (0, None)
