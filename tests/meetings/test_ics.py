"""What calendar programs read: RFC 5545 to the octet, and back through icalendar's own parser."""

import datetime as dt

import pytest
from icalendar import Calendar

from contacts.meetings.ics import Method, feed, invitation

AWKWARD = [
    "Second visit",
    'Zweite Besichtigung; Küche, Bad \\ Keller: "alles"',
    "Visita a la finca de Benissa con los señores Süßmilch y Echeverría, " * 2,
    "日本語の件名" * 20,
    "👩‍👩‍👧‍👦🏡" * 15,
    "a" * 199,
]


def parsed(text):
    calendar = Calendar.from_ical(text)
    [event] = calendar.walk("VEVENT")
    assert event.errors == []
    return calendar, event


def request_to(meeting, person, method=Method.REQUEST):
    return invitation(meeting, meeting.attendances.get(person=person), method)


@pytest.mark.parametrize("title", AWKWARD)
@pytest.mark.parametrize("field", ["title", "place"])
def test_text_comes_back_as_it_was(planned, contact, title, field):
    meeting = planned(**{field: title.strip()})
    _calendar, event = parsed(request_to(meeting, contact))
    assert str(event[{"title": "summary", "place": "location"}[field]]) == title.strip()


def test_several_lines_come_back_as_they_were(planned, contact):
    details = "Bring the plans;\nand, please, the keys.\n\n" + "Ünïcödé " * 80
    _calendar, event = parsed(request_to(planned(details=details.strip()), contact))
    assert str(event["description"]) == details.strip()


@pytest.mark.parametrize("title", AWKWARD)
def test_no_line_is_longer_than_75_octets_and_each_ends_in_crlf(planned, contact, title):
    octets = request_to(planned(title=title.strip(), details=title * 3), contact).encode()
    lines = octets.split(b"\r\n")
    assert lines.pop() == b""
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in b"".join(lines)
    assert b"\r" not in b"".join(lines)
    assert [line.decode() for line in lines]  # no character is cut in two


def test_times_go_out_in_utc(planned, contact):
    zone = contact.account.zone
    start = dt.datetime(2027, 7, 1, 11, 0, tzinfo=zone)
    text = request_to(planned(starts_at=start), contact)
    assert "DTSTART:20270701T090000Z\r\n" in text
    assert "DTEND:20270701T094500Z\r\n" in text
    assert parsed(text)[1]["dtstart"].dt == start


def test_request_says_who_what_and_which_version(planned, contact, agent):
    meeting = planned(people=[contact])
    meeting.sequence = 3
    calendar, event = parsed(request_to(meeting, contact))
    assert (calendar["method"], calendar["version"]) == ("REQUEST", "2.0")
    assert (str(event["uid"]), event["sequence"], event["status"]) == (str(meeting.uid), 3, "CONFIRMED")
    assert event["dtstamp"].dt.tzinfo is not None
    assert str(event["organizer"]) == f"mailto:{agent.email}"
    assert event["organizer"].params["CN"] == agent.get_full_name()


def test_attendee_is_asked_to_answer(planned, contact):
    _calendar, event = parsed(request_to(planned(), contact))
    attendees = {str(one): one.params for one in event["attendee"]}
    params = attendees[f"mailto:{contact.email}"]
    assert (params["CN"], params["ROLE"]) == (contact.full_name, "REQ-PARTICIPANT")
    assert (params["PARTSTAT"], params["RSVP"]) == ("NEEDS-ACTION", "TRUE")


def test_organiser_has_accepted(planned, contact, agent):
    _calendar, event = parsed(request_to(planned(), contact))
    params = {str(one): one.params for one in event["attendee"]}[f"mailto:{agent.email}"]
    assert (params["PARTSTAT"], params["RSVP"]) == ("ACCEPTED", "FALSE")


def test_one_client_does_not_read_the_address_of_another(planned, contact, other, colleague):
    text = request_to(planned(people=[contact, other], colleagues=[colleague]), contact)
    assert colleague.email in text
    assert other.email not in text


def test_colleague_reads_everybody(planned, contact, other, colleague):
    meeting = planned(people=[contact, other], colleagues=[colleague])
    text = invitation(meeting, meeting.attendances.get(user=colleague), Method.REQUEST)
    assert contact.email in text
    assert other.email in text


def test_withdrawal_names_only_whom_it_concerns(planned, contact, colleague):
    calendar, event = parsed(request_to(planned(colleagues=[colleague]), contact, Method.CANCEL))
    assert (calendar["method"], event["status"]) == ("CANCEL", "CANCELLED")
    assert str(event["attendee"]) == f"mailto:{contact.email}"


def test_name_with_marks_of_the_format_comes_back(planned, contact, agent):
    contact.first_name, contact.last_name = "Ana, la; jefa", "O’Neill: d'Arc"
    contact.save()
    _calendar, event = parsed(request_to(planned(), contact))
    assert contact.full_name in {one.params["CN"] for one in event["attendee"]}


def test_feed_holds_several_meetings_and_its_own_name(planned, account):
    meetings = [planned(title=title.strip()) for title in AWKWARD]
    octets = feed("Lucía, Casa Mirador; Altea", meetings)
    calendar = Calendar.from_ical(octets)
    assert [str(event["summary"]) for event in calendar.walk("VEVENT")] == [title.strip() for title in AWKWARD]
    assert str(calendar["name"]) == "Lucía, Casa Mirador; Altea"
    assert "X-WR-CALNAME:Lucía\\, Casa Mirador\\; Altea\r\n" in octets.decode()
    assert calendar["method"] == "PUBLISH"
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in octets
    assert all(len(line) <= 75 for line in octets.split(b"\r\n"))
    assert b"ATTENDEE" not in octets


def test_empty_feed_is_a_calendar(db):
    assert Calendar.from_ical(feed("Nobody", [])).walk("VEVENT") == []
