"""Emails about a deal: written to one who takes part, on both timelines, with all that is answered."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from contacts.attachments.attaching import attach
from contacts.attachments.models import Attachment
from contacts.emails.composing import write
from contacts.emails.models import Conversation, Email
from contacts.emails.parsing import parse
from contacts.emails.receiving import receive
from contacts.timeline.models import Event
from deals.models import Deal
from deals.trashing import purge_deals
from tests.deals.asking import asked
from tests.factories import ContactFactory, PartyFactory


def _url(deal, name="emails", *args):
    return reverse(f"deals:{name}", args=[deal.pk, *args])


@pytest.fixture
def silent(account, deal):
    """A lawyer in the deal who asked not to be contacted."""
    person = ContactFactory(account=account, first_name="Ilse", last_name="Ley", do_not_contact=True)
    return PartyFactory(deal=deal, person=person, role="lawyer").person


@pytest.fixture
def email(agent, deal, buyer):
    """An email about the deal to its buyer."""
    return write(buyer, subject="The deed", body="On Friday.", by=agent, deal=deal)


def _letter(to, **data):
    return {"to": to.pk, "subject": "The deed", "body": "On **Friday**.", **data}


def test_an_email_to_one_who_takes_part_stands_on_both_timelines(as_agent, deal, buyer):
    answer = as_agent.post(_url(deal, "email-new"), _letter(buyer))
    email = Email.objects.get()

    assert answer.url == f"{_url(deal)}#email-{email.pk}"
    assert (email.person_id, email.conversation.deal, email.recipient) == (buyer.pk, deal, buyer.email)
    event = Event.objects.get(verb="emailed")
    assert (event.person_id, event.deal, event.echo) == (buyer.pk, deal, False)
    for page in (deal.get_absolute_url(), buyer.get_absolute_url()):
        text = as_agent.get(page).content.decode()
        assert "sent an email to <b>Inés Sáez</b>" in text
        assert "On Friday." in text


def test_it_moves_the_last_activity_of_both_and_its_deletion_moves_both_back(agent, deal, buyer):
    old = "2020-01-01T00:00:00Z"
    for rows in (Deal.objects, type(buyer).objects):
        rows.update(created_at=old, last_activity_at=old)
    deal.refresh_from_db()
    buyer.refresh_from_db()
    email = write(buyer, subject="The deed", body="On Friday.", by=agent, deal=deal)
    buyer.refresh_from_db()
    assert deal.last_activity_at == buyer.last_activity_at == email.event.at

    Email.objects.get().trash(by=agent)
    for record in (deal, buyer):
        record.refresh_from_db()
        assert record.last_activity_at == record.created_at


def test_those_who_take_part_can_be_chosen_by_their_role(as_agent, deal, buyer):
    form = as_agent.get(_url(deal, "email-new")).context["form"]
    assert form.fields["to"].choices == [(str(buyer.pk), f"Inés Sáez (Buyer), {buyer.email}")]


def test_who_is_not_to_be_contacted_is_not_offered_and_it_is_said_why(as_agent, deal, buyer, silent):
    answer = as_agent.get(_url(deal, "email-new"))
    assert [pk for pk, _label in answer.context["form"].fields["to"].choices] == [str(buyer.pk)]
    assert "Ilse" in answer.content.decode()

    assert as_agent.post(_url(deal, "email-new"), _letter(silent)).status_code == 422
    assert not Email.objects.exists()


def test_where_nobody_may_be_written_to_the_form_says_so(as_agent, deal, buyer, silent):
    buyer.do_not_contact = True
    buyer.save()
    for name in ("emails", "email-new"):
        answer = as_agent.get(_url(deal, name))
        assert 'data-tone="warn"' in answer.content.decode()
        assert answer.context["refused"]


def test_where_nobody_takes_part_the_form_says_so(as_agent, agent, deal, buyer):
    buyer.trash(by=agent)
    assert "Nobody takes part in this deal" in as_agent.get(_url(deal)).content.decode()


def test_somebody_of_no_part_in_the_deal_cannot_be_chosen(as_agent, deal, contact):
    answer = as_agent.post(_url(deal, "email-new"), _letter(contact))
    assert answer.status_code == 422
    assert "Choose whom to write to." in answer.content.decode()


def test_the_deals_files_are_offered_and_new_ones_are_kept_with_it(as_agent, agent, deal, buyer):
    kept = attach(deal, SimpleUploadedFile("deed.pdf", b"deed"), by=agent)
    sent = {"attachments": kept.pk, "uploads": SimpleUploadedFile("plan.pdf", b"plan")}
    as_agent.post(_url(deal, "email-new"), _letter(buyer, **sent))

    assert sorted(file.name for file in Email.objects.get().attachments.all()) == ["deed.pdf", "plan.pdf"]
    assert Attachment.objects.get(name="plan.pdf").deal == deal


def test_the_tab_shows_the_deals_conversations_with_their_readers(as_agent, agent, deal, buyer, email):
    write(buyer, subject="Something else", body="Hello.", by=agent)
    answer = as_agent.get(_url(deal))
    text = answer.content.decode()

    assert [one.pk for one in answer.context["emails"]] == [email.pk]
    assert "to Inés Sáez" in text
    assert f'href="{_url(deal, "conversation", email.conversation_id)}"' in text
    assert {tab.key: tab.count for tab in answer.context["record"].tabs}["emails"] == 1


def test_a_reply_from_the_deals_page_stays_with_the_deal(as_agent, deal, buyer, email):
    url = _url(deal, "conversation", email.conversation_id)
    answer = as_agent.post(url, {"body": "At noon."})
    reply = Email.objects.get(body="At noon.")

    assert answer.url == f"{url}#email-{reply.pk}"
    assert deal.events.filter(echo=False, verb="emailed").count() == 2


def test_a_reply_from_the_contacts_page_stays_with_the_deal(as_agent, deal, buyer, email):
    url = reverse("contacts:conversation", args=[buyer.pk, email.conversation_id])
    assert f'href="{deal.get_absolute_url()}"' in as_agent.get(url).content.decode()
    as_agent.post(url, {"body": "At noon."})

    assert deal.events.filter(echo=False, verb="emailed").count() == 2


def test_what_comes_back_stays_with_the_deal(deal, buyer, email):
    head = f"From: {buyer.email}\nTo: x@example.com\nSubject: Re: The deed\nMessage-ID: <1@example.com>\n"
    came = receive(parse(f"{head}In-Reply-To: {email.message_id}\n\nFine.".encode()), account=deal.account)

    assert came.conversation == email.conversation
    event = deal.events.get(verb="email_received")
    assert (event.person_id, event.echo) == (buyer.pk, False)


def test_an_email_to_the_person_alone_does_not_stand_on_the_deals_timeline(agent, deal, buyer):
    write(buyer, subject="The visit", body="At eleven.", by=agent)
    assert not deal.events.filter(verb="emailed").exists()


def test_a_conversation_of_another_deal_is_not_there(as_agent, account, deal, buyer, agent, email):
    other = PartyFactory(deal__account=account, person=buyer).deal
    assert as_agent.get(_url(other, "conversation", email.conversation_id)).status_code == 404


def test_conversations_with_somebody_in_the_trash_are_out_of_sight(as_agent, agent, deal, buyer, email):
    buyer.trash(by=agent)
    answer = as_agent.get(_url(deal))
    assert answer.context["emails"] == []
    assert {tab.key: tab.count for tab in answer.context["record"].tabs}["emails"] == 0
    assert as_agent.get(_url(deal, "conversation", email.conversation_id)).status_code == 404


def test_deleting_a_deal_for_good_leaves_the_emails_with_their_person(agent, deal, buyer, email):
    deal.trash(by=agent)
    purge_deals(Deal.with_trash.all())

    assert Conversation.objects.get().deal is None
    assert [event.verb for event in buyer.events.filter(deal=None)] == ["emailed"]


def test_pages_cost_as_many_queries_with_many_emails_as_with_one(as_agent, agent, deal, buyer, email):
    urls = [_url(deal), deal.get_absolute_url(), _url(deal, "conversation", email.conversation_id)]
    few = [asked(as_agent, url) for url in urls]
    for number in range(4):
        write(buyer, subject=f"Letter {number}", body="Hello.", by=agent, deal=deal)
        write(buyer, subject="Re: The deed", body="More.", by=agent, conversation=email.conversation)
    assert [asked(as_agent, url) for url in urls] == few


def test_another_offices_deal_takes_no_email(as_stranger, deal, buyer, email):
    for url in (_url(deal), _url(deal, "email-new"), _url(deal, "conversation", email.conversation_id)):
        assert as_stranger.get(url).status_code == 404
    assert as_stranger.post(_url(deal, "email-new"), _letter(buyer)).status_code == 404
