"""Addresses of many rows: each is what Django itself would say, wherever the product lives."""

import pytest
from django.urls import get_script_prefix, reverse, set_script_prefix

from contacts.relations.rows import RelationWords
from contacts.rows import PeopleWords
from deals.rows import DealWords
from tesoro.links import by_key
from tests.factories import AccountFactory


@pytest.fixture(params=["/", "/crm20/", "/0/1/"])
def prefix(request):
    """A path under which the product lives."""
    own = get_script_prefix()
    set_script_prefix(request.param)
    yield request.param
    set_script_prefix(own)


@pytest.mark.parametrize("name", ["deals:detail", "deals:place", "contacts:detail", "relations:contacts"])
@pytest.mark.parametrize("key", [1, 10, 207])
def test_address_is_what_reverse_returns(prefix, name, key):
    assert by_key(name)(key) == reverse(name, args=[key])
    assert by_key(name)(key).startswith(prefix)


@pytest.mark.parametrize(
    "words", [DealWords, lambda account: RelationWords(), lambda account: PeopleWords("contact", account)]
)
def test_rows_of_lists_keep_the_path_before_them(prefix, words):
    row = type("Row", (), {"pk": 30})
    url = words(AccountFactory.build()).url(row)
    assert url.startswith(prefix)
    assert url.removeprefix(prefix).count("30") == 1
