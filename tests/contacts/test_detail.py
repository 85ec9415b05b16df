"""The page of a person: who may open it, its tabs, its ways to reach somebody, do not contact."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contacts.emails.models import BouncedAddress
from contacts.models import Conflict, Person
from contacts.record import LABELS
from contacts.timeline.models import Event
from contacts.timeline.recording import record
from tests.factories import ContactFactory, LeadFactory, RelationFactory

TABS = ["deals", "notes", "emails", "calls", "whatsapp", "sms", "tasks", "meetings", "attachments"]


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


def test_ways_to_reach_open_forms_of_the_house(as_agent, contact):
    here = contact.get_absolute_url()
    assert ways(page(as_agent, contact)) == {
        "email": f"{here}emails/new/",
        "call": f"{here}calls/new/",
        "whatsapp": f"{here}whatsapp/#compose",
        "sms": f"{here}sms/#compose",
        "note": f"{here}#note-body",
        "task": f"{here}tasks/new/",
        "calendar-plus": f"{here}meetings/new/",
    }


def test_ways_of_a_lead_lead_to_forms_in_its_section(as_agent, account):
    lead = LeadFactory(account=account)
    assert ways(page(as_agent, lead, "leads:detail"))["task"] == reverse("leads:task-new", args=[lead.pk])


@pytest.mark.parametrize(("key", "name"), [("m", "email-new"), ("c", "call-new"), ("t", "task-new")])
def test_a_key_opens_the_form_in_the_panel(as_agent, contact, key, name):
    text = page(as_agent, contact).content.decode()
    assert f'href="{reverse(f"contacts:{name}", args=[contact.pk])}" data-panel data-hotkey="{key}"' in text


@pytest.mark.parametrize("tab", ["contacts:detail", "contacts:info", "contacts:notes"])
def test_the_key_of_the_note_is_there_on_every_tab(as_agent, contact, tab):
    text = page(as_agent, contact, tab).content.decode()
    assert f'href="{contact.get_absolute_url()}#note-body" data-compose data-hotkey="n"' in text


def test_do_not_contact_shuts_every_way_out_and_says_why(as_agent, account):
    contact = ContactFactory(account=account, do_not_contact=True, email="quiet@example.com")
    answer = page(as_agent, contact)
    assert [icon for icon, url in ways(answer).items() if url] == ["call", "note", "task", "calendar-plus"]
    why = "Email: off, because this person asked not to be contacted"
    off = f'aria-disabled="true" tabindex="0" data-hotkey="m" aria-label="{why}"'
    assert off in answer.content.decode()
    for link in ["mailto:", "tel:", "wa.me", "sms:"]:
        assert link not in answer.content.decode()


def test_do_not_contact_takes_email_out_of_the_composer(as_agent, account):
    contact = ContactFactory(account=account, do_not_contact=True)
    kinds = page(as_agent, contact).context["record"].kinds
    assert [kind.label for kind in kinds if not kind.url] == ["Email"]


def test_an_address_that_bounced_is_marked(as_agent, contact):
    BouncedAddress.objects.create(account=contact.account, email_key=contact.email_key, reason="No such user")
    assert "Mail comes back" in page(as_agent, contact).content.decode()


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


def test_switch_is_an_event_of_its_own_both_ways(as_agent, contact):
    url = reverse("contacts:consent", args=[contact.pk])
    as_agent.post(url, {"do_not_contact": "on"})
    as_agent.post(url)
    assert list(contact.events.order_by("pk").values_list("verb", flat=True)) == ["silenced", "unsilenced"]


def test_an_edit_that_also_silences_writes_two_events_of_one_version(contact, agent):
    contact.city, contact.do_not_contact = "Altea", True
    contact.revise(by=agent, version=1)
    told = [(event.verb, event.data["version"], len(event.data["changes"])) for event in contact.events.order_by("pk")]
    assert told == [("changed", 2, 1), ("silenced", 2, 1)]


def test_a_form_opened_before_the_switch_is_told_of_it(contact, agent):
    opened = Person.objects.get(pk=contact.pk)
    contact.do_not_contact = True
    contact.revise(by=agent, version=1)
    opened.city = "Altea"
    with pytest.raises(Conflict) as conflict:
        opened.revise(by=agent, version=1)
    assert [change["field"] for change in conflict.value.changes] == ["do_not_contact"]


@time_machine.travel("2026-11-04 11:00:00+00:00", tick=False)
def test_notice_reads_edits_from_before_the_switch_had_its_own_event(as_agent, contact, agent):
    Person.objects.filter(pk=contact.pk).update(do_not_contact=True)
    change = {"field": "do_not_contact", "old": "No", "new": "Yes"}
    record("changed", by=agent, person=contact, version=2, changes=[change])
    assert ">4 Nov 2026</time>)." in page(as_agent, contact).content.decode()


def test_switch_works_whatever_is_wrong_with_another_field(as_agent, contact):
    Person.objects.filter(pk=contact.pk).update(first_name="R2D2", assigned_to=None)
    as_agent.post(reverse("contacts:consent", args=[contact.pk]), {"do_not_contact": "on"})
    assert Person.objects.get(pk=contact.pk).do_not_contact


@time_machine.travel("2026-11-19 11:00:00+00:00", tick=False)
@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("2026-11-19T10:48:00+00:00", "12 min ago"),
        ("2026-11-18T10:00:00+00:00", "yesterday"),
        ("2026-11-16T10:00:00+00:00", "3 days ago"),
        ("2026-09-16T10:00:00+00:00", "Wed 16 Sep"),
    ],
)
def test_last_activity_is_told_in_head_and_list(as_agent, contact, at, words):
    Person.objects.filter(pk=contact.pk).update(last_activity_at=at)
    head = page(as_agent, contact).content.decode().split('id="last-activity"')[1][:200]
    assert f">{words}</time>" in head
    listed = as_agent.get(reverse("contacts:list")).content.decode()
    assert f">{words[0].upper()}{words[1:]}</time>" in listed


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
    with django_assert_max_num_queries(14) as few:
        as_agent.get(url)
    for number in range(300):
        record("tagged", by=agent, person=contact, tag=f"tag {number}")
    with django_assert_num_queries(len(few)):
        as_agent.get(url)
