"""Planning, changing, cancelling, deleting, restoring: the rows, and the timelines of who attends."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from contacts.meetings.models import Attendance, Meeting
from contacts.meetings.planning import cancel, plan, restore, revise, trash
from contacts.models import Person
from contacts.timeline.models import Event
from tests.factories import ContactFactory


def told(person):
    return [event.verb for event in person.events.visible().order_by("-at", "-pk")]


def names(meeting):
    return {attendance.name for attendance in meeting.attendances.all()}


def change(meeting, people, by, colleagues=(), invite=False, **fields):
    for name, value in fields.items():
        setattr(meeting, name, value)
    return revise(meeting, people=people, colleagues=colleagues, by=by, invite=invite)


def test_meeting_stands_on_the_timeline_of_every_person_who_attends(planned, contact, other, agent, colleague):
    meeting = planned(people=[contact, other], colleagues=[colleague])
    assert told(contact) == told(other) == ["meeting_planned"]
    assert names(meeting) == {contact.full_name, other.full_name, agent.get_full_name(), "Mateo Ibáñez"}
    assert contact.events.get().attendance.meeting == meeting


def test_planning_is_activity_with_the_person(meeting, contact):
    assert Person.objects.get(pk=contact.pk).last_activity_at == contact.events.get().at


def test_change_is_told_to_all_and_makes_a_new_version(meeting, contact, agent):
    change(meeting, [contact], agent, place="Office")
    assert Meeting.objects.get().sequence == 1
    assert told(contact) == ["meeting_changed", "meeting_planned"]


@pytest.mark.parametrize("field", [{"details": "Bring the plans"}, {"kind": "call"}])
def test_what_calendars_do_not_care_for_makes_no_new_version(meeting, contact, agent, field):
    change(meeting, [contact], agent, **field)
    assert Meeting.objects.get().sequence == 0
    assert told(contact) == ["meeting_changed", "meeting_planned"]


def test_saving_without_a_change_writes_nothing(meeting, contact, agent):
    change(meeting, [contact], agent)
    assert (Meeting.objects.get().sequence, told(contact)) == (0, ["meeting_planned"])


def test_person_who_is_added_later_gets_an_event_of_their_own(meeting, contact, other, agent):
    change(meeting, [contact, other], agent)
    assert told(other) == ["meeting_planned"]
    assert told(contact) == ["meeting_changed", "meeting_planned"]
    assert Meeting.objects.get().sequence == 1


def test_person_who_is_taken_off_keeps_nothing_of_it(planned, contact, other, agent):
    meeting = planned(people=[contact, other])
    change(meeting, [contact], agent)
    assert told(other) == []
    assert other.full_name not in names(Meeting.objects.get())


def test_person_who_comes_back_finds_the_old_event(planned, contact, other, agent):
    meeting = planned(people=[contact, other])
    change(meeting, [contact], agent)
    change(meeting, [contact, other], agent)
    assert told(other) == ["meeting_planned"]
    assert Attendance.with_left.filter(person=other).count() == 1


def test_person_in_the_trash_stays_on_the_meeting(planned, contact, other, agent):
    meeting = planned(people=[contact, other])
    other.trash(by=agent)
    change(meeting, [contact], agent, title="Third visit")
    assert other.full_name in names(Meeting.objects.get())


def test_organiser_always_attends(meeting, contact, agent, admin):
    change(meeting, [contact], admin, colleagues=[])
    assert names(meeting) == {contact.full_name, agent.get_full_name()}


def test_cancelled_meeting_is_kept(meeting, contact, agent):
    cancel(meeting, by=agent)
    kept = Meeting.objects.get()
    assert (kept.is_cancelled, kept.sequence) == (True, 1)
    assert told(contact) == ["meeting_cancelled", "meeting_planned"]


def test_cancelling_twice_is_cancelling_once(meeting, contact, agent):
    cancel(meeting, by=agent)
    cancel(Meeting.objects.get(), by=agent)
    assert Meeting.objects.get().sequence == 1
    assert told(contact).count("meeting_cancelled") == 1


def test_trash_hides_it_everywhere_and_restoration_brings_it_back(planned, contact, other, agent):
    meeting = planned(people=[contact, other])
    trash(meeting, by=agent)
    assert told(contact) == told(other) == []
    assert not Meeting.objects.exists()
    restore(meeting, by=agent)
    assert told(contact) == told(other) == ["meeting_planned"]
    assert Meeting.objects.get().sequence == 2


def test_trash_hides_what_was_told_of_it_too(meeting, planned, contact, agent):
    change(meeting, [contact], agent, title="Third visit")
    cancel(meeting, by=agent)
    change(planned(title="Another"), [contact], agent, place="Office")
    trash(meeting, by=agent)
    assert told(contact) == ["meeting_changed", "meeting_planned"]  # of the other

    restore(meeting, by=agent)
    assert told(contact) == [
        "meeting_changed", "meeting_planned", "meeting_cancelled", "meeting_changed", "meeting_planned",
    ]  # fmt: skip


def test_who_is_taken_off_keeps_no_line_of_it_either(planned, contact, other, agent):
    meeting = planned(people=[contact, other])
    change(meeting, [contact, other], agent, title="Third visit")
    change(meeting, [contact], agent)
    assert told(other) == []
    change(meeting, [contact, other], agent)
    assert told(other) == ["meeting_changed", "meeting_planned"]


def test_cancelling_goes_on_from_the_version_that_is_stored(meeting, contact, agent):
    stale = Meeting.objects.get()
    change(meeting, [contact], agent, title="Third visit")
    cancel(stale, by=agent)
    assert Meeting.objects.get().sequence == 2


def test_restoration_does_not_bring_back_who_was_taken_off(planned, contact, other, agent):
    meeting = planned(people=[contact, other])
    change(meeting, [contact], agent)
    trash(meeting, by=agent)
    restore(meeting, by=agent)
    assert told(other) == []


@pytest.mark.parametrize("command", [cancel, trash, restore])
def test_only_organiser_and_admins_change_it(meeting, colleague, admin, command):
    with pytest.raises(PermissionDenied):
        command(meeting, by=colleague)
    command(meeting, by=admin)


def test_colleague_may_not_edit_the_meeting_of_another(meeting, contact, colleague):
    with pytest.raises(PermissionDenied):
        change(meeting, [contact], colleague, title="Mine")


def test_planning_writes_all_or_nothing(account, silent, agent):
    now = timezone.now() + dt.timedelta(days=1)
    meeting = Meeting(account=account, title="Visit", starts_at=now, ends_at=now + dt.timedelta(hours=1))
    with pytest.raises(ValidationError):
        plan(meeting, people=[silent], colleagues=[], by=agent, invite=True)
    assert (Meeting.with_trash.count(), Event.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "The end comes after the start."), (-5, "The end"), (60 * 24 * 32, "at most 31 days")]
)
def test_end_comes_after_the_start_and_not_too_late(account, minutes, words):
    now = timezone.now()
    meeting = Meeting(account=account, title="x", starts_at=now, ends_at=now + dt.timedelta(minutes=minutes))
    with pytest.raises(ValidationError) as refused:
        meeting.full_clean(exclude=["account"])
    assert words in str(refused.value.message_dict["ends_at"])


def test_purging_a_person_leaves_the_meeting_to_the_others(planned, contact, account, agent):
    from contacts.models.trashing import purge_people

    gone = ContactFactory(account=account, assigned_to=agent)
    meeting = planned(people=[contact, gone])
    gone.trash(by=agent)
    purge_people(Person.with_trash.filter(pk=gone.pk))
    assert names(Meeting.objects.get(pk=meeting.pk)) == {contact.full_name, agent.get_full_name()}
