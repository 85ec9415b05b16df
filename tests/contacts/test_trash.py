"""The trash: what comes in, what comes back, what is refused, and what goes for good."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from contacts.models import Person, trashing
from contacts.models.trashing import restore_people, trash_people
from contacts.timeline.models import Event
from contacts.timeline.noting import write_note
from tests.factories import ContactFactory, LeadFactory

TAKEN = "Another record (lead or contact) already uses this email address."


@pytest.fixture
def trashed(contact, agent):
    contact.trash(by=agent)
    return contact


def everybody():
    return Person.with_trash.all()


def contents(client, **query):
    return client.get(reverse("trash:list"), query)


def restore(client, **data):
    return client.post(reverse("trash:restoration"), data)


# In


def test_contact_goes_to_the_trash_and_the_toast_offers_undo(as_agent, contact, agent):
    answer = as_agent.post(reverse("contacts:trash", args=[contact.pk]), follow=True)
    assert not Person.objects.filter(pk=contact.pk).exists()
    text = answer.content.decode()
    assert "Andrea Dourado López moved to the trash" in text
    assert f'action="{reverse("trash:restoration")}"' in text
    event = Event.objects.get(person=contact)
    assert (event.verb, event.actor) == ("deleted", agent)


def test_undo_restores_and_leads_back_to_the_record(as_agent, contact, agent):
    moment = contact.trash(by=agent)
    answer = restore(as_agent, moment=moment.isoformat(), next=contact.get_absolute_url())
    assert answer.url == contact.get_absolute_url()
    assert Person.objects.filter(pk=contact.pk).exists()


def test_undo_touches_only_ones_own_deletion(as_agent, contact, admin):
    moment = contact.trash(by=admin)
    restore(as_agent, moment=moment.isoformat())
    assert not Person.objects.filter(pk=contact.pk).exists()


def test_undo_of_a_moment_that_is_none_restores_nobody(as_agent, trashed):
    restore(as_agent, moment="yesterday")
    assert Person.with_trash.get(pk=trashed.pk).in_trash


def test_email_is_free_once_its_holder_lies_in_the_trash(trashed, account):
    ContactFactory(account=account, email=trashed.email.upper())
    assert everybody().with_email(trashed.email).count() == 2


def test_lead_goes_to_the_trash_and_leads_back_to_leads(as_agent, account):
    lead = LeadFactory(account=account)
    assert as_agent.post(reverse("contacts:trash", args=[lead.pk])).url == reverse("leads:list")


# The page


def test_page_shows_who_deleted_what_when(as_agent, trashed, account):
    LeadFactory(account=account, first_name="Olga").trash(by=trashed.deleted_by)
    text = contents(as_agent).content.decode()
    for shown in [trashed.full_name, trashed.email, "Just now", "Lucía", "Contact", "Lead", "Olga"]:
        assert shown in text


def test_page_shows_the_newest_deletion_first(as_agent, account, agent):
    first, second = ContactFactory.create_batch(2, account=account)
    second.trash(by=agent)
    first.trash(by=agent)
    assert [person.pk for person in contents(as_agent).context["bin"].page.rows] == [first.pk, second.pk]


def test_page_shows_nothing_of_another_office(as_stranger, trashed):
    assert contents(as_stranger).context["bin"].page.rows == []


def test_live_people_are_not_in_the_trash(as_agent, contact):
    assert "The trash is empty" in contents(as_agent).content.decode()


@pytest.mark.parametrize("query", ["dourado", "DOURADO an", "andrea0x", "612 34 56", "lopez"])
def test_search_finds_by_name_email_and_phone(as_agent, account, agent, query):
    ContactFactory(account=account, email="andrea0x@example.com").trash(by=agent)
    other = ContactFactory(
        account=account, first_name="Pieter", last_name="Hoog", email="pieter@example.org", phone="+31101234567"
    )
    other.trash(by=agent)
    assert [person.first_name for person in contents(as_agent, q=query).context["bin"].page.rows] == ["Andrea"]


def test_search_that_finds_nobody_says_so(as_agent, trashed):
    assert "matches “baumgart”" in contents(as_agent, q="baumgart").content.decode()


def test_pages_hold_fifty_and_keep_the_search(as_agent, account, agent, django_assert_max_num_queries):
    ContactFactory.create_batch(60, account=account, assigned_to=agent)
    trash_people(Person.objects.filter(last_name__startswith="Dourado"), by=agent)
    with django_assert_max_num_queries(11):
        page = contents(as_agent, q="dourado").context["bin"]
    assert len(page.page.rows) == 50
    assert "q=dourado" in page.next_url
    rest = as_agent.get(page.next_url).context["bin"]
    assert len(rest.page.rows) == 10
    assert rest.next_url == ""


def test_agent_sees_no_button_to_delete_for_good(as_agent, as_admin, trashed):
    assert reverse("trash:deletion") not in contents(as_agent).content.decode()
    assert reverse("trash:deletion") in contents(as_admin).content.decode()


# Back


def test_ticked_people_are_restored(as_agent, account, agent):
    first, second, third = ContactFactory.create_batch(3, account=account)
    for person in (first, second, third):
        person.trash(by=agent)
    restore(as_agent, id=[first.pk, second.pk])
    assert set(Person.objects.values_list("pk", flat=True)) == {first.pk, second.pk}
    assert Event.objects.filter(verb="restored").count() == 2


def test_button_of_a_row_restores_that_row_alone(as_agent, account, agent):
    first, second = ContactFactory.create_batch(2, account=account)
    first.trash(by=agent)
    second.trash(by=agent)
    restore(as_agent, one=first.pk, id=[first.pk, second.pk])
    assert list(Person.objects.values_list("pk", flat=True)) == [first.pk]


def test_all_means_all_that_the_search_found(as_agent, account, agent):
    ana = ContactFactory(account=account, first_name="Ana")
    pieter = ContactFactory(account=account, first_name="Pieter")
    ana.trash(by=agent)
    pieter.trash(by=agent)
    restore(as_agent, all="1", q="pieter")
    assert list(Person.objects.values_list("pk", flat=True)) == [pieter.pk]


def test_restored_person_has_everything_that_hung_on_them(as_agent, contact, agent):
    contact.set_tags(["Sea view"])
    write_note(contact, "Second visit", by=agent)
    contact.trash(by=agent)
    restore(as_agent, id=contact.pk)
    text = as_agent.get(contact.get_absolute_url()).content.decode()
    assert "Second visit" in text
    assert "Sea view" in text


def test_restore_is_refused_when_the_email_is_taken_with_a_way_to_the_holder(as_agent, trashed, account):
    holder = LeadFactory(account=account, first_name="Olga", email=trashed.email.upper())
    answer = as_agent.post(reverse("trash:restoration"), {"id": trashed.pk}, follow=True)
    text = answer.content.decode()
    assert Person.with_trash.get(pk=trashed.pk).in_trash
    assert TAKEN in text
    assert f'href="{holder.get_absolute_url()}">Open Olga Dourado López in Leads' in text
    assert "1 record stays in the trash" in text


def test_one_that_is_refused_does_not_hold_up_the_others(as_agent, account, agent):
    people = ContactFactory.create_batch(3, account=account)
    trash_people(Person.objects.all(), by=agent)
    ContactFactory(account=account, email=people[1].email)
    restored, refused = restore_people(everybody().trashed(), by=agent)
    assert (restored, refused) == (2, [people[1].pk])


def test_of_two_with_one_email_the_older_record_comes_back(account, agent):
    older = ContactFactory(account=account, email="same@example.com")
    older.trash(by=agent)
    younger = ContactFactory(account=account, email="SAME@example.com")
    younger.trash(by=agent)
    assert restore_people(everybody().trashed(), by=agent) == (1, [younger.pk])
    assert Person.objects.get().pk == older.pk


def test_command_on_one_person_refuses_with_the_exact_message(trashed, account, agent):
    ContactFactory(account=account, email=trashed.email)
    with pytest.raises(ValidationError) as refusal:
        trashed.restore(by=agent)
    assert refusal.value.message_dict == {"email": [TAKEN]}


def test_same_email_in_another_office_is_no_obstacle(trashed, stranger, agent):
    ContactFactory(account=stranger.account, email=trashed.email)
    assert restore_people(everybody().trashed(), by=agent) == (1, [])


def test_refusal_is_no_longer_told_once_the_reason_is_gone(as_agent, trashed):
    assert TAKEN not in contents(as_agent, refused=trashed.pk).content.decode()


def test_restore_of_nobody_says_so(as_agent):
    answer = as_agent.post(reverse("trash:restoration"), {"id": ["x", "9" * 30, "77"]}, follow=True)
    assert "Nothing was selected." in answer.content.decode()


def test_restore_needs_as_many_statements_for_many_as_for_few(
    account, agent, django_assert_num_queries, django_assert_max_num_queries
):
    ContactFactory.create_batch(3, account=account, assigned_to=agent)
    trash_people(Person.objects.all(), by=agent)
    with django_assert_max_num_queries(12) as few:
        restore_people(everybody().trashed(), by=agent)
    ContactFactory.create_batch(60, account=account, assigned_to=agent)
    trash_people(Person.objects.all(), by=agent)
    with django_assert_num_queries(len(few)):
        restore_people(everybody().trashed(), by=agent)


def test_email_taken_between_look_and_writing_refuses_that_one_alone(account, agent, monkeypatch):
    people = ContactFactory.create_batch(3, account=account)
    trash_people(Person.objects.all(), by=agent)
    ContactFactory(account=account, email=people[1].email)
    answers = iter([lambda model, ids: (ids, [])])
    monkeypatch.setattr(trashing, "_parted", lambda *args, look=trashing._parted: next(answers, look)(*args))
    assert restore_people(everybody().trashed(), by=agent) == (2, [people[1].pk])
    assert Event.objects.filter(verb="restored").count() == 2


def test_restore_counts_the_version_on_and_is_no_activity_with_the_person(trashed, agent):
    before = Person.with_trash.get(pk=trashed.pk)
    restore_people(everybody().trashed(), by=agent)
    after = Person.objects.get(pk=trashed.pk)
    assert after.version == before.version + 1
    assert after.last_activity_at == before.last_activity_at
    assert after.deleted_by is None


@pytest.mark.parametrize("name", ["trash:restoration", "trash:deletion"])
def test_other_office_reaches_nobody(as_stranger, trashed, name):
    for data in ({"id": trashed.pk}, {"all": "1"}, {"one": trashed.pk}):
        as_stranger.post(reverse(name), {"typed": "1", **data})
    assert Person.with_trash.get(pk=trashed.pk).in_trash


@pytest.mark.parametrize("name", ["trash:list", "trash:restoration", "trash:deletion"])
def test_signed_out_visitor_is_asked_to_sign_in(client, db, name):
    assert client.post(reverse(name)).status_code in {302, 405}
    assert client.get(reverse("trash:list")).url.startswith(reverse("account_login"))
