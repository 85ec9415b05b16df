"""The page of a company: head, tabs, Info, notes, files, and what is told of one in the trash."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contacts.attachments.attaching import attach
from contacts.attachments.models import Attachment
from contacts.relations.models import Relation
from contacts.timeline.models import Note
from contacts.timeline.noting import write_note
from contacts.timeline.recording import record
from tests.factories import ContactFactory

TABS = ["detail", "info", "contacts", "notes", "attachments"]


def _url(relation, tab="detail"):
    return reverse(f"relations:{tab}", args=[relation.pk])


@pytest.mark.parametrize("tab", TABS)
def test_each_tab_has_an_address_of_its_own(as_agent, relation, tab):
    text = as_agent.get(_url(relation, tab)).content.decode()

    assert f'href="{_url(relation, tab)}" aria-current="page"' in text
    assert "Bufete Echeverría" in text


@pytest.mark.parametrize("tab", TABS)
def test_another_offices_company_is_not_there(as_stranger, relation, tab):
    assert as_stranger.get(_url(relation, tab)).status_code == 404
    assert as_stranger.post(_url(relation, tab)).status_code in (404, 405)


def test_the_head_leads_to_every_way_of_reaching_it(as_agent, relation):
    Relation.objects.update(website="https://www.example.com/office/", preferred_channel="phone")
    text = as_agent.get(_url(relation)).content.decode()

    for shown in ('href="mailto:office@bufete.example.com"', 'href="tel:+34912345678"', ">example.com/office<"):
        assert shown in text
    assert 'href="https://www.example.com/office/" target="_blank" rel="noopener noreferrer"' in text


def test_ways_that_are_not_known_say_so(as_agent, account):
    relation = Relation.objects.create(account=account, name="Bare")
    text = as_agent.get(_url(relation)).content.decode()

    for told in ("Email: no address is known", "Call: no number is known", "Website: none is known"):
        assert told in text


def test_tabs_say_how_much_they_hold(as_agent, account, relation, agent):
    ContactFactory(account=account, relation=relation)
    ContactFactory(account=account, relation=relation).trash(by=agent)
    write_note(relation, "One", by=agent)
    attach(relation, SimpleUploadedFile("a.txt", b"a"), by=agent)
    tabs = as_agent.get(_url(relation)).context["record"].tabs

    assert {tab.key: tab.count for tab in tabs} == {
        "activities": 0, "info": 0, "contacts": 1, "notes": 1, "attachments": 1,
    }  # fmt: skip


def test_a_note_is_written_edited_pinned_deleted_and_restored(as_agent, relation):
    as_agent.post(_url(relation, "notes"), {"body": "Answers *fast*.", "tab": "notes"})
    note = Note.objects.get()
    assert (note.relation, note.person, note.whose) == (relation, None, relation)
    assert "<em>fast</em>" in as_agent.get(_url(relation)).content.decode()

    as_agent.post(reverse("timeline:note-edit", args=[note.pk]), {"body": "Answers slowly."})
    as_agent.post(reverse("timeline:note-pin", args=[note.pk]))
    text = as_agent.get(_url(relation, "notes")).content.decode()
    assert "Answers slowly." in text
    assert "Pinned" in text

    answer = as_agent.post(reverse("timeline:note-trash", args=[note.pk]))
    assert answer.url == _url(relation)
    assert "Answers slowly." not in as_agent.get(_url(relation)).content.decode()

    as_agent.post(reverse("timeline:note-restoration", args=[note.pk]))
    assert "Answers slowly." in as_agent.get(_url(relation, "notes")).content.decode()


def test_the_page_of_a_note_names_its_company(as_agent, relation, agent):
    note = write_note(relation, "One", by=agent)

    assert "Note on Bufete Echeverría" in as_agent.get(reverse("timeline:note-edit", args=[note.pk])).content.decode()


def test_a_note_moves_the_last_activity_on_and_its_deletion_moves_it_back(relation, agent):
    Relation.objects.update(created_at="2020-01-01T00:00:00Z", last_activity_at="2020-01-01T00:00:00Z")
    relation.refresh_from_db()
    note = write_note(relation, "One", by=agent)
    assert Relation.objects.get().last_activity_at == note.event.at

    Note.objects.get().trash(by=agent)
    assert Relation.objects.get().last_activity_at == relation.created_at


def test_a_file_is_added_renamed_handed_out_and_deleted(as_agent, as_stranger, relation):
    as_agent.post(_url(relation, "attachments"), {"files": SimpleUploadedFile("plan.txt", b"A plan.")})
    file = Attachment.objects.get()
    download = reverse("attachments:download", args=[file.pk])
    assert b"".join(as_agent.get(download).streaming_content) == b"A plan."
    assert as_stranger.get(download).status_code == 404

    answer = as_agent.post(reverse("attachments:edit", args=[file.pk]), {"name": "Price list"})
    assert answer.url == _url(relation, "attachments")
    assert "Price list.txt" in as_agent.get(_url(relation)).content.decode()

    as_agent.post(reverse("attachments:trash", args=[file.pk]))
    assert "Price list.txt" not in as_agent.get(_url(relation, "attachments")).content.decode()
    as_agent.post(reverse("attachments:restoration", args=[file.pk]))
    assert Attachment.objects.get().name == "Price list.txt"


def test_notes_and_files_of_a_company_in_the_trash_are_out_of_reach(as_agent, relation, agent):
    note = write_note(relation, "One", by=agent)
    file = attach(relation, SimpleUploadedFile("a.txt", b"a"), by=agent)
    relation.trash(by=agent)

    assert as_agent.get(reverse("timeline:note-edit", args=[note.pk])).status_code == 404
    assert as_agent.get(reverse("attachments:download", args=[file.pk])).status_code == 404


def test_a_field_is_changed_in_its_place(as_agent, relation):
    url = reverse("relations:info-field", args=[relation.pk, "website"])
    response = as_agent.post(url, {"website": "example.com", "version": 1}, headers={"HX-Request": "true"})

    assert 'id="info-website"' in response.content.decode()
    assert 'id="record-facts" hx-swap-oob="true"' in response.content.decode()
    assert Relation.objects.get().website == "https://example.com"


def test_a_field_that_a_colleague_changed_is_asked_about(as_agent, relation, admin):
    theirs = Relation.objects.get()
    theirs.city = "Calpe"
    theirs.revise(by=admin, version=1)
    url = reverse("relations:info-field", args=[relation.pk, "city"])
    response = as_agent.post(url, {"city": "Jávea", "version": 1}, headers={"HX-Request": "true"})

    assert "It reads now: <b>Calpe</b>" in response.content.decode()
    assert Relation.objects.get().city == "Calpe"


@pytest.mark.parametrize("name", ["account", "version", "nothing"])
def test_a_field_that_is_none_has_no_address(as_agent, relation, name):
    assert as_agent.get(reverse("relations:info-field", args=[relation.pk, name])).status_code == 404


def test_without_script_a_field_is_a_page_that_leads_back(as_agent, relation):
    url = reverse("relations:info-field", args=[relation.pk, "tags"])
    assert "Bufete Echeverría: Tags" in as_agent.get(url).content.decode()
    assert as_agent.post(url, {"tags": "VIP", "version": 1}).url == f"{_url(relation, 'info')}#info-tags"
    assert relation.tag_names() == ["VIP"]


def test_one_in_the_trash_says_so_and_offers_to_restore_it(as_agent, relation, agent):
    relation.trash(by=agent)
    for tab in TABS:
        text = as_agent.get(_url(relation, tab)).content.decode()
        assert "Bufete Echeverría is in the trash" in text
        assert 'name="bin" value="relations"' in text
    assert as_agent.post(_url(relation, "notes"), {"body": "x"}).status_code == 404


def test_it_goes_to_the_trash_and_the_toast_offers_undo(as_agent, relation):
    answer = as_agent.post(reverse("relations:trash", args=[relation.pk]), follow=True)
    text = answer.content.decode()

    assert "Bufete Echeverría moved to the trash" in text
    assert 'name="bin" value="relations"' in text
    assert not Relation.objects.exists()


def test_neighbours_lead_along_the_list(as_agent, account, relation):
    Relation.objects.update(last_activity_at="2026-01-02T00:00:00Z")
    older = Relation.objects.create(account=account, name="Older", last_activity_at="2026-01-01T00:00:00Z")
    record = as_agent.get(_url(relation)).context["record"]

    assert (record.newer, record.older) == ("", older.get_absolute_url())


def _asked(client, url):
    with CaptureQueriesContext(connection) as seen:
        client.get(url)
    return len(seen)


@pytest.mark.parametrize("tab", TABS)
def test_a_tab_costs_the_same_with_little_and_with_much(as_agent, account, relation, agent, tab):
    def grow(count):
        for number in range(count):
            record("tagged", by=agent, relation=relation, tag=f"tag {number}")
            write_note(relation, "One", by=agent)
            ContactFactory(account=account, relation=relation, assigned_to=agent)
            attach(relation, SimpleUploadedFile("a.txt", b"a"), by=agent)

    grow(2)
    few = _asked(as_agent, _url(relation, tab))
    grow(12)
    assert _asked(as_agent, _url(relation, tab)) == few <= 14
