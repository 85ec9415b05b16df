"""Pages by key: nobody comes twice, nobody is left out, in either direction and in every order."""

from datetime import timedelta

import pytest
from django.utils import timezone

from contacts.models import Contact
from contacts.people_sections import ContactSection
from tesoro import keyset
from tesoro.keyset import Sort
from tests.factories import ContactFactory, UserFactory


@pytest.fixture
def people(account):
    agent, now = UserFactory(account=account), timezone.now()
    for number in range(23):
        ContactFactory(
            account=account,
            assigned_to=agent,
            last_name=["Alba", "Bosch", "Coll"][number % 3],
            first_name="Ana",
            role=["buyer", "lawyer"][number % 2],
            created_at=now - timedelta(days=number % 4),
            last_activity_at=now - timedelta(days=number % 5),
        )
    return Contact.objects.for_account(account)


def _walk(people, sort, size, start="", direction="next"):
    seen, cursor = [], start
    while True:
        page = keyset.page(people, sort, size, **{"after" if direction == "next" else "before": cursor})
        seen.append([person.pk for person in page.rows])
        cursor = getattr(page, direction)
        if not cursor:
            return seen, page


@pytest.mark.parametrize("sort", ContactSection.sorts, ids=lambda sort: sort.key)
def test_walking_forward_meets_everybody_once_in_order(people, sort):
    pages, _last = _walk(people, sort, 5)

    flat = [pk for page in pages for pk in page]
    sign = "-" if sort.descending else ""
    assert flat == list(people.order_by(f"{sign}{sort.column}", f"{sign}pk").values_list("pk", flat=True))
    assert [len(page) for page in pages] == [5, 5, 5, 5, 3]


@pytest.mark.parametrize("sort", ContactSection.sorts, ids=lambda sort: sort.key)
def test_walking_back_meets_the_same_pages(people, sort):
    forward, last = _walk(people, sort, 5)

    backward, _first = _walk(people, sort, 5, start=last.previous, direction="previous")

    assert backward[::-1] == forward[:-1]


def test_the_first_page_has_no_previous_and_the_last_no_next(people):
    sort = ContactSection.sorts[0]

    assert keyset.page(people, sort, 50).previous == ""
    assert keyset.page(people, sort, 50).next == ""
    assert keyset.page(people.none(), sort, 50).rows == []


def test_a_page_costs_one_query(people, django_assert_num_queries):
    cursor = keyset.page(people, ContactSection.sorts[0], 5).next

    with django_assert_num_queries(1):
        keyset.page(people, ContactSection.sorts[0], 5, after=cursor)


@pytest.mark.parametrize("cursor", ["x", "e30", "🙂", "WzEsMiwzXQ", "W10", "a" * 5000, "bnVsbA"])
def test_a_damaged_cursor_gives_the_first_page(people, cursor):
    page = keyset.page(people, ContactSection.sorts[0], 5, after=cursor)

    assert len(page.rows) == 5
    assert page.previous == ""


def test_a_cursor_of_other_filters_gives_the_first_page(people):
    cursor = keyset.page(people, ContactSection.sorts[0], 5, scope="role=buyer").next

    assert keyset.page(people, ContactSection.sorts[0], 5, after=cursor, scope="role=lawyer").previous == ""


def test_a_cursor_of_another_order_gives_the_first_page(people):
    cursor = keyset.page(people, ContactSection.sorts[0], 5).next

    assert keyset.page(people, Sort("name", "name_key"), 5, after=cursor).previous == ""


def _walk_merged(sources, size):
    seen, cursor = [], ""
    while True:
        page = keyset.merged(sources, size, after=cursor, scope="both")
        seen.append(page.rows)
        cursor = page.next
        if not cursor:
            return seen


@pytest.mark.parametrize("size", [1, 4, 23, 50])
def test_several_querysets_are_walked_as_one(people, size):
    """Many rows have one moment: at the edge of a page lie some of either queryset."""
    old, young = people.filter(role="lawyer"), people.filter(role="buyer")
    pages = _walk_merged([(old, "created_at"), (young, "created_at")], size)

    found = [row for page in pages for row in page]
    by_moment = sorted(people, key=lambda one: (one.created_at, one.role == "lawyer", one.pk), reverse=True)
    assert found == by_moment
    assert all(len(page) == size for page in pages[:-1])


def test_each_of_them_has_a_column_of_its_own(people):
    pages = _walk_merged([(people, "created_at"), (people, "last_activity_at")], 7)

    moments = [one.created_at for one in people] + [one.last_activity_at for one in people]
    assert sum(map(len, pages)) == len(moments)
    assert pages[0][0].created_at == max(moments)


@pytest.mark.parametrize("scope", ["both", "other"])
def test_a_cursor_of_another_scope_gives_the_first_page_of_several(people, scope):
    sources = [(people, "created_at")]
    page = keyset.merged(sources, 5, after=keyset.merged(sources, 5, scope="both").next, scope=scope)

    assert bool(page.previous) == (scope == "both")
    assert len(page.rows) == 5


def test_of_several_empty_querysets_there_is_an_empty_page(account):
    nobody = Contact.objects.none()
    assert keyset.merged([(nobody, "created_at"), (nobody, "created_at")], 5) == keyset.Page()
