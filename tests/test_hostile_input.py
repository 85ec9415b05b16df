"""Whatever a browser sends: an answer, never a crash. On both databases, which break on different things."""

import csv
import io

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from contacts.attachments.attaching import attach
from contacts.emails.composing import write
from contacts.imports import jobs, kinds, mapping, uploading
from contacts.lines.models import Stray
from tests.factories import ContactFactory, PartyFactory

LIST = reverse("contacts:list")
HOSTILE = [
    "\0", "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"), "9" * 30, "9" * 4400, "-1", "1e9", "0x1", "٣",
    "[[[[[[[[", "'\" OR 1=1 --", "a" * 5000, "%", "\u202e", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00",
    "2026-01-01T00:00:00", "🙂" * 50, " ", "WyJ4Iiwx", "Infinity", "NaN",
]  # fmt: skip
PARAMETERS = ["q", "sort", "per_page", "after", "before", "role", "agent", "tag", "language", "country", "relation",
              "do_not_contact", "created", "last_activity", "columns", "view"]  # fmt: skip


def _addresses():
    yield from ((LIST, name) for name in PARAMETERS)
    for address in (reverse("leads:list"), reverse("contacts:filters"), reverse("contacts:count")):
        yield from ((address, name) for name in ("q", "agent", "tag"))
    yield from ((reverse("deals:list"), name) for name in ("columns", "q", "sort", "stage", "contact", "value_from"))
    yield from ((reverse("deals:columns"), name) for name in ("columns", "up", "down"))
    yield from ((reverse("deals:export"), name) for name in ("format", "q", "stage", "columns"))
    yield reverse("imports:upload"), "kind"
    yield from ((reverse("deals:board"), name) for name in ("pipeline", "state", "value_from", "contact", "view"))
    yield from ((reverse("deals:board-filters"), name) for name in ("pipeline", "stage"))
    for address in (reverse("contacts:email-check"), reverse("contacts:phone-check")):
        yield from ((address, "value"), (address, "id"))
    yield from ((reverse("contacts:columns"), name) for name in ("columns", "up", "down", "q", "tag"))
    yield from ((reverse("tasks:mine"), name) for name in ("who", "more", "after"))
    yield from ((reverse("meetings:calendar"), name) for name in ("view", "day", "who"))
    yield from ((reverse("contacts:people"), "q"), (reverse("meetings:new"), "day"))
    yield reverse("relations:companies"), "q"
    yield from ((reverse(f"inbox:{page}"), name) for page in ("list", "waiting") for name in ("after", "before"))
    yield from ((reverse("finder:search"), name) for name in ("q", "in"))
    yield from ((reverse("home"), name) for name in ("period", "agent"))
    yield from ((reverse("activity"), name) for name in ("period", "from", "to", "agent", "kind", "older", "day"))
    yield from ((reverse("trash:list"), name) for name in ("q", "after", "before", "refused"))
    yield from ((reverse("imports:history"), name) for name in ("after", "before", "page"))
    yield from ((reverse("places:search"), "q"), (reverse("places:at"), "lat"), (reverse("places:at"), "lon"))


@pytest.mark.parametrize(("address", "name"), list(_addresses()))
def test_no_word_of_the_address_bar_breaks_a_page(as_admin, contact, address, name):
    for value in HOSTILE:
        assert as_admin.get(address, {name: value}).status_code < 500, value


@pytest.mark.parametrize("name", ["from", "to", "agent"])
def test_no_day_breaks_the_dashboard(as_admin, contact, name):
    for value in HOSTILE:
        words = {"period": "custom", "from": "2026-01-01", "to": "2026-02-01", name: value}
        assert as_admin.get(reverse("home"), words).status_code == 200, value


POSTS = [
    ("contacts:bulk-trash", ["id", "all", "scope", "next"]),
    ("contacts:bulk-tags", ["tag", "id"]),
    ("contacts:bulk-untagging", ["tag"]),
    ("contacts:bulk-assignment", ["agent"]),
    ("contacts:views", ["name", "query"]),
    ("trash:restoration", ["moment", "id", "one", "q", "next"]),
    ("trash:deletion", ["typed", "id", "q"]),
]


@pytest.mark.parametrize(("url_name", "names"), POSTS)
def test_no_posted_word_breaks_an_action(as_admin, contact, url_name, names):
    for name in names:
        for value in HOSTILE:
            data = {"id": contact.pk, "all": "1", "scope": f"{name}={value}", name: value}
            assert as_admin.post(reverse(url_name), data).status_code < 500, (name, value)


FIELDS = [
    "first_name", "email", "phone", "role", "assigned_to", "relation", "tags", "notes", "street", "country", "version",
    "do_not_contact", "mine", "typed-phone",
]  # fmt: skip


@pytest.mark.parametrize("field", FIELDS)
def test_no_field_of_the_form_breaks_it(as_admin, admin, contact, field):
    for value in HOSTILE:
        for address in (reverse("contacts:create"), reverse("contacts:edit", args=[contact.pk])):
            assert as_admin.post(address, {"assigned_to": admin.pk, "version": "1", field: value}).status_code < 500, (
                value
            )


IN_PLACE = ["first_name", "email", "phone", "role", "assigned_to", "relation", "tags", "notes", "do_not_contact"]


@pytest.mark.parametrize("field", IN_PLACE)
def test_no_word_breaks_a_field_of_contact_info(as_admin, contact, field):
    address = reverse("contacts:info-field", args=[contact.pk, field])
    for value in HOSTILE:
        assert as_admin.post(address, {field: value, "version": "1"}).status_code < 500, value


def test_no_version_breaks_a_field_of_contact_info(as_admin, contact):
    address = reverse("contacts:info-field", args=[contact.pk, "city"])
    for value in HOSTILE:
        data = {"city": "Altea", "version": value}
        assert as_admin.post(address, data, headers={"HX-Request": "true"}).status_code < 500, value


def test_no_word_breaks_the_timeline(as_admin, contact):
    for value in HOSTILE:
        for name in ("kind", "older", "day"):
            assert as_admin.get(contact.get_absolute_url(), {name: value}).status_code < 500, (name, value)


@pytest.mark.parametrize("field", ["incoming", "started_at", "duration", "outcome", "note", "older", "seen"])
def test_no_word_breaks_the_forms_and_the_tab_of_calls(as_admin, contact, field):
    for value in HOSTILE:
        data = {"started_at": "2026-01-01T00:00", field: value}
        assert as_admin.post(reverse("contacts:call-log", args=[contact.pk]), data).status_code < 500, value
        assert as_admin.post(reverse("contacts:call-new", args=[contact.pk]), data).status_code < 500, value
        assert as_admin.get(reverse("contacts:calls", args=[contact.pk]), {field: value}).status_code < 500, value


@pytest.mark.parametrize("tab", ["sms", "whatsapp"])
@pytest.mark.parametrize("htmx", [{}, {"HX-Request": "true"}])
def test_no_word_breaks_a_thread_of_messages(as_admin, contact, line, tab, htmx):
    url = reverse(f"contacts:{tab}", args=[contact.pk])
    for value in HOSTILE:
        for name in ("older", "day", "since", "seen", "template"):
            assert as_admin.get(url, {"older": "x", name: value}, headers=htmx).status_code < 500, (name, value)
        for name in () if htmx else ("body", "template", "form_key", "value_1"):
            assert as_admin.post(url, {name: value}).status_code < 500, (name, value)


def test_no_word_breaks_what_is_shown_while_one_searches(as_admin, contact):
    for value in HOSTILE:
        for words in ({"q": value}, {"q": "andrea", "in": value}):
            answer = as_admin.get(reverse("finder:search"), words, headers={"HX-Request": "true"})
            assert answer.status_code < 500, words


def test_no_word_breaks_the_form_of_who_was_not_found(as_admin):
    for value in HOSTILE:
        words = dict.fromkeys(("first_name", "last_name", "email", "phone"), value)
        assert as_admin.get(reverse("contacts:create"), words).status_code < 500, value


def test_no_word_breaks_the_inbox(as_admin, account):
    stray = Stray.objects.create(account=account, kind="sms", number="+34655123456", sid="SM1", data={"name": "<b>"})
    for value in HOSTILE:
        for name in ("first_name", "email", "phone"):
            assert as_admin.post(reverse("inbox:lead", args=[stray.pk]), {name: value}).status_code < 500, (name, value)
        for name in ("q", "person", "keep", "find"):
            assert as_admin.post(reverse("inbox:person", args=[stray.pk]), {name: value}).status_code < 500, value
        assert as_admin.get(reverse("inbox:person", args=[stray.pk]), {"q": value}).status_code < 500, value
        assert as_admin.post(reverse("inbox:restoration", args=[stray.pk]), {"moment": value}).status_code < 500, value
        for name in ("title", "body", "content_sid"):
            assert as_admin.post(reverse("messaging:template-new"), {name: value}).status_code < 500, (name, value)


def test_no_word_breaks_the_files_of_a_person(as_admin, contact):
    file = attach(contact, ContentFile(b"text", "plan.pdf"), by=None)
    tab = reverse("contacts:attachments", args=[contact.pk])
    for value in HOSTILE:
        assert as_admin.get(tab, {"older": value}, headers={"HX-Request": "true"}).status_code < 500, value
        assert as_admin.post(tab, {"files": value}, headers={"Accept": value[:9]}).status_code < 500, value
        assert as_admin.post(reverse("attachments:edit", args=[file.pk]), {"name": value}).status_code < 500, value


def test_no_word_breaks_the_emails_of_a_person(as_admin, admin, contact):
    email = write(contact, subject="The visit", body="At eleven.", by=admin)
    tab = reverse("contacts:emails", args=[contact.pk])
    thread = reverse("contacts:conversation", args=[contact.pk, email.conversation_id])
    for value in HOSTILE:
        for url in (tab, thread):
            assert as_admin.get(url, {"older": value}, headers={"HX-Request": "true"}).status_code < 500, value
        for name in ("subject", "body", "attachments", "uploads"):
            data = {"subject": "x", "body": "x", name: value}
            assert as_admin.post(f"{tab}new/", data).status_code < 500, (name, value)
            assert as_admin.post(thread, data).status_code < 500, (name, value)
        assert as_admin.post(reverse("emails:preview"), {"body": value}).status_code < 500, value


@pytest.mark.parametrize("board", ["leads:board", "deals:board"])
@pytest.mark.parametrize("name", ["q", "after", "open", "agent", "created"])
def test_no_word_breaks_a_board(as_admin, deal, board, name):
    for value in HOSTILE:
        words = {"pipeline": "buyer", name: value}
        for headers in ({}, {"HX-Request": "true"}):
            assert as_admin.get(reverse(board), words, headers=headers).status_code < 500, value


@pytest.mark.parametrize("name", ["stage", "reason", "before", "after", "next"])
def test_no_word_breaks_the_move_of_a_deal(as_admin, deal, name):
    for value in HOSTILE:
        data = {"stage": "lost", "reason": "x", name: value}
        for url in (reverse("deals:place", args=[deal.pk]), reverse("deals:stage", args=[deal.pk])):
            assert as_admin.post(url, data).status_code < 500, value


@pytest.fixture
def deal(admin, contact):
    """A deal of the contact, with an email about it."""
    deal = PartyFactory(person=contact, deal__account=contact.account).deal
    write(contact, subject="The deed", body="On Friday.", by=admin, deal=deal)
    return deal


@pytest.mark.parametrize("name", ["to", "subject", "body", "attachments", "uploads", "older", "form_key"])
def test_no_word_breaks_the_emails_of_a_deal(as_admin, contact, deal, name):
    tab = reverse("deals:emails", args=[deal.pk])
    thread = reverse("deals:conversation", args=[deal.pk, deal.conversation_set.get().pk])
    for value in HOSTILE:
        for url in (tab, thread):
            assert as_admin.get(url, {name: value}, headers={"HX-Request": "true"}).status_code < 500, value
        data = {"to": contact.pk, "subject": "x", "body": "x", name: value}
        assert as_admin.post(f"{tab}new/", data).status_code < 500, value
        assert as_admin.post(thread, data).status_code < 500, value


@pytest.mark.parametrize("name", ["title", "due_on", "due_time", "priority", "assigned_to", "details", "more", "after"])
def test_no_word_breaks_the_tasks_of_a_deal(as_admin, admin, deal, name):
    tab = reverse("deals:tasks", args=[deal.pk])
    for value in HOSTILE:
        data = {"title": "x", "priority": "2", "assigned_to": admin.pk, name: value}
        assert as_admin.post(f"{tab}new/", data).status_code < 500, value
        assert as_admin.get(tab, {"more": "open", name: value}).status_code < 500, value


@pytest.mark.parametrize("name", ["title", "starts_at", "people", "colleagues", "invite", "older", "day"])
def test_no_word_breaks_the_meetings_of_a_deal(as_admin, deal, name):
    tab = reverse("deals:meetings", args=[deal.pk])
    times = {"starts_at": "2026-11-26T10:00", "ends_at": "2026-11-26T11:00"}
    for value in HOSTILE:
        data = {"title": "x", "kind": "call", **times, name: value}
        assert as_admin.post(f"{tab}new/", data).status_code < 500, value
        for url in (tab, f"{tab}new/"):
            assert as_admin.get(url, {name: value}).status_code < 500, value


@pytest.mark.parametrize("name", ["body", "pinned", "tab", "next", "older", "files"])
def test_no_word_breaks_the_notes_and_files_of_a_deal(as_admin, deal, name):
    for tab in ("notes", "attachments"):
        url = reverse(f"deals:{tab}", args=[deal.pk])
        for value in HOSTILE:
            assert as_admin.post(url, {"body": "x", name: value}).status_code < 500, value
            assert as_admin.get(url, {name: value}, headers={"HX-Request": "true"}).status_code < 500, value


@pytest.mark.parametrize("field", ["sender", "smtp_host", "smtp_port", "smtp_user", "smtp_password", "imap_folder"])
def test_no_word_breaks_the_settings_of_mail(as_admin, settings, field):
    settings.PRIVATE_MAIL_HOSTS = True
    for value in HOSTILE:
        data = {"sender": "a@example.com", "smtp_host": "127.0.0.1", "smtp_port": "9", "smtp_security": "none"}
        assert as_admin.post(reverse("emails:settings"), {**data, field: value}).status_code < 500, value
        assert as_admin.post(reverse("emails:test-smtp")).status_code < 500, value


@pytest.mark.parametrize(
    "field", ["title", "kind", "starts_at", "ends_at", "place", "details", "people", "colleagues", "invite"]
)
def test_no_field_of_a_meeting_breaks_it(as_admin, contact, field):
    times = {"starts_at": "2026-11-26T10:00", "ends_at": "2026-11-26T11:00"}
    for value in HOSTILE:
        data = {"title": "A visit", "kind": "call", **times, field: value}
        assert as_admin.post(reverse("contacts:meeting-new", args=[contact.pk]), data).status_code < 500, value
        meeting = contact.attendance_set.first()
        if meeting:
            address = reverse("meetings:edit", args=[meeting.meeting_id])
            assert as_admin.post(address, data).status_code < 500, value
        assert as_admin.get(reverse("contacts:meetings", args=[contact.pk]), {"older": value}).status_code < 500, value


@pytest.mark.parametrize("kind", ["lead", "contact", "relation", "deal"])
def test_no_cell_of_a_file_breaks_an_import(admin, kind):
    ContactFactory(account=admin.account, email="ines@example.com")
    run_of = kinds.get(kind)
    names = list(run_of.columns)
    good = {name: column.example for name, column in run_of.columns.items()}
    good |= {"owner_email": admin.email} if "owner_email" in good else {}
    keys = "k{}@example.com" if run_of.key_field == "email" else "Villa {}"
    cells = [(name, value) for name in names for value in HOSTILE]
    rows = [
        {**good, run_of.key_field: keys.format(place), **{name: value}} for place, (name, value) in enumerate(cells)
    ]
    text = io.StringIO()
    writer = csv.DictWriter(text, names)
    writer.writeheader()
    writer.writerows(rows)
    file = io.BytesIO(text.getvalue().replace("\0", "").encode())
    file.name = "hostile.csv"

    run = uploading.start(admin.account, admin, file, kind)
    mapping.save(run, run.places, {**run_of.default_options, "on_existing": "update"})
    jobs.do(run, jobs.Job.VERIFY)
    jobs.do(run, jobs.Job.IMPORT)

    assert (run.status, run.created + run.updated + run.failed + run.skipped) == ("done", run.rows)
    assert run.created > run.rows / 4
