"""What notes are found by, and that nothing leaves it behind."""

import importlib
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from contacts.timeline.models import Note
from contacts.timeline.noting import write_note
from tesoro.search import search, text_of_prose

BODY = "He saw the **terrace** (and _garage_), 350.000 €.\nCall +34 612 34-56 78, or 0049 30 12."


@pytest.mark.parametrize(
    "query",
    [
        "terrace", "te", "ga", "**terrace**", "(and", "an", "350.000", "350000", "612 34 56", "0034 612 34",
        "+49 30 12", "SAW the",
    ],
)  # fmt: skip
def test_a_note_is_found_by_its_words_and_numbers(contact, agent, query):
    note = write_note(contact, BODY, by=agent)

    assert search(Note.objects.for_account(contact.account), contact.account, query).get() == note


@pytest.mark.parametrize("query", ["errace x", "ar", "613 34 56"])
def test_a_note_is_not_found_by_what_it_does_not_say(contact, agent, query):
    write_note(contact, BODY, by=agent)

    assert not search(Note.objects.for_account(contact.account), contact.account, query).exists()


def test_a_note_is_found_by_its_new_text_after_an_edit(contact, agent):
    note = write_note(contact, "Garage", by=agent)
    note.revise("Terrace", by=agent)
    note.pin(True)

    assert Note.objects.get().search_text == text_of_prose("Terrace")


def test_the_migration_fills_the_notes_there_are_those_in_the_trash_too(contact, agent):
    for body in ("Garage", "Terrace"):
        write_note(contact, body, by=agent)
    Note.objects.first().trash(by=agent)
    Note.with_trash.update(search_text="")

    migration = importlib.import_module("contacts.timeline.migrations.0004_note_search")
    migration.fill(apps, SimpleNamespace(connection=connection))

    assert {note.search_text for note in Note.with_trash.all()} == {"  garage", "  terrace"}
