"""The private feed: its address, who may read it, and what stands in it."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from contacts.meetings.models import CalendarFeed, Meeting
from contacts.meetings.planning import cancel, trash
from tests.factories import UserFactory

SETTINGS = reverse("meetings:feed-settings")


@pytest.fixture
def token(agent):
    return CalendarFeed.renew(agent)


def fetch(client, token, **headers):
    return client.get(reverse("meetings:feed", args=[token]), headers=headers)


def titles(client, token):
    calendar = Calendar.from_ical(fetch(client, token).content)
    return {str(event["summary"]): str(event["status"]) for event in calendar.walk("VEVENT")}


def made(client):
    answer = client.post(reverse("meetings:feed-renewal")).content.decode()
    return re.search(r'value="http://[^"]+/calendar/feed/([\w-]+)\.ics"', answer)[1]


def test_feed_holds_the_meetings_of_its_user(client, token, planned, admin, colleague, agent):
    planned(title="Mine")
    planned(title="Asked along", by=admin, colleagues=[agent])
    planned(title="Of others", by=admin, colleagues=[colleague])
    assert titles(client, token) == {"Mine": "CONFIRMED", "Asked along": "CONFIRMED"}


def test_feed_loads_in_a_calendar_program(client, token, meeting, contact):
    answer = fetch(client, token)
    calendar = Calendar.from_ical(answer.content)
    [event] = calendar.walk("VEVENT")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert (str(event["uid"]), event["dtstart"].dt) == (str(meeting.uid), meeting.starts_at)
    assert contact.full_name in str(event["description"])
    assert str(calendar["x-wr-calname"]) == "Lucía Fernández-Ocaña · Casa Mirador"


def test_cancelled_meetings_say_so_and_deleted_ones_are_gone(client, token, planned, agent):
    cancel(planned(title="Off"), by=agent)
    trash(planned(title="Deleted"), by=agent)
    assert titles(client, token) == {"Off": "CANCELLED"}


@pytest.mark.parametrize(("days", "shown"), [(-95, False), (-85, True), (400, True)])
def test_feed_begins_three_months_ago(client, token, planned, days, shown):
    planned(starts_at=timezone.now() + dt.timedelta(days=days))
    assert bool(titles(client, token)) is shown


def test_meeting_one_was_taken_off_leaves_the_feed(client, planned, colleague, agent, contact):
    from contacts.meetings.planning import revise

    token = CalendarFeed.renew(colleague)
    meeting = planned(colleagues=[colleague])
    assert titles(client, token)
    revise(meeting, people=[contact], colleagues=[], by=agent, invite=False)
    assert titles(client, token) == {}


@pytest.mark.parametrize("wrong", ["x", "a" * 43, "A" * 3000, "-"])
def test_wrong_address_is_404(client, token, wrong):
    assert fetch(client, wrong).status_code == 404


def test_replaced_address_is_404_and_the_new_one_works(client, token, agent):
    fresh = CalendarFeed.renew(agent)
    assert fetch(client, token).status_code == 404
    assert fetch(client, fresh).status_code == 200
    assert CalendarFeed.objects.count() == 1


def test_address_of_a_deactivated_user_is_404(client, token, agent):
    agent.deactivate()
    assert fetch(client, token).status_code == 404
    agent.reactivate()
    assert fetch(client, token).status_code == 200


def test_deleted_address_is_404(client, as_agent, token):
    as_agent.post(reverse("meetings:feed-deletion"))
    assert fetch(client, token).status_code == 404


def test_only_a_digest_is_stored(token):
    row = CalendarFeed.objects.values().get()
    assert token not in str(row)
    assert len(row["token_digest"]) == 64
    assert len(token) == 43  # 32 bytes


def test_address_is_shown_once(as_agent, client):
    token = made(as_agent)
    assert fetch(client, token).status_code == 200
    page = as_agent.get(SETTINGS).content.decode()
    assert token not in page
    assert "There is an address." in page


def test_page_without_an_address_offers_to_make_one(as_agent):
    assert "Make an address" in as_agent.get(SETTINGS).content.decode()


def test_everybody_has_an_address_of_their_own(as_agent, as_admin):
    assert made(as_agent) != made(as_admin)
    assert CalendarFeed.objects.count() == 2


def test_feed_is_private_and_no_page_of_a_search_engine(client, token):
    answer = fetch(client, token)
    assert "private" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"
    assert not answer.cookies


def test_program_that_has_it_already_is_told_so(client, token, meeting):
    etag = fetch(client, token)["ETag"]
    assert fetch(client, token, if_none_match=etag).status_code == 304
    Meeting.objects.update(title="Third visit")
    assert fetch(client, token, if_none_match=etag).status_code == 200


def test_feed_costs_as_many_queries_with_many_meetings(client, token, planned, django_assert_num_queries):
    for _ in range(5):
        planned()
    with django_assert_num_queries(3):
        fetch(client, token)


def test_support_staff_never_read_the_digest(client, token):
    client.force_login(UserFactory(account=None, is_staff=True, is_superuser=True))
    feed = CalendarFeed.objects.get()
    page = client.get(reverse("admin:meetings_calendarfeed_change", args=[feed.pk])).content.decode()
    assert feed.token_digest not in page
