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
    {"street": "calle mayor, 12"},
    {"city": "ALTEA"},
    {"state": "Comunitat Valenciana"},
]
ELSEWHERE = [
    {"street": "Calle Menor 3"}, {"street": ""}, {"street": "Calle Mayor 125"}, {"street": "Calle Mayor 1"},
    {"city": "Calpe"}, {"city": ""}, {"zip_code": "03710"}, {"country": "DE"},
]  # fmt: skip
# An address that was known in part only, and what may be added to it.
IN_PART = [
    ("", "Calle Mayor 12", True),
    ("Calle Mayor", "Calle Mayor 12", True),
    ("Calle Mayor", "Calle Mayor de Gràcia 3", False),
    ("A", "Avenida Diagonal 500", False),
]


@pytest.mark.parametrize(("before", "after", "same"), IN_PART)
def test_a_street_may_be_filled_in_and_get_its_number(before, after, same):
    stood = Person(**STOOD | {"street": before, "city": "", "zip_code": "", "country": ""})
    now = Person(**STOOD | {"street": after})
    leave_point(stood, now)
    assert (now.latitude == 38.6) is same


def test_the_same_point_that_was_chosen_again_stays(as_agent, contact, agent):
    Person.objects.filter(pk=contact.pk).update(**STOOD | {"city": "Calpe"})
    form = as_agent.get(reverse("contacts:edit", args=[contact.pk])).context["form"]
    data = {name: form[name].value() or "" for name in form.fields if name != "photo"} | {"city": "Altea"}
    as_agent.post(reverse("contacts:edit", args=[contact.pk]), data | {"placed": "1"})
    contact.refresh_from_db()
    assert (contact.city, contact.latitude) == ("Altea", 38.6)


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
