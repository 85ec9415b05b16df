"""The model field that keeps phone numbers: in forms, templates, filters and the database."""

from collections.abc import Iterator
from typing import Any
from unittest import mock

import phonenumbers
import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.template import Context, Template
from django.test.utils import isolate_apps
from phonenumber_field.phonenumber import PhoneNumber

from tesoro.phones import PhoneField, clean_phone

SPANISH = "+34612345678"


@pytest.fixture
def model() -> Iterator[type[models.Model]]:
    """Return a model with a required and an optional phone, known to nobody else."""
    with isolate_apps("contacts"):

        class Caller(models.Model):
            phone = PhoneField()
            whatsapp = PhoneField(blank=True)

            class Meta:
                app_label = "contacts"
                db_table = "test_phones_caller"

            def __str__(self) -> str:
                return str(self.pk)

        yield Caller


@pytest.fixture
def table(model: type[models.Model], db: None) -> type[models.Model]:
    """Return the model with its table, which goes with the transaction of the test."""
    key = "serial" if connection.vendor == "postgresql" else "integer"
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TABLE test_phones_caller (id {key} PRIMARY KEY, phone varchar(16), whatsapp varchar(16))"
        )
    return model


def test_full_clean_normalises_what_a_script_has_set(model: Any) -> None:
    caller = model(phone="0034 612 345 678")
    caller.full_clean()
    assert caller.phone == SPANISH
    assert caller.phone.as_e164 == SPANISH


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("612345678", "No country code. Start with + or 00."),
        ("+34612345678 ext 12", "Leave out the extension “ext 12”."),
        ("", "Phone is missing."),
    ],
)
def test_full_clean_refuses_with_our_words(model: Any, typed: str, message: str) -> None:
    with pytest.raises(ValidationError) as refused:
        model(phone=typed).full_clean()
    assert refused.value.message_dict == {"phone": [message]}


@pytest.mark.parametrize("typed", [SPANISH, "+54 9 11 2345-6789", "+4915112345678", "+8613812345678"])
def test_a_number_longer_than_the_column_when_shown_is_no_error(model: Any, typed: str) -> None:
    instance = model(phone=typed)
    instance.full_clean()

    assert instance.phone.as_e164 == clean_phone(typed)


def test_a_form_shows_our_words_and_keeps_what_was_typed(model: Any) -> None:
    form_class = forms.modelform_factory(model, fields=["phone", "whatsapp"])
    form = form_class({"phone": "612 345 678", "whatsapp": "12x"})
    assert form.errors == {
        "phone": ["No country code. Start with + or 00."],
        "whatsapp": ["A phone has no letters: “x”."],
    }
    assert 'value="612 345 678"' in str(form["phone"])
    assert 'type="tel"' in str(form["phone"])
    assert form_class({"phone": " "}).errors == {"phone": ["Phone is missing."]}


def test_a_form_cleans_and_has_room_for_what_people_type(model: Any) -> None:
    form_class = forms.modelform_factory(model, fields=["phone", "whatsapp"])
    form = form_class({"phone": "'+44 (0) 20 7946 0958", "whatsapp": ""})
    assert form.is_valid(), form.errors
    assert form.instance.phone.as_e164 == "+442079460958"
    assert form.instance.whatsapp == ""
    assert 'maxlength="40"' in str(form_class()["phone"])


def test_a_form_shows_the_stored_number_in_international_format_and_sees_no_change(model: Any) -> None:
    form_class = forms.modelform_factory(model, fields=["phone"])
    caller = model(phone=SPANISH)
    assert 'value="+34 612 34 56 78"' in str(form_class(instance=caller)["phone"])
    assert not form_class({"phone": "+34 612 34 56 78"}, instance=caller).has_changed()
    assert form_class({"phone": "+34 612 34 56 79"}, instance=caller).has_changed()


def test_the_admin_widget_can_be_put_on_the_field(model: Any) -> None:
    field = model._meta.get_field("phone").formfield(widget=forms.TextInput(attrs={"class": "vTextField"}))
    assert field.clean("0034 612345678") == SPANISH


def test_a_template_renders_the_international_format(model: Any) -> None:
    assert Template("{{ caller.phone }}").render(Context({"caller": model(phone=SPANISH)})) == "+34 612 34 56 78"


def test_the_database_holds_e164_whatever_was_saved(table: Any) -> None:
    saved = table.objects.create(phone="0034 612 345 678")
    assert list(table.objects.values_list("phone", "whatsapp")) == [(SPANISH, "")]
    saved.refresh_from_db()
    assert saved.phone.as_international == "+34 612 34 56 78"


def test_saving_refuses_what_is_no_number(table: Any) -> None:
    with pytest.raises(ValidationError, match="No country code"), transaction.atomic():
        table.objects.create(phone="612345678")
    with pytest.raises(ValidationError), transaction.atomic():
        table.objects.bulk_create([table(phone="call me")])
    table.objects.create(phone=SPANISH)
    with pytest.raises(ValidationError), transaction.atomic():
        table.objects.update(phone="12")


def test_filters_read_every_spelling_and_find_nothing_for_what_is_no_number(table: Any) -> None:
    table.objects.create(phone=SPANISH)
    for typed in (SPANISH, "+34 612 34 56 78", "0034612345678", PhoneNumber.from_string(SPANISH)):
        assert table.objects.filter(phone=typed).count() == 1
        assert table.objects.filter(phone__in=[typed]).count() == 1
    assert not table.objects.filter(phone="nonsense").exists()
    assert table.objects.filter(phone__contains="6123").count() == 1
    assert table.objects.filter(whatsapp="").count() == 1


def test_expressions_pass_through(table: Any) -> None:
    table.objects.create(phone=SPANISH)
    table.objects.update(whatsapp=models.F("phone"))
    assert table.objects.filter(whatsapp=models.F("phone")).count() == 1


def test_loading_and_saving_parse_nothing_until_the_number_is_asked_for(table: Any) -> None:
    table.objects.bulk_create([table(phone=SPANISH) for _row in range(3)])
    unwanted = AssertionError("looked at a number")
    with mock.patch.multiple(phonenumbers, parse=unwanted, is_valid_number=unwanted):
        for caller in table.objects.all():
            caller.save()
    assert caller.phone.country_code == 34
    assert caller.phone is caller.phone


def test_a_deferred_number_is_loaded_when_asked_for(table: Any) -> None:
    table.objects.create(phone=SPANISH)
    assert table.objects.defer("phone").get().phone == SPANISH


def test_a_migration_can_write_the_field_down() -> None:
    field = PhoneField(blank=True)
    _name, path, args, kwargs = field.deconstruct()
    assert path == "tesoro.phones.PhoneField"
    assert PhoneField(*args, **kwargs).max_length == 16
    assert PhoneField(*args, **kwargs).blank
