"""Two admins merge the same pair at once: one does, the other is told. The same for an undoing."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from contacts.duplicates.models import Merge
from contacts.duplicates.views import compare
from contacts.models import Person
from tests.factories import ContactFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


def send(url, user, data):
    """Post in a thread of its own, as a second process would."""
    client = Client()
    client.force_login(user)
    try:
        return client.post(url, data, follow=True)
    finally:
        connection.close()


def at_once(*requests):
    with ThreadPoolExecutor(len(requests)) as threads:
        return list(threads.map(lambda request: send(*request), requests))


@pytest.fixture
def both_ready(monkeypatch):
    """Let two requests read the people before either of them merges."""
    import threading

    barrier = threading.Barrier(2, timeout=20)
    merge = compare.merge

    def wait(*args, **kwargs):
        barrier.wait()
        return merge(*args, **kwargs)

    monkeypatch.setattr(compare, "merge", wait)


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_merges_one_is_done_and_the_other_told(account, admin, both_ready, turned):
    other = UserFactory(account=account, role="admin", first_name="Marta")
    one, two = (ContactFactory(account=account, assigned_to=admin, email=f"{n}@example.com") for n in "ab")
    data = {f"version-{person.pk}": person.version for person in (one, two)}
    keeps = [one.pk, two.pk if turned else one.pk]
    url = reverse("duplicates:compare", args=[one.pk, two.pk])
    answers = at_once(*((url, user, {**data, "keep": keep}) for user, keep in zip((admin, other), keeps, strict=True)))

    told = [" ".join(answer.content.decode().split()) for answer in answers]
    assert Merge.objects.count() == 1
    assert Person.objects.filter(pk__in=[one.pk, two.pk]).count() == 1
    assert sum("Nothing was changed." in page for page in told) == 1


def test_of_two_undoings_one_is_done_and_the_other_told(account, admin):
    other = UserFactory(account=account, role="admin")
    one, two = (ContactFactory(account=account, assigned_to=admin, email=f"{n}@example.com") for n in "ab")
    data = {f"version-{person.pk}": person.version for person in (one, two)}
    send(reverse("duplicates:compare", args=[one.pk, two.pk]), admin, {**data, "keep": one.pk})
    url = reverse("duplicates:undo", args=[Merge.objects.get().pk])
    answers = at_once((url, admin, {}), (url, other, {}))

    assert sorted(answer.status_code for answer in answers) == [200, 422]
    assert Person.objects.filter(pk__in=[one.pk, two.pk]).count() == 2
