"""Meetings about a deal: planned on its page, on its timeline and in the calendar, no attendee itself."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from contacts.meetings import ics
from contacts.meetings.models import Attendance, Meeting
from contacts.meetings.planning import cancel, plan, revise, trash
from contacts.timeline.models import Event
from deals.models import Deal
from deals.trashing import purge_deals
from tests.deals.asking import asked
from tests.factories import ContactFactory, PartyFactory, UserFactory


def _url(deal, name="meetings"):
    return reverse(f"deals:{name}", args=[deal.pk])


@pytest.fixture
def planned(agent, deal, buyer):
    """Return a function that plans a meeting about the deal, the agent with the buyer, at noon tomorrow."""

    def make(people=None, invite=False, **fields):
        start = fields.pop("starts_at", timezone.now() + dt.timedelta(days=1))
        times = {"starts_at": start, "ends_at": start + dt.timedelta(hours=1)}
        meeting = Meeting(account=deal.account, **{"title": "At the notary's", **times, **fields})
        people = [buyer] if people is None else people
        plan(meeting, people=people, colleagues=[], by=agent, invite=invite, deal=deal)
        return meeting

    return make


def _form(**changes):
    day = timezone.localdate() + dt.timedelta(days=1)
    times = {"starts_at": f"{day}T11:00", "ends_at": f"{day}T12:00"}
    return {"title": "At the notary's", "kind": "meeting", **times, **changes}


def test_contacts_and_agent_of_the_deal_are_proposed(as_admin, agent, deal, buyer):
    PartyFactory(deal=deal, person=ContactFactory(account=deal.account, email="notary@example.com"), role="notary")
    form = as_admin.get(_url(deal, "meeting-new")).context["form"]

    assert form["people"].value() == f"{buyer.email}, notary@example.com"
    assert list(form["colleagues"].value()) == [agent.pk]


def test_an_agent_who_has_left_is_not_proposed(as_admin, account, deal):
    deal.assigned_to = UserFactory(account=account, is_active=False)
    deal.save()
    form = as_admin.get(_url(deal, "meeting-new")).context["form"]

    assert list(form["colleagues"].value()) == []


def test_it_is_planned_from_the_deals_page_and_stands_on_both_timelines(as_agent, deal, buyer):
    answer = as_agent.post(_url(deal, "meeting-new"), _form(people=buyer.email))
    meeting = Meeting.objects.get()

    assert answer.url == f"{_url(deal)}#meeting-{meeting.pk}"
    assert meeting.deals == [deal]
    for page in (_url(deal), deal.get_absolute_url(), buyer.get_absolute_url()):
        assert "At the notary" in as_agent.get(page).content.decode()
    tabs = as_agent.get(_url(deal)).context["record"].tabs
    assert {tab.key: tab.count for tab in tabs}["meetings"] == 1


def test_the_deal_stands_beside_who_attends_not_among_them(as_agent, deal, planned):
    text = as_agent.get(reverse("meetings:meeting", args=[planned().pk])).content.decode()

    assert f'<a href="{deal.get_absolute_url()}">Villa in Altea</a>' in text
    assert text.count("Villa in Altea") == 1


def test_the_calendar_names_the_deal(as_agent, planned):
    meeting = planned(place="Calle Mayor 3")
    day = timezone.localdate(meeting.starts_at)
    for view in ("month", "week", "day"):
        text = as_agent.get(reverse("meetings:calendar"), {"view": view, "day": day}).content.decode()
        assert 'title="At the notary&#x27;s, Villa in Altea, Calle Mayor 3"' in text
        assert "At the notary&#x27;s · Villa in Altea<" in text


def test_an_invitation_names_people_only(agent, buyer, planned):
    meeting = planned(invite=True)
    told = ics.invitation(meeting, meeting.attendances.get(person=buyer), ics.Method.REQUEST)

    assert "Villa" not in told
    assert told.count("ATTENDEE") == 2


def test_the_feed_of_a_calendar_names_people_only(planned):
    planned()
    told = ics.feed("Office", Meeting.objects.with_attendees()).decode()

    assert "Villa" not in told


def test_changes_and_calling_off_are_told_on_the_deals_timeline(agent, deal, buyer, planned):
    meeting = planned()
    meeting.place = "Calle Mayor 3"
    revise(meeting, people=[buyer], colleagues=[], by=agent, invite=False)
    cancel(meeting, by=agent)

    verbs = ["meeting_planned", "meeting_changed", "meeting_cancelled"]
    assert [event.verb for event in deal.events.order_by("pk")] == verbs


def test_it_stays_the_deals_whoever_attends(agent, deal, planned):
    meeting = planned()
    revise(meeting, people=[], colleagues=[], by=agent, invite=False)

    assert Meeting.objects.of_deal(deal).get() == meeting


def test_a_deleted_meeting_leaves_the_deals_timeline_and_comes_back(as_agent, agent, deal, planned):
    meeting = planned()
    revise(meeting, people=[], colleagues=[], by=agent, invite=False)
    meeting.title = "At the bank"
    revise(meeting, people=[], colleagues=[], by=agent, invite=False)
    trash(meeting, by=agent)
    assert not deal.events.filter(shown=True).exists()
    assert not Meeting.objects.of_deal(deal).exists()

    as_agent.post(reverse("meetings:restoration", args=[meeting.pk]))
    assert not deal.events.filter(shown=False).exists()


def test_a_meeting_is_about_a_deal_once(deal, planned):
    meeting = planned()
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(account=deal.account, meeting=meeting, deal=deal)


def test_a_row_is_of_a_user_a_person_or_a_deal(agent, deal, planned):
    row = planned().attendances.get(deal=deal)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.with_left.filter(pk=row.pk).update(user=agent)


def test_a_proposed_contact_who_is_not_to_be_written_to_gets_no_invitation(as_agent, deal, buyer):
    buyer.do_not_contact = True
    buyer.save()
    answer = as_agent.post(_url(deal, "meeting-new"), _form(people=buyer.email, invite="on"))

    assert answer.status_code == 422
    assert "Take the tick off" in answer.content.decode()


def test_deleting_a_deal_for_good_leaves_the_meeting_with_those_who_attend(agent, deal, buyer, planned):
    meeting = planned()
    deal.trash(by=agent)
    purge_deals(Deal.with_trash.all())

    assert {one.name for one in Meeting.objects.get(pk=meeting.pk).attendees} == {str(buyer), agent.get_full_name()}
    assert [event.person_id for event in Event.objects.filter(verb="meeting_planned")] == [buyer.pk]


def test_pages_cost_as_many_queries_with_many_meetings_as_with_one(as_agent, deal, planned):
    urls = [_url(deal), deal.get_absolute_url(), reverse("meetings:calendar")]
    planned()
    few = [asked(as_agent, url) for url in urls]
    for number in range(4):
        planned(title=f"Visit {number}")
    assert [asked(as_agent, url) for url in urls] == few


def test_another_offices_deal_takes_no_meeting(as_stranger, deal):
    for name in ("meetings", "meeting-new"):
        assert as_stranger.get(_url(deal, name)).status_code == 404
    assert as_stranger.post(_url(deal, "meeting-new"), _form()).status_code == 404
