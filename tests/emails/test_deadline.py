"""A mail server that drips its answers: none takes longer than a sending may, whatever it drips."""

import asyncio
import socket
import ssl

import pytest

from contacts.emails import hosts
from contacts.emails import smtp as ours
from contacts.emails.composing import write
from contacts.emails.models import Email
from contacts.emails.sending import send
from contacts.emails.watch import Watch
from tesoro.outbox import PATIENCE, State, claim
from tests.fakes import smtp

LATE = "The server did not answer in time."


async def drip(_office, server, *_args):
    """Answer line after line, and never come to an end."""
    while True:
        await server.push("250-Wait")
        await asyncio.sleep(0.02)


@pytest.fixture
def drip_past_the_deadline(monkeypatch):
    """Drip as well, and let the deadline come after a few lines, however slow the machine is."""
    watches = []

    def watch(line, seconds):
        watches.append(Watch(line, seconds))
        return watches[-1]

    async def answer(office, server, *args):
        for _line in range(3):
            await server.push("250-Wait")
        watches[-1]._cut()
        await drip(office, server, *args)

    monkeypatch.setattr(ours, "Watch", watch)
    return answer


@pytest.fixture
def hurried(server, contact, agent):
    """Write an email and send it within so many seconds; return it as it is afterwards."""

    def within(seconds=ours.DEADLINE):
        email = claim(Email, write(contact, subject="The visit", body="At eleven.", by=agent).pk)
        send(email, seconds)
        return email

    return within


def test_a_sending_ends_well_before_it_is_given_up():
    assert PATIENCE.total_seconds() > 1.5 * ours.DEADLINE


def test_who_drips_before_the_message_left_is_given_up_as_a_failure(hurried, post, monkeypatch):
    monkeypatch.setattr(smtp.PostOffice, "handle_RCPT", drip)
    email = hurried(0.5)

    assert (email.state, email.failure) == (State.FAILED, LATE)


def test_who_drips_after_the_message_left_leaves_it_of_unknown_state(hurried, monkeypatch, drip_past_the_deadline):
    monkeypatch.setattr(smtp.PostOffice, "handle_DATA", drip_past_the_deadline)
    email = hurried()

    assert (email.state, email.failure) == (State.UNKNOWN, LATE)


def test_who_drips_at_the_goodbye_changes_nothing(hurried, monkeypatch, drip_past_the_deadline):
    monkeypatch.setattr(smtp.PostOffice, "handle_QUIT", drip_past_the_deadline, raising=False)

    assert hurried().state == State.SENT


def test_when_the_time_is_over_nothing_is_begun(hurried, post):
    email = hurried(0)

    assert (email.state, email.failure, post.letters) == (State.FAILED, LATE, [])


def test_a_connection_that_became_tls_is_ended_too():
    near, far = socket.socketpair()
    watch = Watch(near, 60)
    context = ssl.create_default_context()
    with context.wrap_socket(near, server_hostname="localhost", do_handshake_on_connect=False), far:
        watch._cut()

        assert (far.recv(1), watch.expired) == (b"", True)
    watch.end()


def test_a_connection_that_was_let_go_is_left_alone():
    near, far = socket.socketpair()
    with near, far:
        watch = Watch(near, 60)
        watch.end()
        watch._cut()
        far.sendall(b"x")

        assert (near.recv(1), watch.expired) == (b"x", False)


def test_all_addresses_of_a_server_share_its_time(monkeypatch):
    tried = []
    monkeypatch.setattr(hosts, "addresses", lambda *_args: ["192.0.2.1", "192.0.2.2"])
    monkeypatch.setattr(hosts, "monotonic", iter([0, 1, 25]).__next__)

    def refuse(place, timeout):
        tried.append((place[0], timeout))
        raise TimeoutError

    monkeypatch.setattr(hosts.socket, "create_connection", refuse)
    with pytest.raises(TimeoutError):
        hosts.connect("mail.example.com", 25, 20)

    assert tried == [("192.0.2.1", 19)]
