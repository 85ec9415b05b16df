"""Who belongs to a company: linked and let go from both sides, told on both timelines."""

import pytest
from django.urls import reverse

from contacts.models import Person
from contacts.relations.models import Relation
from contacts.subjects.trashing import restore_records
from contacts.timeline.models import Event
from tests.factories import ContactFactory, LeadFactory, RelationFactory, contact_data


@pytest.fixture
def lawyer(account, agent):
    """Somebody who belongs to no company yet."""
    return ContactFactory(account=account, assigned_to=agent, first_name="Inés", last_name="Sáez", role="lawyer")


def _tab(relation):
    return reverse("relations:contacts", args=[relation.pk])


def _told(subject):
    return [event.verb for event in subject.events.order_by("id")]


def test_somebody_is_linked_by_their_address_with_one_event_for_both(as_agent, relation, lawyer, agent):
    answer = as_agent.post(_tab(relation), {"people": lawyer.email.upper()}, follow=True)

    assert "Inés Sáez linked" in answer.content.decode()
    lawyer.refresh_from_db()
    assert (lawyer.relation, lawyer.version) == (relation, 2)
    (event,) = Event.objects.all()
    assert (event.verb, event.person_id, event.relation, event.actor) == ("linked", lawyer.pk, relation, agent)
    for page in (relation, lawyer):
        told = as_agent.get(page.get_absolute_url()).content.decode()
        assert "linked <b>Inés Sáez</b> with <b>Bufete Echeverría</b>" in told


def test_several_are_linked_at_once_and_who_is_already_there_is_not_told_again(as_agent, account, relation, lawyer):
    here = ContactFactory(account=account, relation=relation)
    lead = LeadFactory(account=account)
    answer = as_agent.post(_tab(relation), {"people": f"{lawyer.email}, {here.email} {lead.email}"}, follow=True)

    assert "2 contacts linked" in answer.content.decode()
    assert relation.people.count() == 3
    assert _told(here) == []


def test_linking_takes_somebody_away_from_another_company_and_tells_all_three(as_agent, account, relation, lawyer):
    other = RelationFactory(account=account)
    Person.objects.filter(pk=lawyer.pk).update(relation=other)
    as_agent.post(_tab(relation), {"people": lawyer.email})

    assert _told(lawyer) == ["unlinked", "linked"]
    assert _told(other) == ["unlinked"]
    assert _told(relation) == ["linked"]


def test_an_unknown_address_is_told_beside_the_field(as_agent, relation):
    answer = as_agent.post(_tab(relation), {"people": "nobody@example.com"})

    assert answer.status_code == 422
    assert "No contact or lead has the address nobody@example.com." in answer.content.decode()


def test_nobody_chosen_is_told(as_agent, relation):
    assert "Choose at least one person." in as_agent.post(_tab(relation), {"people": " "}).content.decode()


def test_somebody_of_another_office_is_unknown(as_agent, relation, stranger):
    other = ContactFactory(account=stranger.account)

    assert as_agent.post(_tab(relation), {"people": other.email}).status_code == 422
    assert not relation.people.exists()


def test_somebody_is_let_go_and_undo_links_them_again(as_agent, account, relation):
    person = ContactFactory(account=account, relation=relation)
    answer = as_agent.post(reverse("relations:unlinking", args=[relation.pk, person.pk]), follow=True)
    text = answer.content.decode()
    assert f"{person.full_name} no longer belongs to Bufete Echeverría" in text
    assert f'name="people" value="{person.email}"' in text
    assert not relation.people.exists()
    assert _told(person) == _told(relation) == ["unlinked"]

    as_agent.post(_tab(relation), {"people": person.email})
    assert relation.people.get() == person


def test_letting_go_twice_does_nothing(as_agent, account, relation):
    person = ContactFactory(account=account, relation=RelationFactory(account=account))
    as_agent.post(reverse("relations:unlinking", args=[relation.pk, person.pk]))

    person.refresh_from_db()
    assert person.relation is not None
    assert _told(person) == []


def test_another_office_lets_nobody_go(as_stranger, account, relation):
    person = ContactFactory(account=account, relation=relation)
    url = reverse("relations:unlinking", args=[relation.pk, person.pk])

    assert as_stranger.post(url).status_code == 404
    assert relation.people.exists()


def test_the_form_of_a_contact_links_and_lets_go_too(as_agent, account, relation, lawyer):
    url = reverse("contacts:edit", args=[lawyer.pk])
    data = contact_data(
        email=lawyer.email, first_name="Inés", last_name="Sáez", role="lawyer", assigned_to=lawyer.assigned_to_id
    )
    as_agent.post(url, {**data, "version": 1, "relation": relation.name})
    assert _told(relation) == ["linked"]
    assert sorted(_told(lawyer)) == ["changed", "linked"]

    as_agent.post(url, {**data, "version": 2, "relation": ""})
    assert _told(relation) == ["linked", "unlinked"]


def test_a_contact_that_is_created_with_a_company_is_told_on_its_timeline(as_agent, agent, relation):
    as_agent.post(reverse("contacts:create"), contact_data(relation=relation.name, assigned_to=agent.pk))

    person = Person.objects.get()
    assert person.relation == relation
    assert _told(person) == ["created", "linked"]
    assert _told(relation) == ["linked"]


def test_a_link_that_a_colleague_changed_is_a_conflict_of_that_field(as_agent, account, relation, lawyer, admin):
    other = RelationFactory(account=account, name="Caja del Litoral")
    theirs = Person.objects.get(pk=lawyer.pk)
    theirs.relation = other
    theirs.revise(by=admin, version=1)
    url = reverse("contacts:info-field", args=[lawyer.pk, "relation"])
    answer = as_agent.post(url, {"relation": relation.name, "version": 1}, headers={"HX-Request": "true"})

    assert "It reads now: <b>Caja del Litoral</b>" in answer.content.decode()


def test_the_tab_shows_live_people_by_name_and_pages_on(as_agent, account, relation, agent):
    for number in range(55):
        ContactFactory(account=account, relation=relation, last_name=f"Last {chr(65 + number // 10)}{number:02}")
    ContactFactory(account=account, relation=relation, last_name="Gone").trash(by=agent)
    response = as_agent.get(_tab(relation))
    assert len(response.context["people"]) == 50
    assert "Gone" not in response.content.decode()

    rest = as_agent.get(_tab(relation), {"after": response.context["after"]}, headers={"HX-Request": "true"})
    assert len(rest.context["people"]) == 5
    assert "<html" not in rest.content.decode()


def test_a_contacts_page_leads_to_the_company(as_agent, account, relation):
    person = ContactFactory(account=account, relation=relation)
    text = as_agent.get(person.get_absolute_url()).content.decode()

    assert f'<a href="{relation.get_absolute_url()}">Bufete Echeverría</a>' in text
    assert person.full_name in as_agent.get(reverse("contacts:list"), {"relation": relation.pk}).content.decode()


def test_a_company_in_the_trash_is_struck_out_and_on_offer_nowhere(as_agent, account, relation, lawyer, agent):
    person = ContactFactory(account=account, relation=relation)
    relation.trash(by=agent)

    for tab in ("detail", "info"):
        text = as_agent.get(reverse(f"contacts:{tab}", args=[person.pk])).content.decode()
        assert f'href="{relation.get_absolute_url()}"' not in text
        assert ">Bufete Echeverría</s>" in text
    assert relation.name not in as_agent.get(reverse("contacts:filters")).content.decode()
    assert relation.name not in as_agent.get(reverse("contacts:edit", args=[lawyer.pk])).content.decode()
    assert as_agent.post(_tab(relation), {"people": lawyer.email}).status_code == 404


def test_somebody_whose_company_lies_in_the_trash_can_still_be_edited(as_agent, account, relation, agent):
    person = ContactFactory(account=account, relation=relation, assigned_to=agent)
    relation.trash(by=agent)
    url = reverse("contacts:info-field", args=[person.pk, "city"])
    as_agent.post(url, {"city": "Calpe", "version": 1})

    person.refresh_from_db()
    assert (person.city, person.relation) == ("Calpe", relation)
    restore_records(Relation.with_trash.all(), by=agent)
    assert f'<a href="{relation.get_absolute_url()}">' in as_agent.get(person.get_absolute_url()).content.decode()


def test_picker_says_where_somebody_is_now(as_agent, account, relation, lawyer):
    lawyer.relation = RelationFactory(account=account, name="Notaría Sánchez")
    lawyer.save()
    where = f"{reverse('contacts:people')}?company={relation.pk}"
    assert where in as_agent.get(reverse("relations:contacts", args=[relation.pk])).content.decode()
    [row] = as_agent.get(where, {"q": lawyer.email, "company": relation.pk}).json()["found"]
    assert row["about"].endswith("now at Notaría Sánchez")
    [plain] = as_agent.get(reverse("contacts:people"), {"q": lawyer.email}).json()["found"]
    assert "Notaría" not in plain["about"]


def test_whoever_leaves_another_company_is_told_in_toast_and_event(as_agent, account, relation, lawyer):
    lawyer.relation = RelationFactory(account=account, name="Notaría Sánchez")
    lawyer.save()
    url = reverse("relations:contacts", args=[relation.pk])
    answer = as_agent.post(url, {"people": lawyer.email}, follow=True).content.decode()
    assert "linked (no longer at Notaría Sánchez)" in answer
    assert "previously with <b>Notaría Sánchez</b>" in lawyer.events.get(verb="linked").sentence()
    other = ContactFactory(account=account, relation=RelationFactory(account=account, name="Gestoría Ros"))
    new = ContactFactory(account=account)
    answer = as_agent.post(url, {"people": f"{other.email}, {new.email}"}, follow=True).content.decode()
    assert "2 contacts linked (no longer where they were: Andrea Dourado López (Gestoría Ros))" in answer


def test_a_company_in_the_trash_is_nobodys_current_one(as_agent, account, relation, lawyer, agent):
    gone = RelationFactory(account=account, name="Gone SL")
    Person.objects.filter(pk=lawyer.pk).update(relation=gone)
    gone.trash(by=agent)
    [row] = as_agent.get(reverse("contacts:people"), {"q": lawyer.email, "company": relation.pk}).json()["found"]
    assert "Gone SL" not in row["about"]
    text = as_agent.post(_tab(relation), {"people": lawyer.email}, follow=True).content.decode()
    assert f"{lawyer.full_name} linked" in text
    assert "no longer at" not in text
    assert "Gone SL" not in lawyer.events.get(verb="linked").sentence()
