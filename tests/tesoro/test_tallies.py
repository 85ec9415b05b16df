"""How many records of each kind an account has."""

import pytest

from accounts.models import Account
from tesoro import tallies
from tests.factories import ContactFactory, LeadFactory, RelationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def records(account, stranger):
    ContactFactory.create_batch(3, account=account)
    LeadFactory(account=account)
    ContactFactory(account=account).trash(by=None)
    RelationFactory(account=account)
    ContactFactory(account=stranger.account)
    return Account.objects.get(pk=account.pk)


def test_each_kind_is_counted_by_itself_in_the_account_alone(records):
    assert [tallies.tally(records, kind) for kind in ("contact", "lead", "relation")] == [3, 1, 1]


def test_all_are_asked_in_one_query_once_a_request(records, django_assert_num_queries):
    with django_assert_num_queries(1):
        for kind in ("contact", "lead", "relation", "contact"):
            tallies.tally(records, kind)


def test_that_there_are_many_is_remembered_but_not_how_few(records, monkeypatch):
    monkeypatch.setattr(tallies, "COUNTED", 2)
    tallies.tally(records, "contact")
    ContactFactory(account=records)
    LeadFactory(account=records)
    again = Account.objects.get(pk=records.pk)

    assert tallies.tally(again, "contact") == 3  # one more than is counted, whatever came since
    assert tallies.tally(again, "lead") == 2
