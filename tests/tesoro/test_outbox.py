"""What leaves the house leaves once: claims, endings, what a dead worker leaves behind."""

from datetime import UTC, datetime, timedelta
from unittest.mock import Mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contacts.calls.models import Call
from contacts.emails.models import Email
from contacts.messaging.models import Message
from contacts.timeline.recording import record
from tesoro import outbox
from tesoro.outbox import PATIENCE, State, claim, reap


@pytest.fixture
def call(contact, agent):
    event = record("called", by=agent, person=contact)
    return Call.objects.create(account=contact.account, person=contact, event=event, author=agent)


@pytest.fixture
def task(monkeypatch):
    """A task of which none waits for a worker."""
    monkeypatch.setattr(outbox, "queued", lambda _task: [])
    return Mock()


def put(call, **fields):
    Call.objects.filter(pk=call.pk).update(**fields)
    call.refresh_from_db()
    return call


def long_ago():
    return timezone.now() - PATIENCE - timedelta(seconds=1)


def test_of_two_workers_one_gets_the_row(call):
    first, second = claim(Call, call.pk), claim(Call, call.pk)

    assert (first.state, second) == (State.SENDING, None)


@pytest.mark.parametrize("state", [state for state in State if state != State.QUEUED])
def test_only_what_is_queued_can_be_claimed(call, state):
    put(call, state=state)

    assert claim(Call, call.pk) is None


def test_an_ending_is_stored_with_its_words(call):
    row = claim(Call, call.pk)

    assert row.settle(State.FAILED, "The number is not valid. " * 50)
    assert len(row.failure) == 500


def test_a_worker_that_was_given_up_may_still_tell_that_it_was_sent(call):
    row = claim(Call, call.pk)
    Call.objects.update(state=State.UNKNOWN)

    assert row.settle(State.SENT, sid="CA1")
    assert (row.state, row.sid) == (State.SENT, "CA1")


def test_a_late_ending_does_not_overrule_a_second_sending(call, task):
    late = claim(Call, call.pk)
    put(call, state=State.UNKNOWN).send_again(task)

    assert not late.settle(State.FAILED, "too late")
    call.refresh_from_db()
    assert call.state == State.QUEUED


def test_what_a_dead_worker_had_in_hand_is_of_unknown_state_and_not_sent_again(call, task):
    put(call, state=State.SENDING, claimed_at=long_ago())
    reap(Call, task)

    call.refresh_from_db()
    assert call.state == State.UNKNOWN
    task.enqueue.assert_not_called()


def test_what_a_worker_has_in_hand_just_now_is_left_to_it(call, task):
    row = claim(Call, call.pk)
    reap(Call, task)

    row.refresh_from_db()
    assert row.state == State.SENDING


def test_a_queued_row_whose_task_was_lost_gets_another_once(call, task):
    put(call, queued_at=long_ago())
    reap(Call, task)
    reap(Call, task)

    task.enqueue.assert_called_once_with(call.pk)


def test_a_queued_row_whose_task_waits_is_left_alone(call, task, monkeypatch):
    put(call, queued_at=long_ago())
    monkeypatch.setattr(outbox, "queued", lambda _task: [[call.pk]])
    reap(Call, task)

    task.enqueue.assert_not_called()


def test_sending_again_takes_one_click_of_two(call, task):
    put(call, state=State.FAILED, failure="busy")

    assert [call.send_again(task), put(call).send_again(task)] == [True, False]
    assert (call.failure, task.enqueue.call_count) == ("", 1)


@pytest.mark.parametrize("state", [State.SENT, State.DELIVERED, State.SENDING, State.QUEUED])
def test_what_went_well_or_is_on_its_way_is_not_sent_again(call, task, state):
    assert not put(call, state=state).send_again(task)


def test_a_person_says_once_that_what_nobody_knows_of_has_arrived(call):
    put(call, state=State.UNKNOWN, failure="No answer.")

    assert [call.confirm(seconds=60), call.confirm(seconds=90)] == [True, False]
    assert (call.state, call.failure, call.seconds) == (State.SENT, "", 60)


@pytest.mark.parametrize("state", [state for state in State if state != State.UNKNOWN])
def test_what_is_known_is_not_for_a_person_to_say(call, state):
    assert not put(call, state=state).confirm()
    assert call.state == state


def test_the_number_of_a_sending_is_exact(call):
    at = datetime(2026, 7, 1, 9, 30, 15, 123_457, tzinfo=UTC)

    assert call.attempt == 0
    assert put(call, claimed_at=at).attempt == 1_782_898_215_123_457


@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads the plans of SQLite")
@pytest.mark.parametrize("model", [Email, Call, Message])
def test_looking_after_what_was_given_up_reads_no_table_from_end_to_end(db, task, model):
    with CaptureQueriesContext(connection) as seen:
        reap(model, task)
    steps = [step for query in seen for step in plan(query["sql"])]

    assert len(steps) == 2
    assert all(f"{model._meta.model_name}_waiting (state=?" in step for step in steps)


def plan(sql):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return [row[3] for row in cursor.fetchall()]
