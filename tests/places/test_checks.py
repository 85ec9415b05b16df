"""Settings of places that make no sense are told when the product starts, not when somebody searches."""

import pytest
from django.core.checks import run_checks

OURS = {"tesoro.E002", "tesoro.E003", "tesoro.E004"}
TILES = "https://tiles.example.com/{z}/{x}/{y}.png"


def wrong():
    return [fault.id for fault in run_checks() if fault.id in OURS]


@pytest.mark.parametrize("name", ["", "nominatim", "photon"])
def test_a_service_that_there_is_or_none_is_right(settings, name):
    settings.GEOCODER = name
    assert wrong() == []


@pytest.mark.parametrize("name", ["nominatum", "google", " photon"])
def test_a_service_that_nobody_knows_is_told(settings, name):
    settings.GEOCODER = name
    assert wrong() == ["tesoro.E002"]


@pytest.mark.parametrize("name", ["Tesoro – our CRM", "Tesoro 🏠", "Tesoro\nX-Evil: 1", " Tesoro"])
def test_a_user_agent_that_no_header_can_hold_is_told(settings, name):
    settings.GEOCODER_USER_AGENT = name
    assert wrong() == ["tesoro.E003"]


@pytest.mark.parametrize("name", ["Tesoro CRM (https://crm.example.com)", "Oficina Peñón", ""])
def test_a_user_agent_in_latin_letters_is_right(settings, name):
    settings.GEOCODER_USER_AGENT = name
    assert wrong() == []


@pytest.mark.parametrize("address", ["", TILES, "https://{s}.example.com/{z}/{x}/{y}{r}.png?key=a"])
def test_an_address_of_tiles_or_none_is_right(settings, address):
    settings.MAP_TILES = address
    assert wrong() == []


@pytest.mark.parametrize("part", ["{z}", "{x}", "{y}"])
def test_an_address_of_tiles_without_a_part_is_told(settings, part):
    settings.MAP_TILES = TILES.replace(part, "")
    (fault,) = [fault for fault in run_checks() if fault.id in OURS]
    assert (fault.id, part in fault.msg) == ("tesoro.E004", True)
