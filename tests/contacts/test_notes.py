"""Notes: written, edited, pinned, deleted and restored."""

import pytest
from django.urls import reverse

from contacts.models import Person
from contacts.timeline.models import Event, Note
from contacts.timeline.models.note import NOTE_LIMIT
from contacts.timeline.noting import write_note
from tests.factories import ContactFactory, UserFactory

HTMX = {"HX-Request": "true"}
VERBS = ["note-pin", "note-trash", "note-restoration", "note-edit"]


@pytest.fixture
def note(contact, agent):
    return write_note(contact, "Second visit went **well**.", by=agent)


def at(name, note):
    return reverse(f"timeline:{name}", args=[note.pk])


def write(client, contact, **data):
    return client.post(reverse("contacts:notes", args=[contact.pk]), {"tab": "activities", **data})


def test_note_is_written_with_its_event(as_agent, contact, agent):
    assert write(as_agent, contact, body="Call **tomorrow**").status_code == 302
    note = Note.objects.get()
    assert (note.body, note.author, note.person_id, note.pinned) == ("Call **tomorrow**", agent, contact.pk, False)
    assert note.event.verb == "noted"
    assert Person.objects.get(pk=contact.pk).last_activity_at == note.event.at


def test_note_returns_to_the_tab_it_was_written_in(as_agent, contact):
    notes = reverse("contacts:notes", args=[contact.pk])
    assert write(as_agent, contact, body="Hello", next=notes).url == f"{notes}#note-{Note.objects.get().pk}"
    assert write(as_agent, contact, body="Hello", next="//example.org/").url.startswith(
        f"{contact.get_absolute_url()}#note-"
    )


def test_note_is_pinned_while_it_is_written(as_agent, contact):
    write(as_agent, contact, body="Key is with the neighbour", pinned="on")
    assert Note.objects.get().pinned


@pytest.mark.parametrize("body", ["", "   \n "])
def test_empty_note_is_refused_beside_the_field(as_agent, contact, body):
    answer = write(as_agent, contact, body=body)
    assert answer.status_code == 422
    assert 'id="note-body_error"' in answer.content.decode()
    assert "Note is missing." in answer.content.decode()
    assert not Note.objects.exists()


@pytest.mark.parametrize("tab", ["activities", "notes"])
def test_note_that_is_too_long_is_kept_in_the_field(as_agent, contact, tab):
    body = "x" * (NOTE_LIMIT + 1)
    answer = write(as_agent, contact, body=body, tab=tab, pinned="on")
    assert answer.status_code == 422
    assert answer.context["record"].tab == tab
    assert body in answer.content.decode()
    assert "At most 10,000 characters; this has 10,001." in answer.content.decode()
    assert 'name="pinned" checked' in answer.content.decode()


def test_note_corrected_after_an_error_leads_back_to_its_tab(as_agent, contact):
    answer = write(as_agent, contact, body="", next=contact.get_absolute_url())
    assert f'name="next" value="{contact.get_absolute_url()}"' in answer.content.decode()


def test_form_of_a_note_comes_back_into_the_composer(as_agent, contact):
    headers = {"HX-Request": "true", "HX-Target": "composer"}
    text = as_agent.get(contact.get_absolute_url(), headers=headers).content.decode()
    assert "<html" not in text
    assert 'id="composer"' in text
    assert 'data-kind="note" aria-current="true"' in text


def test_longest_note_is_kept_whole(as_agent, contact):
    write(as_agent, contact, body="ä" * NOTE_LIMIT)
    assert len(Note.objects.get().body) == NOTE_LIMIT


def test_markdown_is_shown_and_script_is_not_run(as_agent, contact, agent):
    write_note(contact, "**bold** <script>alert(1)</script> [x](javascript:alert(1))", by=agent)
    text = as_agent.get(contact.get_absolute_url()).content.decode()
    assert "<strong>bold</strong>" in text
    assert "<script>alert" not in text
    assert 'href="javascript' not in text


def test_author_edits_own_note(as_agent, note, contact):
    answer = as_agent.post(at("note-edit", note), {"body": "Third visit"})
    assert answer.url == f"{contact.get_absolute_url()}#note-{note.pk}"
    note.refresh_from_db()
    assert note.body == "Third visit"
    assert note.edited_at is not None


def test_edit_works_as_page_of_its_own(as_agent, note):
    text = as_agent.get(at("note-edit", note)).content.decode()
    assert "<title>Edit note" in text
    assert "Second visit went **well**." in text


def test_edit_in_place_answers_with_the_card(as_agent, note):
    form = as_agent.get(at("note-edit", note), headers=HTMX).content.decode()
    assert "<html" not in form
    assert f'hx-post="{at("note-edit", note)}"' in form
    card = as_agent.post(at("note-edit", note), {"body": "Third *visit*"}, headers=HTMX).content.decode()
    assert "<em>visit</em>" in card
    assert "<html" not in card


def test_edit_in_place_keeps_what_is_too_long(as_agent, note):
    body = "x" * (NOTE_LIMIT + 1)
    answer = as_agent.post(at("note-edit", note), {"body": body}, headers=HTMX)
    assert answer.status_code == 422
    assert body in answer.content.decode()
    note.refresh_from_db()
    assert note.body.startswith("Second")


def test_card_returns_when_editing_is_given_up(as_agent, note, contact):
    assert "<strong>well</strong>" in as_agent.get(at("note", note), headers=HTMX).content.decode()
    assert as_agent.get(at("note", note)).url == f"{contact.get_absolute_url()}#note-{note.pk}"


def test_admin_edits_note_of_an_agent(as_admin, note):
    assert as_admin.post(at("note-edit", note), {"body": "Corrected"}).status_code == 302


@pytest.mark.parametrize("name", ["note-edit", "note-trash"])
def test_colleague_may_not_change_the_note_of_another(client, note, account, name):
    client.force_login(UserFactory(account=account))
    assert client.post(at(name, note), {"body": "Mine now"}).status_code == 403
    note.refresh_from_db()
    assert note.body.startswith("Second")
    assert note.deleted_at is None


def test_colleague_sees_no_edit_but_may_pin(client, note, account, contact):
    client.force_login(UserFactory(account=account))
    text = client.get(contact.get_absolute_url()).content.decode()
    assert at("note-edit", note) not in text
    assert at("note-trash", note) not in text
    assert client.post(at("note-pin", note), {"pinned": "1"}).status_code == 302
    note.refresh_from_db()
    assert note.pinned


def test_note_is_unpinned(as_agent, note):
    note.pin(True)
    as_agent.post(at("note-pin", note), {"pinned": "0"})
    note.refresh_from_db()
    assert not note.pinned


def test_deleted_note_leaves_stream_and_tab_and_offers_undo(as_agent, note, contact):
    answer = as_agent.post(at("note-trash", note), {"next": contact.get_absolute_url()}, follow=True)
    text = answer.content.decode()
    assert "Second visit" not in text
    assert "Note deleted" in text
    assert f'action="{at("note-restoration", note)}"' in text
    assert as_agent.get(reverse("contacts:notes", args=[contact.pk])).context["notes"] == []


def test_undo_brings_the_note_back(as_agent, note, agent, contact):
    note.trash(by=agent)
    as_agent.post(at("note-restoration", note))
    assert "Second visit" in as_agent.get(contact.get_absolute_url()).content.decode()


def test_colleague_may_not_restore_the_note_of_another(client, note, agent, account):
    note.trash(by=agent)
    client.force_login(UserFactory(account=account))
    assert client.post(at("note-restoration", note)).status_code == 403


@pytest.mark.parametrize("name", VERBS)
def test_other_office_gets_404(as_stranger, note, agent, name):
    if name == "note-restoration":
        note.trash(by=agent)
    assert as_stranger.post(at(name, note), {"body": "Mine"}).status_code == 404
    assert as_stranger.get(at("note", note)).status_code == 404


@pytest.mark.parametrize("name", VERBS)
def test_signed_out_visitor_is_asked_to_sign_in(client, note, name):
    assert client.post(at(name, note)).url.startswith(reverse("account_login"))


def test_note_of_person_in_trash_is_404(as_agent, note, contact, agent):
    contact.trash(by=agent)
    assert as_agent.get(at("note-edit", note)).status_code == 404


@pytest.mark.parametrize("name", ["note-pin", "note-trash", "note-restoration"])
def test_nothing_is_changed_by_looking(as_agent, note, name):
    assert as_agent.get(at(name, note)).status_code == 405


def test_tab_shows_pinned_first_then_newest(as_agent, contact, agent):
    first, second, third = [write_note(contact, f"note {n}", by=agent) for n in range(3)]
    first.pin(True)
    shown = as_agent.get(reverse("contacts:notes", args=[contact.pk])).context["notes"]
    assert shown == [first, third, second]


def test_tab_says_how_many_notes_there_are(as_agent, contact, agent, note):
    write_note(contact, "Another", by=agent).trash(by=agent)
    tabs = {tab.key: tab for tab in as_agent.get(contact.get_absolute_url()).context["record"].tabs}
    assert tabs["notes"].count == 1


def test_many_notes_come_page_by_page(as_agent, contact, agent, django_assert_max_num_queries):
    for number in range(65):
        write_note(contact, f"note {number}", by=agent)
    url = reverse("contacts:notes", args=[contact.pk])
    with django_assert_max_num_queries(15):
        page = as_agent.get(url).context
    seen = [note.pk for note in page["notes"]]
    while page["older"]:
        answer = as_agent.get(url, {"older": page["older"]}, headers=HTMX)
        assert "<html" not in answer.content.decode()
        page = answer.context
        seen += [note.pk for note in page["notes"]]
    assert len(seen) == len(set(seen)) == 65


def test_note_on_person_of_other_office_is_404(as_agent, stranger):
    assert write(as_agent, ContactFactory(account=stranger.account), body="Hello").status_code == 404
    assert not Event.objects.exists()
