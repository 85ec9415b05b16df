"""The tab, the card on the timeline, the meeting's own page, and what its buttons do."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from contacts.meetings.models import Meeting
from contacts.meetings.planning import cancel, trash
from contacts.meetings.views.tab import PAGE

HTMX = {"HX-Request": "true"}


def at(name, meeting):
    return reverse(f"meetings:{name}", args=[meeting.pk])


def tab(client, person, **query):
    return client.get(reverse("contacts:meetings", args=[person.pk]), query)


def test_tab_shows_what_is_to_come_first_the_soonest_ahead_and_the_latest_past_after(as_agent, planned, contact):
    now = timezone.now()
    titles = {"next week": 7, "tomorrow": 1, "last month": -30, "yesterday": -1}
    for title, days in titles.items():
        planned(title=title, starts_at=now + dt.timedelta(days=days))
    context = tab(as_agent, contact).context
    assert [meeting.title for meeting in context["upcoming"]] == ["tomorrow", "next week"]
    assert [meeting.title for meeting in context["past"]] == ["yesterday", "last month"]


def test_past_comes_page_by_page(as_agent, planned, contact):
    for days in range(PAGE + 2):
        planned(title=f"visit {days}", starts_at=timezone.now() - dt.timedelta(days=days + 1))
    first = tab(as_agent, contact)
    more = tab(as_agent, contact, older=first.context["older"])
    assert [len(page.context["past"]) for page in (first, more)] == [PAGE, 2]
    fragment = as_agent.get(reverse("contacts:meetings", args=[contact.pk]), {"older": "x"}, headers=HTMX)
    assert "<html" not in fragment.content.decode()


def test_tab_without_meetings_says_what_will_be_there(as_agent, contact):
    assert "No meetings yet" in tab(as_agent, contact).content.decode()


def test_tab_says_how_many_and_counts_follow(as_agent, planned, contact, agent):
    meeting = planned()
    planned()
    assert '>Meetings<span class="tally">2</span>' in tab(as_agent, contact).content.decode()
    trash(meeting, by=agent)
    assert '>Meetings<span class="tally">1</span>' in tab(as_agent, contact).content.decode()


def test_tab_costs_as_many_queries_with_ten_meetings_as_with_one(
    as_agent, planned, contact, django_assert_max_num_queries
):
    planned()
    tab(as_agent, contact)
    with django_assert_max_num_queries(40) as first:
        tab(as_agent, contact)
    for _ in range(9):
        planned()
    with django_assert_max_num_queries(len(first)):
        tab(as_agent, contact)


def test_card_is_the_same_on_tab_and_timeline(as_agent, meeting, contact):
    for page in (tab(as_agent, contact), as_agent.get(contact.get_absolute_url())):
        text = page.content.decode()
        assert f'id="meeting-{meeting.pk}"' in text
        assert "Carrer Bernia 14" in text
        assert "Tomorrow, 10:00 to 10:45" in text
        assert at("edit", meeting) in text


def test_page_of_the_stream_asks_for_all_attendees_once(planned, contact, other, django_assert_num_queries):
    for _ in range(5):
        planned(people=[contact, other])
    with django_assert_num_queries(2):
        rows = list(contact.events.all().visible().stream()[:31])
        assert [len(row.attendance.meeting.attendances.all()) for row in rows] == [3] * 5
        assert rows[0].attendance.meeting.attendances.all()[0].name == contact.full_name


def test_cancelled_meeting_is_struck_through(as_agent, meeting, contact, agent):
    cancel(meeting, by=agent)
    text = tab(as_agent, contact).content.decode()
    assert "data-off" in text
    assert "Called off" in text
    assert at("edit", meeting) not in text


def test_colleague_sees_it_and_changes_nothing(client, meeting, colleague, contact):
    client.force_login(colleague)
    text = tab(client, contact).content.decode()
    assert "Second visit" in text
    for name in ("edit", "cancellation", "trash"):
        assert at(name, meeting) not in text
        assert client.post(at(name, meeting)).status_code == 403


def test_meeting_opens_as_panel_and_as_page(as_agent, meeting):
    assert "panel-title" in as_agent.get(at("meeting", meeting), headers=HTMX).content.decode()
    assert "<html" in as_agent.get(at("meeting", meeting)).content.decode()


def test_details_are_made_safe(as_agent, planned):
    meeting = planned(details="**plans** <script>alert(1)</script>", title="<b>x</b>")
    text = as_agent.get(at("meeting", meeting)).content.decode()
    assert "<strong>plans</strong>" in text
    assert "<script>alert" not in text
    assert "<b>x</b>" not in text


def test_cancelling_asks_first(as_agent, meeting):
    assert "Call this meeting off?" in as_agent.get(at("cancellation", meeting)).content.decode()
    assert not Meeting.objects.get().is_cancelled
    answer = as_agent.post(at("cancellation", meeting), follow=True)
    assert "Meeting called off" in answer.content.decode()
    assert Meeting.objects.get().is_cancelled


def test_deleted_meeting_offers_undo_which_brings_it_back(as_agent, meeting, contact):
    there = reverse("contacts:meetings", args=[contact.pk])
    text = as_agent.post(at("trash", meeting), {"next": there}, follow=True).content.decode()
    assert "Meeting deleted" in text
    assert f'action="{at("restoration", meeting)}"' in text
    text = as_agent.post(at("restoration", meeting), {"next": there}, follow=True).content.decode()
    assert "Meeting restored" in text
    assert "Second visit" in text


@pytest.mark.parametrize("name", ["meeting", "edit", "cancellation", "trash", "restoration"])
def test_other_office_gets_404(as_stranger, meeting, agent, name):
    if name == "restoration":
        trash(meeting, by=agent)
    assert as_stranger.post(at(name, meeting)).status_code in (404, 405)
    assert as_stranger.get(at(name, meeting)).status_code in (404, 405)


def test_restoring_is_not_done_by_looking(as_agent, meeting):
    assert as_agent.get(at("restoration", meeting)).status_code == 405


def test_deleting_asks_first_where_mail_goes_out(as_agent, planned, contact):
    meeting = planned(invite=True)
    card = as_agent.get(reverse("contacts:meetings", args=[contact.pk])).content.decode()
    text = as_agent.get(at("trash", meeting)).content.decode()

    assert f'<a href="{at("trash", meeting)}" data-panel>' in card
    assert "Delete this meeting?" in text
    assert f"{contact.full_name} is told at once by email that it is off." in text
    assert Meeting.objects.exists()


def test_deleting_does_not_ask_where_nobody_is_told(as_agent, meeting, contact):
    card = as_agent.get(reverse("contacts:meetings", args=[contact.pk])).content.decode()

    assert f'<form method="post" action="{at("trash", meeting)}">' in card
    assert "is told at once" not in as_agent.get(at("trash", meeting)).content.decode()


def test_tab_does_not_count_what_was_called_off(as_agent, meeting, contact, agent):
    cancel(meeting, by=agent)
    tabs = as_agent.get(reverse("contacts:meetings", args=[contact.pk])).context["record"].tabs

    assert next(tab.count for tab in tabs if tab.key == "meetings") == 0


def test_meetings_of_a_person_in_the_trash_wait_with_them(as_agent, meeting, contact, agent):
    contact.trash(by=agent)
    assert "Second visit" not in tab(as_agent, contact).content.decode()
    contact.restore(by=agent)
    assert "Second visit" in tab(as_agent, contact).content.decode()
