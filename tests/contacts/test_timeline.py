"""The timeline: every verb has its card, days and pages are right, hostile data stay data."""

import datetime as dt

import pytest
import time_machine
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone

from contacts.timeline.models import Event
from contacts.timeline.noting import write_note
from contacts.timeline.recording import record
from contacts.timeline.templatetags.timeline import changes
from contacts.timeline.verbs import GROUPS, VERBS
from tesoro.icons import icon
from tests.factories import ContactFactory, LeadFactory

HTMX = {"HX-Request": "true"}
HOSTILE = "{actor} {0.__class__} }{ %(n)s <script>alert(1)</script>"
KEYS = ["to", "tag", "file", "line", "name", "changes"]
DATA = {
    "full": {
        "to": "Ana",
        "tag": "VIP",
        "file": "a.csv",
        "line": 7,
        "changes": [{"field": "city", "old": "", "new": "X"}],
    },
    "empty": {},
    "hostile": dict.fromkeys(KEYS, HOSTILE),
    "hostile changes": {"changes": [{"field": HOSTILE, "old": HOSTILE, "new": HOSTILE}, 7, None, {}]},
    "wrong kinds": {key: {"a": [1]} for key in KEYS},
    "names of arguments": {"self": "x", "format_string": "x", "actor": HOSTILE},
}


def events_of(client, person, **query):
    return [event for day in days_of(client, person, **query) for event in day.events]


def days_of(client, person, **query):
    return client.get(person.get_absolute_url(), query).context["stream"].days


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("data", DATA.values(), ids=DATA)
def test_every_verb_is_drawn_whatever_its_data(as_agent, contact, admin, verb, data):
    Event.objects.create(account=contact.account, person=contact, actor=admin, verb=verb, data=data)
    answer = as_agent.get(contact.get_absolute_url())
    text = answer.content.decode()
    assert answer.status_code == 200
    assert 'class="event"' in text
    assert "<script>alert" not in text
    assert "<b>Carmen Fernández-Ocaña</b>" in text or "{actor}" not in str(VERBS[verb].sentence)


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
def test_every_verb_has_icon_group_and_template(verb):
    assert icon(verb.icon)
    assert verb.group in GROUPS
    assert not verb.card or get_template(verb.card)


def test_sentence_takes_words_from_data_and_escapes_them(contact, admin):
    event = record("tagged", by=admin, person=contact, tag="<b>& {tag}")
    assert event.sentence() == "<b>Carmen Fernández-Ocaña</b> added the tag <b>&lt;b&gt;&amp; {tag}</b>"


def test_missing_word_reads_as_dots(contact, admin):
    assert record("tagged", by=admin, person=contact).sentence().endswith("added the tag <b>…</b>")


def test_event_without_actor_is_by_the_product(contact):
    assert record("created", by=None, person=contact).sentence() == "<b>Tesoro</b> created this record"


@pytest.mark.parametrize(("count", "words"), [(1, "changed 1 field"), (3, "changed 3 fields")])
def test_change_says_how_many_fields(contact, admin, count, words):
    event = record("changed", by=admin, person=contact, changes=[{"field": "city"}] * count)
    assert event.sentence().endswith(words)


def test_edit_shows_each_field_with_old_and_new_value(as_agent, contact, agent):
    contact.city, contact.role = "Altea", "seller"
    contact.revise(by=agent, version=contact.version, tags=["Sea view"])
    text = as_agent.get(contact.get_absolute_url()).content.decode()
    assert "<dt>Role</dt><dd><del>Buyer</del>" in text
    assert "<ins>Seller</ins>" in text
    assert "<dt>City</dt>" in text
    assert "<dt>Tags</dt>" in text


def test_labels_come_from_the_model(contact, admin):
    names = ["zip_code", "assigned_to", "do_not_contact", "gone"]
    event = record("changed", by=admin, person=contact, changes=[{"field": name} for name in names])
    assert [row["label"] for row in changes(event)] == ["Zip code", "Assigned to", "Do not contact", "Gone"]


def test_person_tells_own_life_newest_first(as_agent, account, agent):
    contact = ContactFactory.build(account=account, assigned_to=agent)
    contact.add(by=agent)
    contact.city = "Altea"
    contact.revise(by=agent, version=1)
    write_note(contact, "Hello", by=agent)
    contact.trash(by=agent)
    contact.restore(by=agent)
    told = [event.verb for event in events_of(as_agent, contact)]
    assert told == ["restored", "deleted", "noted", "changed", "created"]


@time_machine.travel("2026-11-19 11:00:00+00:00", tick=False)
def test_days_are_those_of_the_account(as_agent, contact, agent, account):
    """23:30 UTC is the next day in Madrid."""
    for at in ("2026-11-19 10:00", "2026-11-18 23:30", "2026-11-18 22:30", "2026-11-10 10:00", "2025-03-04 10:00"):
        record("tagged", by=agent, person=contact, at=dt.datetime.fromisoformat(f"{at}+00:00"), tag="VIP")
    found = [(day.heading, len(day.events)) for day in days_of(as_agent, contact)]
    assert found == [("Today", 2), ("Yesterday", 1), ("Tuesday 10 November", 1), ("Tuesday 4 March 2025", 1)]


@time_machine.travel("2026-11-19 11:00:00+00:00", tick=False)
def test_times_are_relative_within_the_hour_and_exact_on_hover(as_agent, contact, agent):
    now = timezone.now()
    record("tagged", by=agent, person=contact, at=now - dt.timedelta(minutes=12), tag="VIP")
    record("tagged", by=agent, person=contact, at=now - dt.timedelta(hours=2), tag="VIP")
    text = as_agent.get(contact.get_absolute_url()).content.decode()
    assert 'title="Thursday 19 November 2026, 11:48">12 min ago</time>' in text
    assert 'title="Thursday 19 November 2026, 10:00">10:00</time>' in text


def make(person, agent, count):
    now = timezone.now()
    for number in range(count):
        record("tagged", by=agent, person=person, at=now - dt.timedelta(hours=5 * number), tag=f"tag {number}")


def test_older_events_come_page_by_page_and_none_twice(as_agent, contact, agent):
    make(contact, agent, 70)
    seen, url = [], contact.get_absolute_url()
    while url:
        stream = as_agent.get(url).context["stream"]
        seen += [event.pk for event in stream.page.rows]
        url = stream.older_url
    assert len(seen) == len(set(seen)) == 70


def test_older_events_are_a_fragment_for_htmx_and_a_page_without(as_agent, contact, agent):
    make(contact, agent, 40)
    url = as_agent.get(contact.get_absolute_url()).context["stream"].older_url
    assert "<html" in as_agent.get(url).content.decode()
    fragment = as_agent.get(url, headers=HTMX).content.decode()
    assert "<html" not in fragment
    assert "tag 39" in fragment


def test_day_that_goes_on_has_its_heading_once(as_agent, contact, agent):
    at = timezone.now() - dt.timedelta(days=3)
    for _ in range(40):
        record("tagged", by=agent, person=contact, at=at, tag="VIP")
    url = as_agent.get(contact.get_absolute_url()).context["stream"].older_url
    assert "<h3>" not in as_agent.get(url, headers=HTMX).content.decode()
    assert "<h3>" in as_agent.get(url).content.decode().split('class="timeline"')[1]


def test_page_of_the_stream_is_one_query(as_agent, contact, agent, django_assert_num_queries):
    for number in range(10):
        write_note(contact, f"note {number}", by=agent)
    with django_assert_num_queries(1):
        rows = list(contact.events.all().visible().stream()[:31])
        assert [(row.actor.first_name, row.note.author.first_name, row.sentence()) for row in rows]


def test_kinds_narrow_the_stream(as_agent, contact, agent):
    write_note(contact, "Hello", by=agent)
    record("tagged", by=agent, person=contact, tag="VIP")
    record("created", by=agent, person=contact)
    assert [event.verb for event in events_of(as_agent, contact, kind="note")] == ["noted"]
    assert [event.verb for event in events_of(as_agent, contact, kind=["note", "change"])] == ["tagged", "noted"]
    assert len(events_of(as_agent, contact, kind="horses")) == 3


def test_filter_puts_kinds_in_and_takes_them_out(as_agent, contact):
    stream = as_agent.get(contact.get_absolute_url(), {"kind": "note"}).context["stream"]
    here = contact.get_absolute_url()
    found = {choice.label: (choice.url, choice.on) for choice in stream.choices}
    assert list(found) == ["All activities", *GROUPS.values()]
    assert found["Notes"] == (here, True)
    assert found["Changes"] == (f"{here}?kind=note&kind=change", False)
    assert stream.label == "Notes"


def test_switch_shows_what_people_did_or_what_was_changed(as_agent, contact, agent):
    write_note(contact, "Hello", by=agent)
    record("tagged", by=agent, person=contact, tag="VIP")
    record("created", by=agent, person=contact)
    assert [event.verb for event in events_of(as_agent, contact, kind="people")] == ["noted"]
    assert [event.verb for event in events_of(as_agent, contact, kind="changes")] == ["created", "tagged"]


@pytest.mark.parametrize(("kind", "on"), [("", "Everything"), ("people", "By people"), ("changes", "Changes")])
def test_switch_shows_where_it_stands(as_agent, contact, kind, on):
    stream = as_agent.get(contact.get_absolute_url(), {"kind": kind}).context["stream"]
    assert [choice.label for choice in stream.switch if choice.on] == [on]


def test_all_kinds_of_a_preset_are_the_preset(as_agent, contact):
    stream = as_agent.get(contact.get_absolute_url(), {"kind": ["record", "change", "deal"]}).context["stream"]
    assert stream.newest_url == f"{contact.get_absolute_url()}?kind=changes"


def test_event_of_an_entry_in_the_trash_is_hidden_until_it_is_restored(as_agent, contact, agent):
    note = write_note(contact, "Hello", by=agent)
    note.trash(by=agent)
    assert events_of(as_agent, contact) == []
    note.restore(by=agent)
    assert [event.verb for event in events_of(as_agent, contact)] == ["noted"]


def test_pages_keep_the_kinds(as_agent, contact, agent):
    make(contact, agent, 40)
    stream = as_agent.get(contact.get_absolute_url(), {"kind": "change"}).context["stream"]
    assert "kind=change" in stream.older_url


def test_kind_without_events_says_so(as_agent, contact):
    text = as_agent.get(contact.get_absolute_url(), {"kind": "note"}).content.decode()
    assert "Nothing of this kind" in text


@pytest.mark.parametrize("older", ["x", "W10", "bnVsbA", "A" * 3000, "%00"])
def test_damaged_place_shows_the_newest(as_agent, contact, agent, older):
    record("created", by=agent, person=contact)
    assert len(events_of(as_agent, contact, older=older)) == 1


def test_place_in_the_stream_of_one_person_is_none_in_that_of_another(as_agent, contact, agent, account):
    other = ContactFactory(account=account)
    make(contact, agent, 40)
    make(other, agent, 40)
    url = as_agent.get(contact.get_absolute_url()).context["stream"].older_url
    query = url.partition("?")[2]
    stream = as_agent.get(f"{other.get_absolute_url()}?{query}").context["stream"]
    assert stream.is_first


def test_timeline_of_another_office_is_404(as_stranger, contact):
    assert as_stranger.get(contact.get_absolute_url(), {"older": "x"}, headers=HTMX).status_code == 404


def test_event_of_a_person_who_is_a_lead_is_told_alike(as_agent, contact, agent):
    lead = LeadFactory(account=contact.account)
    record("created", by=agent, person=lead)
    text = as_agent.get(reverse("leads:detail", args=[lead.pk])).content.decode()
    assert "created this record" in text
