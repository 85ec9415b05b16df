"""Questions that every page asks: the answer of the ORM, at the price of its SQL alone."""

import pytest
from django.db.models import F

from contacts.models import Tag
from tesoro.prepared import PreparedRows
from tests.factories import TagFactory

pytestmark = pytest.mark.django_db


def test_rows_are_those_of_the_queryset_for_any_argument(account, stranger, django_assert_num_queries):
    for office, name in ((account, "Sea view"), (account, "Cash"), (stranger.account, "Theirs")):
        TagFactory(account=office, name=name)
    tags = PreparedRows(lambda office, name: Tag.objects.for_account(office).exclude(name=name)[:5])

    with django_assert_num_queries(2):
        assert [tag.name for tag in tags(account.pk, "Cash")] == ["Sea view"]
        assert [tag.name for tag in tags(stranger.account.pk, "Cash")] == ["Theirs"]


def test_rows_carry_what_the_queryset_adds_and_are_whole_records(account, django_assert_num_queries):
    TagFactory(account=account, name="Cash")
    tags = PreparedRows(lambda office: Tag.objects.for_account(office).annotate(word=F("key")))

    with django_assert_num_queries(1):
        (tag,) = tags(account.pk)
        assert (tag.word, tag.name, tag.account_id) == ("cash", "Cash", account.pk)


def test_the_second_question_builds_nothing(account):
    asked = []
    tags = PreparedRows(lambda office: asked.append(office) or Tag.objects.for_account(office))

    assert [list(tags(account.pk)) for _time in range(3)] == [[], [], []]
    assert len(asked) == 1
