"""Reply addresses: the token that is put in comes out again."""

import pytest

from contacts.emails.addressing import domain_of, reply_address, token_of
from contacts.emails.composing import begin


@pytest.fixture
def conversation(contact):
    return begin(contact, "The visit")


def test_token_is_found_again(conversation, settings):
    settings.INBOUND_ADDRESS = "in@reply.example.com"
    address = reply_address(conversation)

    assert token_of(address) == conversation.token
    assert token_of(f"Casa Mirador <{address}>") == conversation.token
    assert token_of(address.upper()) == conversation.token


@pytest.mark.parametrize("address", [
    "", "in@reply.example.com", "in+@reply.example.com", "in+short@reply.example.com",
    f"in+{'a' * 25}@reply.example.com", f"in+{'a' * 24}", f"{'a' * 24}@example.com", "+" * 5000,
])  # fmt: skip
def test_other_addresses_hold_no_token(address):
    assert token_of(address) == ""


def test_without_a_way_in_there_is_no_reply_address(conversation):
    assert reply_address(conversation) == ""


def test_message_ids_end_in_the_senders_domain():
    assert domain_of("office@example.com") == "example.com"
    assert domain_of("") == "127.0.0.1"
