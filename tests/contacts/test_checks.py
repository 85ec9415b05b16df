"""What the form asks while one types."""

import pytest
from django.urls import reverse

from tests.factories import ContactFactory, LeadFactory

EMAIL, PHONE = reverse("contacts:email-check"), reverse("contacts:phone-check")


def test_a_free_email_is_fine(as_agent):
    assert as_agent.get(EMAIL, {"value": "new@example.com"}).json() == {"ok": True, "value": ""}


@pytest.mark.parametrize("factory", [ContactFactory, LeadFactory])
def test_a_taken_email_is_told_with_a_way_to_the_record(as_agent, account, factory):
    other = factory(account=account, email="taken@example.com")

    answer = as_agent.get(EMAIL, {"value": " TAKEN@example.com"}).json()

    assert answer["message"] == "Another record (lead or contact) already uses this email address."
    assert answer["link"]["url"] == other.get_absolute_url()


def test_the_record_being_edited_does_not_stand_in_its_own_way(as_agent, contact):
    assert as_agent.get(EMAIL, {"value": contact.email, "id": contact.pk}).json()["ok"]


def test_another_offices_emails_are_not_given_away(as_stranger, contact):
    assert as_stranger.get(EMAIL, {"value": contact.email}).json()["ok"]


def test_what_is_no_email_is_told(as_agent):
    assert as_agent.get(EMAIL, {"value": "ilse@example"}).json()["message"] == "The part after the @ has no ending."


def test_a_phone_reads_back_in_international_format(as_agent, db):
    assert as_agent.get(PHONE, {"value": "0034612345678"}).json() == {"ok": True, "value": "+34 612 34 56 78"}


def test_what_is_no_phone_is_told(as_agent, db):
    answer = as_agent.get(PHONE, {"value": "612 34 56 78"}).json()

    assert answer == {"ok": False, "message": "No country code. Start with + or 00."}


def test_signed_out_visitors_learn_nothing(client, db):
    assert client.get(EMAIL, {"value": "a@example.com"}).status_code == 302
