"""What somebody looks for, as it is stored and in the one line in which it is read."""

import pytest
from django.core.exceptions import ValidationError

from contacts.criteria.choices import PropertyType
from contacts.criteria.fields import ChoicesField, WordsField, holding
from leads.models import Lead
from tests.factories import LeadFactory

TOLD = [
    ({"property_types": "villa"}, "Villa"),
    ({"property_types": "penthouse,villa"}, "Penthouse or villa"),
    ({"property_types": "apartment,penthouse,villa"}, "Apartment, penthouse or villa"),
    ({"property_types": "villa", "locations": "Altea, Calpe, Jávea"}, "Villa, Altea, Calpe or Jávea"),
    ({"property_types": "villa", "price_to": 485_000}, "Villa, to €485k"),
    ({"property_types": "villa", "bedrooms": 3, "bathrooms": 2}, "Villa, 3+ beds, 2+ baths"),
    ({"property_types": "plot", "area_from": 800, "area_to": 1200}, "Plot, 800–1200 m²"),
    ({"property_types": "plot", "area_from": 800}, "Plot, 800+ m²"),
    ({"property_types": "plot", "area_to": 900}, "Plot, to 900 m²"),
    ({"property_types": "villa", "features": "Pool, Sea view"}, "Villa, Pool, Sea view"),
]


@pytest.mark.parametrize(("known", "line"), TOLD)
def test_criteria_are_told_in_one_line(known, line):
    assert Lead(**known).criteria_told("EUR") == line


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Altea ,Calpe", "Altea, Calpe"),
        ("Altea; altea|ALTÉA\nCalpe", "Altea, Calpe"),
        ("", ""),
        (" , ;", ""),
    ],
)
def test_words_are_kept_once_each(typed, kept):
    assert WordsField(blank=True).clean(typed, None) == kept


def test_words_have_limits():
    field = WordsField(blank=True, most=2, each=5)
    for typed in ("a, b, c", "abcdef", "a\x00b"):
        with pytest.raises(ValidationError):
            field.clean(typed, None)
    assert field.max_length >= len(", ".join(["abcde"] * 2))


def test_choices_are_kept_in_the_order_of_the_list():
    field = ChoicesField("kinds", kinds=PropertyType)
    assert field.clean(["villa", "apartment", "villa"], None) == "apartment,villa"
    assert field.clean("villa,apartment", None) == "apartment,villa"
    for wrong in (["castle"], "villa,castle", [], ""):
        with pytest.raises(ValidationError):
            field.clean(wrong, None)


def test_a_kind_is_found_wherever_it_stands_and_never_inside_another(account):
    kinds = ["house", "house,villa", "apartment,house", "apartment,house,villa", "townhouse", "penthouse,townhouse"]
    for kind in kinds:
        LeadFactory(account=account, lead__property_types=kind)
    found = Lead.objects.filter(holding("property_types", ["house"])).values_list("property_types", flat=True)
    assert sorted(found) == sorted(kinds[:4])
    assert Lead.objects.filter(holding("property_types", ["house", "townhouse"])).count() == 6
    assert not Lead.objects.filter(holding("property_types", [])).exists()
