"""Notes and files of a deal: everything that can be done with those of a person."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from contacts.attachments.attaching import attach
from contacts.attachments.models import Attachment
from contacts.timeline.models import Event, Note
from contacts.timeline.noting import write_note
from deals.models import Deal
from deals.trashing import purge_deals
from tests.deals.asking import asked

TABS = ["detail", "info", "contacts", "notes", "emails", "tasks", "meetings", "attachments"]


def _url(deal, tab="detail"):
    return reverse(f"deals:{tab}", args=[deal.pk])


@pytest.mark.parametrize("tab", TABS)
def test_each_tab_has_an_address_of_its_own(as_agent, deal, tab):
    text = as_agent.get(_url(deal, tab)).content.decode()

    assert f'href="{_url(deal, tab)}" aria-current="page"' in text
    assert "Villa in Altea" in text


@pytest.mark.parametrize("tab", TABS)
def test_tabs_of_a_deal_in_the_trash_say_that_it_lies_there(as_agent, agent, deal, tab):
    deal.trash(by=agent)
    answer = as_agent.get(_url(deal, tab))

    assert answer.templates[0].name == "record/in_trash.html"


def test_tabs_stand_in_their_order(as_agent, deal):
    tabs = as_agent.get(_url(deal)).context["record"].tabs
    assert [tab.key for tab in tabs] == [
        "activities", "info", "contacts", "notes", "emails", "tasks", "meetings", "attachments",
    ]  # fmt: skip


def test_the_composer_and_the_head_begin_a_note_an_email_a_task_and_a_meeting(as_agent, deal):
    text = as_agent.get(_url(deal)).content.decode()
    for what in ("email", "task", "meeting"):
        address = _url(deal, f"{what}-new")
        assert f'href="{address}" data-kind="{what}"' in text
        assert f'href="{address}" data-panel' in text
    assert f'href="{_url(deal)}#note-body" data-compose' in text


@pytest.mark.parametrize("what", ["email", "task", "meeting"])
def test_each_form_opens_in_the_composer(as_agent, deal, what):
    answer = as_agent.get(_url(deal, f"{what}-new"), headers={"HX-Request": "true", "HX-Target": "composer"})
    text = answer.content.decode()

    assert 'id="composer"' in text
    assert f'data-kind="{what}" aria-current="true"' in text


def test_a_note_is_written_edited_pinned_deleted_and_restored(as_agent, deal):
    as_agent.post(_url(deal, "notes"), {"body": "Keys are *with us*.", "tab": "notes"})
    note = Note.objects.get()
    assert (note.deal, note.person, note.relation, note.whose) == (deal, None, None, deal)
    assert "<em>with us</em>" in as_agent.get(_url(deal)).content.decode()

    as_agent.post(reverse("timeline:note-edit", args=[note.pk]), {"body": "Keys are lost."})
    as_agent.post(reverse("timeline:note-pin", args=[note.pk]))
    text = as_agent.get(_url(deal, "notes")).content.decode()
    assert "Keys are lost." in text
    assert "Pinned" in text

    answer = as_agent.post(reverse("timeline:note-trash", args=[note.pk]))
    assert answer.url == _url(deal)
    assert "Keys are lost." not in as_agent.get(_url(deal)).content.decode()

    as_agent.post(reverse("timeline:note-restoration", args=[note.pk]))
    assert "Keys are lost." in as_agent.get(_url(deal, "notes")).content.decode()


def test_the_page_of_a_note_names_its_deal(as_agent, agent, deal):
    note = write_note(deal, "One", by=agent)
    assert "Note on Villa in Altea" in as_agent.get(reverse("timeline:note-edit", args=[note.pk])).content.decode()


def test_a_note_on_a_deal_does_not_stand_on_its_contacts_timelines(agent, deal, buyer):
    write_note(deal, "One", by=agent)
    assert not buyer.events.exists()


def test_a_note_moves_the_last_activity_on_and_its_deletion_moves_it_back(agent, deal):
    Deal.objects.update(created_at="2020-01-01T00:00:00Z", last_activity_at="2020-01-01T00:00:00Z")
    deal.refresh_from_db()
    note = write_note(deal, "One", by=agent)
    assert Deal.objects.get().last_activity_at == note.event.at

    Note.objects.get().trash(by=agent)
    assert Deal.objects.get().last_activity_at == deal.created_at


def test_a_file_is_added_renamed_handed_out_and_deleted(as_agent, as_stranger, deal):
    as_agent.post(_url(deal, "attachments"), {"files": SimpleUploadedFile("plan.txt", b"A plan.")})
    file = Attachment.objects.get()
    download = reverse("attachments:download", args=[file.pk])
    assert b"".join(as_agent.get(download).streaming_content) == b"A plan."
    assert as_stranger.get(download).status_code == 404

    answer = as_agent.post(reverse("attachments:edit", args=[file.pk]), {"name": "Floor plan"})
    assert answer.url == _url(deal, "attachments")
    assert "Floor plan.txt" in as_agent.get(_url(deal)).content.decode()

    as_agent.post(reverse("attachments:trash", args=[file.pk]))
    assert "Floor plan.txt" not in as_agent.get(_url(deal, "attachments")).content.decode()
    as_agent.post(reverse("attachments:restoration", args=[file.pk]))
    assert Attachment.objects.get().name == "Floor plan.txt"


def test_notes_and_files_of_a_deal_in_the_trash_are_out_of_reach(as_agent, agent, deal):
    note = write_note(deal, "One", by=agent)
    file = attach(deal, SimpleUploadedFile("a.txt", b"a"), by=agent)
    deal.trash(by=agent)

    assert as_agent.get(reverse("timeline:note-edit", args=[note.pk])).status_code == 404
    assert as_agent.get(reverse("attachments:download", args=[file.pk])).status_code == 404


def test_a_change_of_a_deal_names_its_fields(as_agent, agent, deal):
    deal.description = "Near the sea"
    deal.revise(by=agent, version=deal.version)

    assert "<dt>Property description</dt>" in as_agent.get(_url(deal)).content.decode()


def test_deleting_a_deal_for_good_takes_its_notes_and_files_along(agent, deal, django_capture_on_commit_callbacks):
    write_note(deal, "One", by=agent)
    file = attach(deal, SimpleUploadedFile("a.txt", b"a"), by=agent).file
    deal.trash(by=agent)
    with django_capture_on_commit_callbacks(execute=True):
        purge_deals(Deal.with_trash.all())

    for rows in (Note.with_trash.all(), Attachment.with_trash.all(), Event.objects.all()):
        assert not rows.exists()
    assert not file.storage.exists(file.name)


def test_a_page_asks_as_many_queries_for_many_entries_as_for_few(as_agent, agent, deal):
    write_note(deal, "One", by=agent)
    attach(deal, SimpleUploadedFile("a.txt", b"a"), by=agent)
    few = asked(as_agent, _url(deal))
    for number in range(5):
        write_note(deal, f"Note {number}", by=agent)
        attach(deal, SimpleUploadedFile("a.txt", b"a"), by=agent)
    assert asked(as_agent, _url(deal)) == few
