"""An address that is changed to another place leaves its point on the map behind; the same place keeps it."""

import pytest
from django.urls import reverse

from contacts.models import Person
from tesoro.addresses import leave_point

STOOD = {
    "street": "Calle Mayor 12", "zip_code": "03590", "city": "Altea", "state": "Alicante", "country": "ES",
    "latitude": 38.6, "longitude": -0.05,
}  # fmt: skip
SAME = [
    {},
    {"street": "Calle Mayor 12, 2.º B"},
    {"street": "calle mayor 12"},
    {"city": "ALTEA"},
    {"state": "Comunitat Valenciana"},
]
ELSEWHERE = [
    {"street": "Calle Menor 3"}, {"street": ""}, {"city": "Calpe"}, {"city": ""}, {"zip_code": "03710"},
    {"country": "DE"},
]  # fmt: skip


@pytest.mark.parametrize("changes", SAME)
def test_the_same_place_keeps_its_point(changes):
    after = Person(**STOOD | changes)
    leave_point(Person(**STOOD), after)
    assert (after.latitude, after.longitude) == (38.6, -0.05)


@pytest.mark.parametrize("changes", ELSEWHERE)
def test_another_place_leaves_it_behind(changes):
    after = Person(**STOOD | changes)
    leave_point(Person(**STOOD), after)
    assert (after.latitude, after.longitude) == (None, None)


@pytest.mark.parametrize("changes", ELSEWHERE)
def test_a_point_that_came_with_the_address_stays(changes):
    after = Person(**STOOD | changes | {"latitude": 39.4, "longitude": -0.4})
    leave_point(Person(**STOOD), after)
    assert (after.latitude, after.longitude) == (39.4, -0.4)


def test_a_field_changed_in_place_takes_the_point_off(as_agent, contact):
    Person.objects.filter(pk=contact.pk).update(**STOOD)
    as_agent.post(reverse("contacts:info-field", args=[contact.pk, "city"]), {"city": "Calpe", "version": "1"})
    contact.refresh_from_db()
    assert (contact.city, contact.latitude) == ("Calpe", None)


def test_an_office_that_moved_does_too(as_admin, account):
    form = as_admin.get(reverse("settings:account")).context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    as_admin.post(reverse("settings:account"), data | STOOD)
    account.refresh_from_db()
    assert account.latitude == 38.6
    as_admin.post(reverse("settings:account"), data | STOOD | {"city": "Calpe"})
    account.refresh_from_db()
    assert (account.city, account.latitude) == ("Calpe", None)
