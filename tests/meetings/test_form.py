"""The form: what it takes, what it refuses and where it says so; as panel, composer and page."""

import pytest
from django.urls import reverse

from contacts.meetings.models import Meeting
from tests.factories import LeadFactory, UserFactory

from .conftest import form_data

HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/calendar/?view=week"}


def address(person, section="contacts"):
    return reverse(f"{section}:meeting-new", args=[person.pk])


def errors(answer):
    return {name: " ".join(texts) for name, texts in answer.context["form"].errors.items()}


def test_meeting_is_planned_with_the_person_of_the_page(as_agent, contact, agent):
    answer = as_agent.post(address(contact), form_data())
    assert answer.url == f"{reverse('contacts:meetings', args=[contact.pk])}#meeting-{Meeting.objects.get().pk}"
    meeting = Meeting.objects.get()
    assert (meeting.title, meeting.kind, meeting.author) == ("Second visit", "viewing", agent)
    assert [one.attendee.pk for one in meeting.attendances.all()] == [contact.pk, agent.pk]


def test_times_are_those_of_the_account(as_agent, contact):
    as_agent.post(address(contact), form_data(starts_at="2026-07-01T11:00", ends_at="2026-07-01T12:00"))
    assert f"{Meeting.objects.get().starts_at:%H:%M}" == "09:00"


def test_lead_has_meetings_too(as_agent, account):
    lead = LeadFactory(account=account)
    as_agent.post(address(lead, "leads"), form_data())
    assert lead.attendance_set.count() == 1


def test_people_and_colleagues_are_asked_along(as_agent, contact, other, colleague):
    as_agent.post(address(contact), form_data(people=f" {other.email.upper()} ;", colleagues=[colleague.pk]))
    names = {one.name for one in Meeting.objects.get().attendances.all()}
    assert {contact.full_name, other.full_name, colleague.get_full_name()} < names


@pytest.mark.parametrize(
    ("people", "words"),
    [
        ("nobody@example.org", "No contact or lead has the address nobody@example.org."),
        ("nobody@example.org, who@example.org", "has one of these addresses: nobody@example.org, who@example.org."),
        ("Pieter", "Pieter: There is no @ sign."),
        (", ".join(f"a{n}@example.org" for n in range(51)), "At most 50 people"),
    ],
)
def test_unknown_people_are_named_and_nothing_typed_is_lost(as_agent, contact, people, words):
    answer = as_agent.post(address(contact), form_data(people=people))
    assert answer.status_code == 422
    assert words in errors(answer)["people"]
    assert people in answer.content.decode()
    assert not Meeting.objects.exists()


def test_people_of_other_offices_and_of_the_trash_are_unknown(as_agent, contact, other, agent, stranger):
    foreign = LeadFactory(account=stranger.account)
    other.trash(by=agent)
    for person in (foreign, other):
        answer = as_agent.post(address(contact), form_data(people=person.email))
        assert "No contact or lead has the address" in errors(answer)["people"]


def test_colleague_of_another_office_is_refused(as_agent, contact, stranger):
    assert "colleagues" in errors(as_agent.post(address(contact), form_data(colleagues=[stranger.pk])))


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"title": " "}, "title", "Title is missing."),
        ({"starts_at": ""}, "starts_at", "Start is missing."),
        ({"ends_at": "2020-01-01T10:00"}, "ends_at", "The end comes after the start."),
        ({"starts_at": "0001-01-01T00:00"}, "starts_at", "too far away"),
        ({"ends_at": "9999-12-31T23:59"}, "ends_at", "too far away"),
        ({"starts_at": "2026-03-29T02:30"}, "starts_at", "it may be ambiguous or it may not exist"),
        ({"kind": "party"}, "kind", "not one of the available choices"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(as_agent, contact, changes, field, words):
    answer = as_agent.post(address(contact), form_data(**changes))
    assert answer.status_code == 422
    assert words in errors(answer)[field]


def test_invitation_to_one_who_asked_not_to_be_contacted_is_refused(as_agent, silent):
    page = as_agent.get(address(silent)).content.decode()
    assert "asked not to be contacted." in page
    answer = as_agent.post(address(silent), form_data(invite="on"))
    assert "Take the tick off" in errors(answer)["invite"]
    assert not Meeting.objects.exists()


def test_meeting_with_them_can_be_planned_without(as_agent, silent):
    assert as_agent.post(address(silent), form_data()).status_code == 302


def test_others_are_looked_at_too(as_agent, contact, silent):
    answer = as_agent.post(address(contact), form_data(people=silent.email, invite="on"))
    assert "Ilse Dourado López asked not to be contacted." in errors(answer)["invite"]


def test_nobody_is_invited_to_what_is_over(as_agent, contact):
    past = {"starts_at": "2020-01-01T10:00", "ends_at": "2020-01-01T11:00"}
    assert as_agent.post(address(contact), form_data(**past)).status_code == 302
    assert "is over" in errors(as_agent.post(address(contact), form_data(**past, invite="on")))["invite"]


def test_form_is_a_panel_a_composer_and_a_page(as_agent, contact):
    page = as_agent.get(address(contact)).content.decode()
    panel = as_agent.get(address(contact), headers=HTMX).content.decode()
    composer = as_agent.get(address(contact), headers={**HTMX, "HX-Target": "composer"}).content.decode()
    assert "<html" in page
    assert "<html" not in panel
    assert "panel-title" in panel
    assert 'id="composer"' in composer
    assert 'aria-current="true"' in composer


def test_panel_leads_back_to_the_page_it_lay_over(as_agent, contact):
    answer = as_agent.post(address(contact), form_data(), headers=HTMX)
    assert (answer.status_code, answer["HX-Redirect"]) == (
        204,
        f"/calendar/?view=week#meeting-{Meeting.objects.get().pk}",
    )


def test_panel_with_an_error_is_answered_with_200(as_agent, contact):
    assert as_agent.post(address(contact), form_data(title=""), headers=HTMX).status_code == 200


def test_calendar_plans_a_meeting_of_the_office_alone(as_agent, agent):
    answer = as_agent.post(reverse("meetings:new"), form_data())
    assert answer.url == f"{reverse('meetings:calendar')}#meeting-{Meeting.objects.get().pk}"
    assert [one.user for one in Meeting.objects.get().attendances.all()] == [agent]


@pytest.mark.parametrize(("day", "start"), [("2026-12-24", "2026-12-24T10:00"), ("2026-02-30", None), ("", None)])
def test_calendar_names_the_day(as_agent, day, start):
    page = as_agent.get(reverse("meetings:new"), {"day": day})
    assert page.status_code == 200
    assert start is None or f'value="{start}"' in page.content.decode()


def test_edit_shows_what_there_is(as_agent, planned, contact, other, agent, colleague):
    meeting = planned(people=[contact, other], colleagues=[colleague])
    page = as_agent.get(reverse("meetings:edit", args=[meeting.pk]))
    assert f'value="{contact.email}, {other.email}"' in page.content.decode()
    assert page.context["form"]["colleagues"].value() == [agent.pk, colleague.pk]


def test_edit_changes_fields_and_attendees(as_agent, meeting, other, contact):
    data = form_data(title="Third visit", people=other.email)
    assert as_agent.post(reverse("meetings:edit", args=[meeting.pk]), data).status_code == 302
    meeting = Meeting.objects.get()
    assert meeting.title == "Third visit"
    assert [one.person_id for one in meeting.attendances.all() if one.person_id] == [other.pk]


def test_deactivated_colleague_stays_on_a_meeting_and_is_offered_for_no_other(as_agent, planned, colleague, account):
    meeting = planned(colleagues=[colleague])
    colleague.deactivate()
    UserFactory(account=account, first_name="Gone", is_active=False)
    page = as_agent.get(reverse("meetings:edit", args=[meeting.pk])).content.decode()
    assert "Mateo Ibáñez" in page
    assert "Gone" not in page


def test_cancelled_meeting_is_edited_no_more(as_agent, meeting, agent):
    from contacts.meetings.planning import cancel

    cancel(meeting, by=agent)
    answer = as_agent.get(reverse("meetings:edit", args=[meeting.pk]), follow=True)
    assert "This meeting was called off." in answer.content.decode()
    assert Meeting.objects.get().title == "Second visit"
