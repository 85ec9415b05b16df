"""People in Django admin: no rule that the forms keep can be broken."""

import pytest
from django.apps import apps
from django.urls import reverse

from contacts.models import Person
from contacts.timeline.models import Note
from contacts.timeline.noting import write_note
from tests.contacts.admin_pages import TAKEN, errors, new_person, page, posted, tick
from tests.factories import LeadFactory, RelationFactory, TagFactory, UserFactory


def test_adding_a_person_goes_through_the_command(desk, account, agent, support):
    response = desk.post(page(Person, "add"), new_person(account, agent, tag_words="VIP, Sea view"))
    assert response.status_code == 302
    person = Person.objects.get()
    assert (person.account, person.kind, person.created_by) == (account, "contact", support)
    assert person.tag_names() == ["Sea view", "VIP"]
    assert [event.verb for event in person.events.all()] == ["created"]


def test_changing_a_person_writes_one_event_with_old_and_new(desk, contact, support):
    desk.post(page(Person, "change", contact.pk), posted(contact, city="Altea", tag_words="VIP"))
    event = contact.events.get()
    assert (event.verb, event.actor) == ("changed", support)
    assert event.data["changes"] == [
        {"field": "city", "old": "", "new": "Altea"},
        {"field": "tags", "old": "", "new": "VIP"},
    ]
    contact.refresh_from_db()
    assert contact.version == 2


def test_saving_without_a_change_writes_nothing(desk, contact):
    assert desk.post(page(Person, "change", contact.pk), posted(contact)).status_code == 302
    assert not contact.events.exists()


def test_a_stale_page_overwrites_nothing_and_is_told_what_changed(desk, contact, agent):
    data = posted(contact, city="Altea")
    contact.city = "Calpe"
    contact.revise(by=agent, version=1)
    response = desk.post(page(Person, "change", contact.pk), data)
    told = " ".join(errors(response)["__all__"])
    assert "Somebody saved this record" in told
    assert "“Calpe”" in told
    contact.refresh_from_db()
    assert contact.city == "Calpe"


@pytest.mark.parametrize("version", ["", "0", "99", "x"])
def test_a_page_without_a_true_version_is_stale(desk, contact, version):
    assert errors(desk.post(page(Person, "change", contact.pk), posted(contact, city="Altea", seen_version=version)))
    contact.refresh_from_db()
    assert contact.city == ""


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("first_name", "Ma4ia", "A name has no digits."),
        ("last_name", " ", "Last name is missing."),
        ("email", "nobody@example", None),
        ("phone", "612 34 56 78", "No country code. Start with + or 00."),
        ("whatsapp", "12", None),
        ("role", "", "Role is missing."),
        ("assigned_to", "", None),
        ("assigned_to", "99999999999999999999", None),
        ("street", "x" * 61, None),
        ("notes", "x" * 10_001, None),
        ("country", "XX", None),
        ("tag_words", "x" * 41, None),
        ("tag_words", ",".join(f"t{n}" for n in range(51)), None),
    ],
)
def test_each_rule_is_an_error_beside_its_field(desk, account, agent, contact, field, value, message):
    found = errors(desk.post(page(Person, "change", contact.pk), posted(contact, **{field: value})))
    assert list(found) == [field]
    assert message is None or found[field] == [message]
    found = errors(desk.post(page(Person, "add"), new_person(account, agent, **{field: value})))
    assert list(found) == [field]
    assert Person.with_trash.count() == 1


@pytest.mark.parametrize(
    ("point", "found"),
    [
        ({"latitude": "91", "longitude": "0"}, {"latitude": ["Ensure this value is less than or equal to 90."]}),
        ({"latitude": "38.6"}, {"longitude": ["A point has a latitude and a longitude."]}),
        ({"longitude": "0"}, {"latitude": ["A point has a latitude and a longitude."]}),
    ],
)
def test_a_point_that_cannot_be_is_an_error_beside_its_field(desk, account, agent, contact, point, found):
    assert errors(desk.post(page(Person, "change", contact.pk), posted(contact, **point))) == found
    assert errors(desk.post(page(Person, "add"), new_person(account, agent, **point))) == found
    assert Person.with_trash.count() == 1


def test_an_email_that_is_taken_is_a_form_error(desk, account, agent, contact):
    LeadFactory(account=account, email="taken@example.com", assigned_to=agent)
    data = posted(contact, email="TAKEN@example.com")
    assert errors(desk.post(page(Person, "change", contact.pk), data))["email"] == [TAKEN]
    data = new_person(account, agent, email="taken@example.com")
    assert errors(desk.post(page(Person, "add"), data))["email"] == [TAKEN]


def test_an_email_taken_between_check_and_write_is_a_form_error(desk, account, agent, monkeypatch):
    """The first check and the command's own see nothing yet, as in a race; the database refuses."""
    LeadFactory(account=account, email="taken@example.com", assigned_to=agent)
    judge, calls = Person.validate_constraints, []

    def blind_at_first(person, exclude=None):
        calls.append(person)
        if len(calls) > 2:
            judge(person, exclude)

    monkeypatch.setattr(Person, "validate_constraints", blind_at_first)
    response = desk.post(page(Person, "add"), new_person(account, agent, email="taken@example.com"))
    assert errors(response)["email"] == [TAKEN]


def test_the_same_email_is_free_in_another_account(desk, stranger, contact):
    data = new_person(stranger.account, stranger, email=contact.email)
    assert desk.post(page(Person, "add"), data).status_code == 302


@pytest.mark.parametrize("field", ["assigned_to", "relation"])
def test_links_into_another_account_are_form_errors(desk, account, agent, contact, stranger, field):
    theirs = {"assigned_to": stranger, "relation": RelationFactory(account=stranger.account)}[field]
    data = {field: theirs.pk}
    assert list(errors(desk.post(page(Person, "change", contact.pk), posted(contact, **data)))) == [field]
    assert list(errors(desk.post(page(Person, "add"), new_person(account, agent) | data))) == [field]


def test_people_are_assigned_to_active_users_only(desk, account, agent, contact):
    gone = UserFactory(account=account, is_active=False)
    data = posted(contact, assigned_to=gone.pk)
    assert "assigned_to" in errors(desk.post(page(Person, "change", contact.pk), data))


def test_a_person_never_moves_to_another_account(desk, contact, stranger):
    other = stranger.account.pk
    data = posted(contact, office=other, account=other, kind="lead", city="Altea")
    desk.post(page(Person, "change", contact.pk), data)
    contact.refresh_from_db()
    assert (contact.account.name, contact.kind, contact.city) == ("Casa Mirador", "contact", "Altea")


@pytest.mark.parametrize("office", ["", "0", "99999999999999999999", "x"])
def test_a_new_person_needs_an_account(desk, account, agent, office):
    data = new_person(account, agent) | {"office": office}
    assert "office" in errors(desk.post(page(Person, "add"), data))


def test_suggestions_stay_within_the_account(desk, contact, stranger):
    params = {"app_label": "contacts", "model_name": "person", "field_name": "assigned_to", "term": ""}
    url = reverse("admin:autocomplete")
    everybody = desk.get(url, params).json()["results"]
    theirs = desk.get(url, {**params, "account": stranger.account_id}).json()["results"]
    assert len(everybody) > len(theirs) == 1
    assert theirs[0]["text"].endswith("· Otra Casa")
    assert f"?account={contact.account_id}" in desk.get(page(Person, "change", contact.pk)).content.decode()


def test_support_with_an_office_of_their_own_act_namelessly_elsewhere(client, contact, stranger):
    stranger.is_staff = stranger.is_superuser = True
    stranger.save()
    client.force_login(stranger)
    assert client.post(page(Person, "change", contact.pk), posted(contact, city="Altea")).status_code == 302
    client.post(page(Person, "changelist"), tick(Person, "move_to_trash", contact))
    assert [event.actor for event in contact.events.all()] == [None, None]
    assert Person.with_trash.get(pk=contact.pk).deleted_by is None


def test_a_tag_that_exists_is_a_form_error(desk, account):
    tag = TagFactory(account=account, name="Sea view")
    other = TagFactory(account=account, name="Pool")
    data = {"office": account.pk, "name": "SEA VIEW"}
    assert errors(desk.post(page(type(tag), "add"), data))
    assert errors(desk.post(page(type(tag), "change", other.pk), {"name": "séa view"}))
    assert desk.post(page(type(tag), "change", other.pk), {"name": "Big pool"}).status_code == 302
    other.refresh_from_db()
    assert (other.name, other.key) == ("Big pool", "big pool")


def test_a_company_is_made_and_changed_with_its_events(desk, account):
    relation = apps.get_model("relations", "Relation")
    data = {"office": account.pk, "name": "Bufete Montaner", "type": "law_firm", "status": "active"}
    desk.post(page(relation, "add"), data)
    row = relation.objects.get()
    change = {"name": "Bufete Sáez", "type": "law_firm", "status": "active", "seen_version": 1}
    assert desk.post(page(relation, "change", row.pk), change).status_code == 302
    assert [event.verb for event in row.events.order_by("id")] == ["created", "changed"]
    assert errors(desk.post(page(relation, "change", row.pk), change | {"name": "Bufete Alcover"}))
    assert errors(desk.post(page(relation, "add"), data | {"name": "ab"}))


def test_a_note_put_right_is_marked_as_edited(desk, contact, agent):
    note = write_note(contact, "Txet", by=agent)
    desk.post(page(Note, "change", note.pk), {"body": "Text"})
    note.refresh_from_db()
    assert note.body == "Text"
    assert note.edited_at is not None
