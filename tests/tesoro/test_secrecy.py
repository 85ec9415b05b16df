"""Secrets in the database: encrypted with keys outside it, replaceable, never told by a row."""

import json

import pytest
from cryptography.fernet import Fernet
from django.core import serializers

from contacts.lines.models import Line
from tesoro.secrecy import UnreadableError, seal, unseal
from tests.fakes.twilio import TOKEN


def test_a_sealed_secret_comes_back():
    assert unseal(seal("contraseña ñ 🗝")) == "contraseña ñ 🗝"


def test_nothing_stays_nothing():
    assert seal("") == unseal("") == ""


def test_one_secret_is_stored_differently_each_time():
    assert seal("the same") != seal("the same")


def test_a_new_key_in_front_still_reads_what_the_old_one_sealed(settings):
    stored = seal("a token")
    settings.FIELD_KEYS = [Fernet.generate_key().decode(), *settings.FIELD_KEYS]

    assert unseal(stored) == "a token"


def test_a_lost_key_is_told(settings):
    stored = seal("a token")
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]

    with pytest.raises(UnreadableError):
        unseal(stored)


@pytest.mark.parametrize("stored", ["no cipher", "gAAAAA", "ñ", "\0"])
def test_what_was_never_sealed_is_unreadable(stored):
    with pytest.raises(UnreadableError):
        unseal(stored)


def test_neither_the_database_nor_an_export_holds_the_secret(line):
    stored = Line.objects.values().get()
    exported = serializers.serialize("json", [line])

    assert TOKEN not in str(stored)
    assert TOKEN not in exported
    assert unseal(json.loads(exported)[0]["fields"]["token"]) == TOKEN


def test_no_form_offers_a_stored_secret():
    assert not Line._meta.get_field("token").editable
