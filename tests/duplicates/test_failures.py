"""A failure at any write, of the merge or of its undoing, leaves everything as it was."""

import pytest
from django.db import connection

from contacts.duplicates.models import Merge
from contacts.duplicates.undoing import undo

from .conftest import state
from .test_merging import into

WRITES = ("INSERT", "UPDATE", "DELETE")
MOST = 120


class Broken(Exception):
    """The database went away."""


class BreaksAt:
    """Lets a number of writes through and breaks at the next."""

    def __init__(self, number):
        self.left = number

    def __call__(self, execute, sql, params, many, context):
        if sql.startswith(WRITES):
            if self.left == 0:
                raise Broken
            self.left -= 1
        return execute(sql, params, many, context)


def broken_at_each_write(deed):
    """Do a deed that breaks at its first write, its second, and so on; return how many writes it has."""
    before = state()
    for number in range(MOST):
        try:
            with connection.execute_wrapper(BreaksAt(number)):
                deed()
        except Broken:
            assert state() == before, f"write {number} left something behind"
        else:
            return number
    raise AssertionError("there is no end of it")


@pytest.mark.django_db(transaction=True)
def test_a_merge_is_done_or_not(ana, anna, together, admin):
    writes = broken_at_each_write(lambda: into(ana, anna, admin, avatar=str(anna.pk)))

    assert writes > 15
    assert Merge.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_undoing_is_done_or_not(ana, anna, together, admin):
    done = into(ana, anna, admin, avatar=str(anna.pk))
    writes = broken_at_each_write(lambda: undo(done, by=admin))

    assert writes > 15
    assert not Merge.objects.standing().exists()
