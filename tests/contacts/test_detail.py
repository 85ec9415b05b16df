"""The page of a person: who may open it, its tabs, its ways to reach somebody, do not contact."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contacts.models import Person
from contacts.record import LABELS
from contacts.timeline.models import Event
from contacts.timeline.recording import record
from tests.factories import ContactFactory, LeadFactory, RelationFactory

TABS = ["deals", "emails", "calls", "whatsapp", "sms", "tasks", "meetings", "attachments"]


def page(client, person, name="contacts:detail", *more):
    return client.get(reverse(name, args=[person.pk, *more]))


def test_agent_sees_contact_of_colleague(as_agent, account):
    contact = ContactFactory(account=account)
    answer = page(as_agent, contact)
    assert answer.status_code == 200
    assert "<h1>Andrea Dourado López" in answer.content.decode()


@pytest.mark.parametrize("name", ["contacts:detail", "contacts:info", "contacts:notes", "contacts:photo"])
def test_signed_out_visitor_is_asked_to_sign_in(contact, name):
    assert page(Client(), contact, name).status_code == 302


@pytest.mark.parametrize("name", ["contacts:detail", "contacts:info", "contacts:notes", "contacts:photo"])
def test_other_office_gets_404(as_stranger, contact, name):
    assert page(as_stranger, contact, name).status_code == 404


@pytest.mark.parametrize("name", ["consent", "photo", "photo-deletion", "trash", "notes"])
def test_other_office_cannot_write(as_stranger, contact, name):
    assert as_stranger.post(reverse(f"contacts:{name}", args=[contact.pk])).status_code == 404
    assert not Event.objects.exists()


def test_tabs_stand_in_their_order_each_with_an_address(as_agent, contact):
    tabs = page(as_agent, contact).context["record"].tabs
    assert [tab.key for tab in tabs] == list(LABELS)
    assert len({tab.url for tab in tabs}) == 11
    assert all(as_agent.get(tab.url).status_code == 200 for tab in tabs)


@pytest.mark.parametrize("tab", TABS)
def test_empty_tab_says_what_will_be_there(as_agent, contact, tab):
    answer = page(as_agent, contact, f"contacts:{tab}")
    assert 'class="empty"' in answer.content.decode()
    assert 'aria-current="page"' in answer.content.decode()


def test_unknown_tab_is_404(as_agent, contact):
    assert as_agent.get(f"{contact.get_absolute_url()}horses/").status_code == 404


def test_lead_opened_as_contact_is_found_in_leads(as_agent, account):
    lead = LeadFactory(account=account)
    assert page(as_agent, lead).url == reverse("leads:detail", args=[lead.pk])


def test_person_in_trash_is_shown_with_restore(as_agent, contact, agent):
    contact.trash(by=agent)
    answer = page(as_agent, contact)
    assert answer.status_code == 200
    assert "Andrea Dourado López is in the trash" in answer.content.decode()
    assert reverse("trash:restoration") in answer.content.decode()


def test_nothing_can_be_written_on_person_in_trash(as_agent, contact, agent):
    contact.trash(by=agent)
    assert as_agent.post(reverse("contacts:notes", args=[contact.pk]), {"body": "Hello"}).status_code == 404
    assert as_agent.post(reverse("contacts:consent", args=[contact.pk])).status_code == 404


def test_neighbours_follow_the_order_of_the_list(as_agent, account):
    now = timezone.now()
    old, middle, new = [
        ContactFactory(account=account, last_activity_at=now - timezone.timedelta(hours=hours)) for hours in (3, 2, 1)
    ]
    record = page(as_agent, middle).context["record"]
    assert record.newer == new.get_absolute_url()
    assert record.older == old.get_absolute_url()
    assert page(as_agent, new).context["record"].newer == ""


def test_neighbours_with_one_time_part_by_number(as_agent, account):
    now = timezone.now()
    first, second = [ContactFactory(account=account, last_activity_at=now) for _ in range(2)]
    assert page(as_agent, second).context["record"].older == first.get_absolute_url()
    assert page(as_agent, first).context["record"].newer == second.get_absolute_url()


def test_neighbours_are_of_the_same_section(as_agent, account, contact):
    LeadFactory(account=account)
    record = page(as_agent, contact).context["record"]
    assert (record.newer, record.older) == ("", "")


def test_info_shows_every_field(as_agent, account):
    relation = RelationFactory(account=account, name="Bufete Echeverría")
    contact = ContactFactory(
        account=account, relation=relation, street="Carrer Bernia 14", zip_code="03590", city="Altea", country="ES",
        notes="Prefers mornings.\n<script>", latitude=38.5987, longitude=-0.0512,
    )  # fmt: skip
    text = page(as_agent, contact, "contacts:info").content.decode()
    for shown in ["Carrer Bernia 14", "03590", "Altea", "Spain", "Bufete Echeverría", "38.59870, -0.05120", "Spanish"]:
        assert shown in text
    assert "Prefers mornings.\n&lt;script&gt;" in text


def test_empty_fields_say_so(as_agent, contact):
    assert page(as_agent, contact, "contacts:info").content.decode().count(">Empty<") > 4


def ways(answer):
    return {way.icon: way.url for way in answer.context["record"].reach}


def test_ways_to_reach_lead_to_programs_of_the_device(as_agent, account):
    contact = ContactFactory(account=account, email="andrea@example.com", whatsapp="+34612345679")
    found = ways(page(as_agent, contact))
    assert found["email"] == "mailto:andrea@example.com"
    assert found["call"] == "tel:+34612345678"
    assert found["whatsapp"] == "https://wa.me/34612345679"
    assert found["note"].endswith("/#id_body")


def test_whatsapp_takes_the_phone_where_no_number_is_kept(as_agent, contact):
    assert ways(page(as_agent, contact))["whatsapp"] == "https://wa.me/34612345678"


def test_do_not_contact_shuts_every_way_but_the_note_and_says_why(as_agent, account):
    contact = ContactFactory(account=account, do_not_contact=True, email="quiet@example.com")
    answer = page(as_agent, contact)
    assert [icon for icon, url in ways(answer).items() if url] == ["note"]
    assert "asked not to be contacted" in answer.content.decode()
    for link in ["mailto:", "tel:", "wa.me", "sms:"]:
        assert link not in answer.content.decode()


def test_switch_sets_do_not_contact_with_event(as_agent, contact):
    url = reverse("contacts:consent", args=[contact.pk])
    assert as_agent.post(url, {"do_not_contact": "on"}).url == contact.get_absolute_url()
    stored = Person.objects.get(pk=contact.pk)
    assert stored.do_not_contact
    assert stored.version == contact.version + 1
    (event,) = Event.objects.filter(person=contact)
    assert event.data["changes"] == [{"field": "do_not_contact", "old": "No", "new": "Yes"}]


@time_machine.travel("2026-11-04 11:00:00+00:00", tick=False)
def test_notice_says_since_when(as_agent, contact):
    as_agent.post(reverse("contacts:consent", args=[contact.pk]), {"do_not_contact": "on"})
    assert ">4 Nov 2026</time>)." in page(as_agent, contact).content.decode()


def test_switch_that_changes_nothing_writes_nothing(as_agent, contact):
    as_agent.post(reverse("contacts:consent", args=[contact.pk]))
    assert not Event.objects.exists()


def test_switch_tells_what_keeps_the_record_from_being_saved(as_agent, contact):
    Person.objects.filter(pk=contact.pk).update(first_name="R2D2")
    answer = as_agent.post(reverse("contacts:consent", args=[contact.pk]), {"do_not_contact": "on"}, follow=True)
    assert not Person.objects.get(pk=contact.pk).do_not_contact
    assert "toast" in answer.content.decode()


def test_edit_opens_in_panel_by_key(as_agent, contact):
    text = page(as_agent, contact).content.decode()
    assert f'href="{reverse("contacts:edit", args=[contact.pk])}" data-panel data-hotkey="e"' in text


def test_hostile_names_are_shown_as_text(as_agent, account):
    contact = ContactFactory.build(account=account, assigned_to=None, last_name='"><img src=x>')
    contact.save()
    assert "<img src=x>" not in page(as_agent, contact).content.decode()


def test_page_costs_the_same_with_3_and_300_events(
    as_agent, contact, agent, django_assert_num_queries, django_assert_max_num_queries
):
    url = contact.get_absolute_url()
    for number in range(3):
        record("tagged", by=agent, person=contact, tag=f"tag {number}")
    with django_assert_max_num_queries(13) as few:
        as_agent.get(url)
    for number in range(300):
        record("tagged", by=agent, person=contact, tag=f"tag {number}")
    with django_assert_num_queries(len(few)):
        as_agent.get(url)
