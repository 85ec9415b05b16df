"""A command that begins with a row read a while ago leaves alone what a colleague has changed since."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from contacts.models import Person
from contacts.models.photos import set_photo
from contacts.relations.models import Relation
from contacts.timeline.models import Event
from deals.models import Deal
from tests.factories import ContactFactory, DealFactory, RelationFactory

COMMANDS = {
    "trash": lambda record, by: record.trash(by=by),
    "photo": lambda record, by: set_photo(record, ContentFile(b"GIF89a", "face.gif"), by=by),
}


@pytest.fixture
def stale(contact, agent):
    """The contact as it stood before a colleague gave it another name and email."""
    read = Person.objects.get(pk=contact.pk)
    contact.first_name, contact.last_name, contact.email = "Ana", "Nueva", "new@example.com"
    contact.revise(by=agent, version=contact.version)
    return read


def stored(record):
    return type(record).with_trash.get(pk=record.pk)


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_the_keys_of_a_person_stay_those_of_what_is_stored(stale, agent, command):
    command(stale, agent)
    person = stored(stale)
    assert (person.email, person.email_key, person.name_key[:5]) == ("new@example.com", "new@example.com", "nueva")
    assert "nueva" in person.search_text


def test_trash_and_restore_count_the_version_on(stale, agent):
    stale.trash(by=agent)
    assert (stored(stale).version, stale.version) == (3, 3)
    stale.restore(by=agent)
    assert (stored(stale).version, stale.version) == (4, 4)


def test_an_email_given_away_meanwhile_stands_in_the_way_of_a_restore(stale, agent):
    stale.trash(by=agent)
    ContactFactory(account=stale.account, email="new@example.com")
    with pytest.raises(ValidationError, match="Another record"):
        stale.restore(by=agent)


def test_an_email_nobody_has_any_more_stands_in_no_way(stale, agent):
    stale.trash(by=agent)
    ContactFactory(account=stale.account, email=stale.email)
    stale.restore(by=agent)
    assert not stored(stale).in_trash


def test_of_two_who_restore_one_finds_it_done(contact, agent):
    contact.trash(by=agent)
    other = stored(contact)
    contact.restore(by=agent)
    other.restore(by=agent)
    assert Event.objects.filter(verb="restored").count() == 1
    assert stored(contact).version == 3


@pytest.mark.parametrize(
    ("make", "model"), [(RelationFactory, Relation), (DealFactory, Deal)], ids=["relation", "deal"]
)
def test_search_finds_what_was_renamed_before_it_went_to_the_trash(account, agent, make, model):
    record = make(account=account, name="Foo Abogados")
    stale = model.objects.get(pk=record.pk)
    record.name = "Bar Notaría"
    record.revise(by=agent, version=record.version)
    stale.trash(by=agent)
    assert "notaria" in stored(stale).search_text
    assert stored(stale).name_key.startswith("bar")
