"""Receiving: a new email becomes a lead, a known one an event; whoever looks after them is told."""

import pytest
from django.core.exceptions import ValidationError

from contacts.duplicates.merging import merge
from contacts.duplicates.undoing import undo
from contacts.models import Person
from contacts.timeline.models import Event
from leads.enquiries.models import ApiToken, Enquiry
from leads.enquiries.receiving import receive
from leads.enquiries.telling import WAITS, tell
from tests.enquiries.conftest import issue, work
from tests.factories import ContactFactory, LeadFactory

DATA = {
    "first_name": "Katharina",
    "last_name": "Hohenfels",
    "email": "katharina@example.org",
    "phone": "+4915123456789",
    "message": "Is it still for sale?",
    "source": "website",
}


@pytest.fixture
def mails(mailoutbox):
    """Return what was sent, after a worker has done what is queued."""

    def sent():
        work()
        return [(mail.to, mail.subject, mail.body) for mail in mailoutbox]

    return sent


def told(person):
    return [str(event.sentence()) for event in Event.objects.filter(person=person).order_by("at", "pk")]


def test_new_lead_tells_its_beginning(account, admin):
    person = receive(account, DATA).person
    assert told(person) == [
        "<b>Tesoro</b> created this record",
        "<b>Katharina Hohenfels</b> sent an enquiry",
    ]
    assert (person.salutation, person.language, person.assigned_to) == ("", "en", admin)


def test_last_activity_moves(account, admin, contact):
    before = contact.last_activity_at
    enquiry = receive(account, DATA | {"email": contact.email})
    contact.refresh_from_db()
    assert contact.last_activity_at == enquiry.created_at > before


def test_somebody_known_is_not_changed(account, contact):
    before = Person.objects.filter(pk=contact.pk).values().get()
    enquiry = receive(account, DATA | {"email": contact.email.upper(), "type": "tenant", "locations": "Calpe"})
    after = Person.objects.filter(pk=contact.pk).values().get()
    del before["last_activity_at"], after["last_activity_at"]
    assert after == before
    assert (enquiry.person_id, enquiry.made_lead) == (contact.pk, False)
    assert (enquiry.name, enquiry.phone.as_e164, enquiry.wish) == (
        "Katharina Hohenfels",
        "+4915123456789",
        "Tenant: Calpe",
    )


@pytest.mark.parametrize(("status", "word"), [("lost", "Lost"), ("unqualified", "Unqualified")])
def test_lead_off_the_path_stays_there_and_the_event_says_so(account, agent, as_agent, status, word):
    lead = LeadFactory(account=account, assigned_to=agent, lead__status=status, lead__reason="No money")
    receive(account, DATA | {"email": lead.email})
    assert told(lead) == [f"<b>Andrea Dourado López</b> sent an enquiry, although this lead is <b>{word}</b>"]
    lead.lead.refresh_from_db()
    assert (lead.lead.status, lead.lead.reason) == (status, "No money")
    assert "The status was left as it is." in as_agent.get(lead.get_absolute_url()).content.decode()


def test_somebody_who_is_not_to_be_contacted_may_ask(account, agent, mails):
    person = ContactFactory(account=account, assigned_to=agent, do_not_contact=True)
    receive(account, DATA | {"email": person.email})
    assert told(person) == ["<b>Andrea Dourado López</b> sent an enquiry"]
    assert "Do not contact" in mails()[0][2]


def test_email_in_the_trash_makes_a_new_lead(account, admin, contact):
    contact.trash(by=admin)
    enquiry = receive(account, DATA | {"email": contact.email})
    assert enquiry.made_lead
    assert enquiry.person.pk != contact.pk


def test_agent_of_a_new_lead_is_written_to(account, admin, mails):
    enquiry = receive(account, DATA | {"reference": "A-123", "price_to": "450k"}, token=issue(account)[0])
    [(to, subject, body)] = mails()
    assert (to, subject) == (["admin@example.com"], "New lead: Katharina Hohenfels (Website)")
    for word in ("Is it still for sale?", "A-123", "+49 1512 3456789", "to €450k", enquiry.person.get_absolute_url()):
        assert word in body


def test_agent_of_somebody_known_is_written_to(account, agent, contact, mails):
    receive(account, DATA | {"email": contact.email})
    [(to, subject, _body)] = mails()
    assert (to, subject) == ([agent.email], "Andrea Dourado López asks (Website)")


def test_first_admin_is_written_to_where_the_agent_is_gone(account, admin, agent, contact, mails):
    agent.deactivate()
    receive(account, DATA | {"email": contact.email})
    assert mails()[0][0] == [admin.email]


def test_mail_goes_out_once_whatever_happens_to_the_task(account, admin, mails, mailoutbox):
    enquiry = receive(account, DATA)
    mails()
    tell.call(enquiry.pk)
    assert len(mailoutbox) == 1


def test_refused_mail_is_tried_again_some_times(account, admin, settings, monkeypatch):
    from accounts import mail

    monkeypatch.setattr(mail, "deliver", lambda message: mail.Outcome.REFUSED)
    enquiry = receive(account, DATA)
    for _ in range(len(WAITS) + 1):
        tell.call(enquiry.pk)
    enquiry.refresh_from_db()
    assert (enquiry.told_at, enquiry.mails_refused) == (None, len(WAITS) + 1)


def test_nobody_is_written_to_about_somebody_in_the_trash(account, admin, mails):
    receive(account, DATA).person.trash(by=admin)
    assert mails() == []


def test_no_task_and_no_note_is_made(account, admin):
    person = receive(account, DATA).person
    assert (person.task_set.count(), person.note_set.count()) == (0, 0)


def test_what_is_refused_leaves_nothing(account, admin):
    with pytest.raises(ValidationError):
        receive(account, DATA | {"phone": "1"})
    assert not Enquiry.objects.exists()
    assert not Event.objects.exists()


def test_repeated_delivery_is_the_enquiry_that_is_stored(account, admin, mails):
    assert receive(account, DATA, delivery="x") == receive(account, DATA, delivery="x")
    assert len(mails()) == 1


def test_enquiry_goes_with_the_person_for_good(account, admin):
    from contacts.models.trashing import purge_people

    person = receive(account, DATA, token=issue(account)[0]).person
    person.trash(by=admin)
    purge_people(Person.with_trash.filter(pk=person.pk))
    assert not Enquiry.with_trash.exists()
    assert ApiToken.objects.exists()


def test_timeline_can_be_narrowed_to_enquiries(account, admin, agent, contact, as_agent):
    receive(account, DATA | {"email": contact.email})
    contact.revise(by=agent, version=1, tags=["VIP"])
    for kind in ("enquiry", "people"):
        answer = as_agent.get(contact.get_absolute_url(), {"kind": kind})
        assert [event.verb for day in answer.context["stream"].days for event in day.events] == ["enquired"]


def test_timeline_costs_as_many_queries_with_many_enquiries(account, contact, as_agent, django_assert_max_num_queries):
    for place in range(12):
        receive(account, DATA | {"email": contact.email, "message": f"Number {place}"})
    with django_assert_max_num_queries(14):
        text = as_agent.get(contact.get_absolute_url()).content.decode()
    assert text.count('class="card enquiry"') == 12


def test_another_office_sees_nothing_of_it(account, admin, as_stranger):
    person = receive(account, DATA).person
    assert as_stranger.get(person.get_absolute_url()).status_code == 404


@pytest.fixture
def one_of_two(account, agent, admin):
    """Somebody who was entered twice, ana@example.com and anna@example.org, merged into the first; and the merge."""
    kept = ContactFactory(account=account, assigned_to=agent, email="ana@example.com")
    gone = LeadFactory(account=account, assigned_to=agent, email="anna@example.org")

    def merged(pick):
        picks = {"email": str({"kept": kept, "gone": gone}[pick].pk)}
        return kept, merge(kept, gone, picks=picks, versions={kept.pk: 1, gone.pk: 1}, by=admin)

    return merged


@pytest.mark.parametrize("pick", ["kept", "gone"])
@pytest.mark.parametrize("email", ["ana@example.com", "Anna@Example.org"])
def test_either_email_of_somebody_merged_adds_to_who_stayed(account, one_of_two, pick, email):
    kept, _merge = one_of_two(pick)
    enquiry = receive(account, DATA | {"email": email})
    assert (enquiry.person, enquiry.made_lead) == (kept, False)


def test_whoever_stayed_may_have_been_merged_since(account, agent, admin, one_of_two):
    kept, _merge = one_of_two("kept")
    last = ContactFactory(account=account, assigned_to=agent)
    merge(last, kept, picks={}, versions={}, by=admin)
    assert receive(account, DATA | {"email": "anna@example.org"}).person == last


def test_an_email_of_a_merge_that_was_undone_or_of_another_office_is_new(account, stranger, admin, one_of_two):
    kept, done = one_of_two("kept")
    assert receive(stranger.account, DATA | {"email": "anna@example.org"}).made_lead
    undo(done, by=admin)
    assert receive(account, DATA | {"email": "anna@example.org"}).person.email == "anna@example.org"
    kept.refresh_from_db()
    assert not kept.events.filter(verb="enquired").exists()


def test_an_email_that_only_resembles_is_new(account, one_of_two):
    one_of_two("gone")
    assert receive(account, DATA | {"email": "na@example.com"}).made_lead


def test_nothing_is_added_to_who_stayed_once_they_lie_in_the_trash(account, agent, one_of_two):
    kept, _merge = one_of_two("kept")
    Person.objects.get(pk=kept.pk).trash(by=agent)
    assert receive(account, DATA | {"email": "anna@example.org"}).made_lead
