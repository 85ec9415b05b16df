"""What is done with a company: added, changed, trashed, restored, deleted for good, with its events."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models

from contacts.attachments.attaching import attach
from contacts.attachments.models import Attachment
from contacts.models import Conflict, Person, Tag
from contacts.models.tagging import forget_tag
from contacts.relations.models import Relation, RelationTag
from contacts.relations.trashing import HANGING, purge_relations
from contacts.subjects.trashing import restore_records, trash_records
from contacts.timeline.models import Event, Note
from contacts.timeline.noting import write_note
from tests.factories import ContactFactory, RelationFactory


def _told(subject):
    return [event.verb for event in subject.events.order_by("id")]


def test_adding_tells_of_it_and_tags(account, agent):
    relation = Relation(account=account, name="Bufete Echeverría", type="law_firm").add(by=agent, tags=["Golden visa"])

    assert relation.created_by == agent
    assert relation.tag_names() == ["Golden visa"]
    assert _told(relation) == ["created"]


def test_adding_refuses_what_breaks_a_rule(account, agent):
    with pytest.raises(ValidationError):
        Relation(account=account, name="ab").add(by=agent)

    assert not Relation.with_trash.exists()


def test_a_change_is_one_event_with_old_and_new(relation, agent):
    relation.city, relation.type = "Calpe", "notary"
    relation.revise(by=agent, version=1, tags=["VIP"])

    (event,) = relation.events.filter(verb="changed")
    assert event.data["changes"] == [
        {"field": "type", "old": "Law firm", "new": "Notary's office"},
        {"field": "city", "old": "Altea", "new": "Calpe"},
        {"field": "tags", "old": "", "new": "VIP"},
    ]
    assert Relation.objects.get().version == 2


def test_without_a_change_nothing_is_written(relation, agent):
    assert relation.revise(by=agent, version=1) == []
    assert _told(relation) == []


def test_the_second_of_two_learns_what_the_first_changed(relation, agent, admin):
    mine, theirs = (Relation.objects.get(pk=relation.pk) for _ in range(2))
    theirs.city = "Calpe"
    theirs.revise(by=admin, version=1)
    mine.city = "Jávea"
    with pytest.raises(Conflict) as found:
        mine.revise(by=agent, version=1)

    assert found.value.changes == [{"field": "city", "old": "Altea", "new": "Calpe"}]
    assert (found.value.by, found.value.current.city) == (admin, "Calpe")


def test_linking_somebody_is_no_conflict_with_an_edit_of_the_company(relation, account, agent):
    person = ContactFactory(account=account)
    person.relation = relation
    person.revise(by=agent, version=1)
    relation.city = "Calpe"

    assert relation.revise(by=agent, version=1)


def test_what_an_edit_of_somebody_tells_is_no_change_of_their_company(relation, account, agent, admin):
    """The event of a link carries the person's version and field: neither is the company's."""
    person = ContactFactory(account=account, version=40)
    person.relation = relation
    person.revise(by=agent, version=40)
    theirs = Relation.objects.get(pk=relation.pk)
    theirs.city = "Calpe"
    theirs.revise(by=admin, version=1)
    relation.city = "Jávea"
    with pytest.raises(Conflict) as found:
        relation.revise(by=agent, version=1)

    assert [change["field"] for change in found.value.changes] == ["city"]


def test_one_field_is_saved_beside_what_a_colleague_changed(relation, agent, admin):
    mine = Relation.objects.get(pk=relation.pk)
    relation.city = "Calpe"
    relation.revise(by=admin, version=1)
    mine.credit_terms = "30 days"
    mine.revise_one("credit_terms", by=agent, version=1)

    stored = Relation.objects.get()
    assert (stored.city, stored.credit_terms, stored.version) == ("Calpe", "30 days", 3)


def test_the_trash_leaves_its_people_untouched(relation, account, agent):
    person = ContactFactory(account=account, relation=relation)
    relation.trash(by=agent)

    person.refresh_from_db()
    assert (person.relation, person.version) == (relation, 1)
    assert not Relation.objects.exists()
    assert _told(relation) == ["deleted"]

    restore_records(Relation.with_trash.filter(pk=relation.pk), by=agent)
    assert Relation.objects.get().people.get() == person
    assert _told(relation) == ["deleted", "restored"]


def test_many_are_trashed_and_restored_in_few_statements(account, agent, django_assert_max_num_queries):
    RelationFactory.create_batch(30, account=account)
    with django_assert_max_num_queries(6):
        count, moment = trash_records(Relation.objects.for_account(account), by=agent)
    assert count == 30
    with django_assert_max_num_queries(6):
        assert restore_records(Relation.with_trash.filter(deleted_at=moment), by=agent) == 30
    assert Event.objects.filter(verb="restored").count() == 30
    assert set(Relation.objects.values_list("version", flat=True)) == {3}


def test_deleting_for_good_empties_its_tables_and_keeps_its_people(
    relation, account, agent, django_capture_on_commit_callbacks
):
    person = ContactFactory(account=account)
    person.relation = relation
    person.revise(by=agent, version=1)
    write_note(relation, "Answers within the day.", by=agent)
    file = attach(relation, ContentFile(b"a plan", name="plan.txt"), by=agent).file
    relation.set_tags(["VIP"])
    relation.trash(by=agent)
    with django_capture_on_commit_callbacks(execute=True):
        assert purge_relations(Relation.with_trash.all()) == 1

    for rows in (Relation.with_trash, Note.with_trash, Attachment.with_trash, RelationTag.objects):
        assert not rows.all().exists()
    assert not file.storage.exists(file.name)
    person.refresh_from_db()
    assert person.relation is None
    assert [event.verb for event in Event.objects.all()] == ["linked"]
    assert Event.objects.get().person == Person.objects.get()


def test_live_companies_cannot_be_deleted_for_good(relation):
    assert purge_relations(Relation.with_trash.all()) == 0
    assert Relation.objects.exists()


def test_every_table_that_points_to_a_company_is_emptied_or_let_go():
    """A new one is not forgotten: it is named in HANGING, or its rows outlive the company by SET_NULL."""
    fields = [field for model in apps.get_models() for field in model._meta.get_fields() if field.concrete]
    pointing = [field for field in fields if field.is_relation and field.related_model is Relation]
    own = {field.model for field in pointing if field.remote_field.on_delete is models.CASCADE}
    assert own == {*HANGING, Event}


def test_forgetting_a_tag_takes_it_off_companies_too(relation, account, agent):
    relation.set_tags(["VIP"])
    ContactFactory(account=account).set_tags(["VIP"])
    forget_tag(Tag.objects.get(), by=agent)

    assert relation.tag_names() == []
    assert Event.objects.filter(verb="untagged").count() == 2
    assert not Tag.objects.exists()
