"""Two have the form of one meeting open, or one has while it is called off: nobody undoes what the other did unseen."""

import pytest
from django.urls import reverse

from contacts.emails.models import Email
from contacts.meetings.models import Meeting
from contacts.meetings.planning import cancel, trash
from tests.opening import opened, posted


def address(meeting):
    return reverse("meetings:edit", args=[meeting.pk])


def names():
    return {one.name for one in Meeting.objects.get().attendances.all()}


@pytest.fixture
def both(as_agent, as_admin, meeting):
    """What the two forms post untouched."""
    return opened(as_agent, address(meeting)), opened(as_admin, address(meeting))


def test_different_fields_are_both_kept(as_agent, as_admin, meeting, both):
    first, second = both
    as_agent.post(address(meeting), first | {"title": "Third visit"})
    as_admin.post(address(meeting), second | {"place": "Office"})

    stored = Meeting.objects.get()
    assert (stored.title, stored.place, stored.sequence) == ("Third visit", "Office", 2)


def test_same_field_is_told_and_nothing_is_lost(as_agent, as_admin, meeting, both):
    first, second = both
    as_agent.post(address(meeting), first | {"title": "Third visit", "details": "Bring the plans"})
    answer = as_admin.post(address(meeting), second | {"title": "Last visit", "place": "Office"})

    form = answer.context["form"]
    assert list(form.errors) == ["title"]
    assert "“Third visit”" in form.errors["title"][0]
    assert [form[name].value() for name in ("title", "place", "details")] == ["Last visit", "Office", "Bring the plans"]
    assert Meeting.objects.get().title == "Third visit"


def test_second_may_save_again(as_agent, as_admin, meeting, both):
    first, second = both
    as_agent.post(address(meeting), first | {"title": "Third visit", "details": "Bring the plans"})
    answer = as_admin.post(address(meeting), second | {"title": "Last visit"})
    assert as_admin.post(address(meeting), posted(answer)).status_code == 302

    stored = Meeting.objects.get()
    assert (stored.title, stored.details) == ("Last visit", "Bring the plans")


def test_start_and_end_are_one_decision(as_agent, as_admin, meeting, both):
    first, second = both
    [start] = first["starts_at"]
    day = start[:10]
    as_agent.post(address(meeting), first | {"starts_at": f"{day}T08:00", "ends_at": f"{day}T09:00"})
    answer = as_admin.post(address(meeting), second | {"ends_at": f"{day}T12:00"})

    assert list(answer.context["form"].errors) == ["starts_at", "ends_at"]
    assert "08:00" in answer.context["form"].errors["starts_at"][0]
    assert (start, Meeting.objects.get().sequence) == (f"{day}T10:00", 1)


def test_who_was_put_on_meanwhile_stays_and_gets_no_cancellation(as_agent, as_admin, meeting, both, other, contact):
    first, second = both
    as_agent.post(address(meeting), first | {"people": f"{contact.email}, {other.email}", "invite": "on"})
    as_admin.post(address(meeting), second | {"title": "Third visit"})

    assert other.full_name in names()
    assert not Email.objects.filter(calendar__contains="METHOD:CANCEL").exists()


def test_who_was_taken_off_meanwhile_does_not_come_back(as_agent, as_admin, meeting, both, contact):
    first, second = both
    as_agent.post(address(meeting), first | {"people": ""})
    as_admin.post(address(meeting), second | {"title": "Third visit"})

    assert contact.full_name not in names()


@pytest.mark.parametrize(
    ("command", "words"),
    [(cancel, "This meeting was called off meanwhile."), (trash, "This meeting was deleted meanwhile.")],
)
def test_meeting_that_was_called_off_meanwhile_invites_nobody(planned, as_agent, agent, command, words):
    meeting = planned(invite=True)
    form = opened(as_agent, address(meeting))
    command(meeting, by=agent)
    answer = as_agent.post(address(meeting), form | {"title": "Third visit", "invite": "on"})

    text = answer.content.decode()
    assert answer.status_code == 422
    assert words in text
    assert 'value="Third visit"' in text
    stored = Meeting.with_trash.get()
    assert (stored.title, stored.sequence) == ("Second visit", 1)
    assert "METHOD:CANCEL" in Email.objects.order_by("pk").last().calendar


def test_meeting_in_the_trash_opens_no_form(as_agent, meeting, agent):
    trash(meeting, by=agent)
    assert as_agent.get(address(meeting)).status_code == 404
