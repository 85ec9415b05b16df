"""How the database finds emails: by an index, however many there are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contacts.emails import bounces
from contacts.emails.models import Conversation, Email
from contacts.timeline.models import Event

sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="reads the plans of SQLite")
postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="reads the plans of PostgreSQL")


def _plan(sql):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return [row[3] for row in cursor.fetchall()]


def _plan_of(rows):
    return rows.explain().splitlines()


def _on_emails(seen):
    """Return the steps in which queries look for emails."""
    asked = [query["sql"] for query in seen if 'FROM "emails_email"' in query["sql"]]
    return [step for sql in asked for step in _plan(sql) if "emails_email" in step]


@sqlite
def test_the_newest_of_a_conversation_is_found_by_its_index(contact):
    steps = _plan_of(Email.objects.filter(person=contact).newest_of_each())

    assert not [step for step in steps if "SCAN" in step or "TEMP B-TREE" in step]
    assert (
        sum("COVERING INDEX email_of_conversation (conversation_id=? AND deleted_at=?)" in step for step in steps) == 2
    )


@postgresql
def test_the_newest_of_a_conversation_is_one_step_on_its_index(contact):
    steps = _plan_of(Email.objects.filter(person=contact).newest_of_each())
    [limit] = [number for number, step in enumerate(steps) if "Limit" in step]

    assert "Index Only Scan Backward using email_of_conversation" in steps[limit + 1]


def test_emails_of_one_moment_are_told_apart(contact, account):
    at = timezone.now()
    thread = Conversation.objects.create(account=account, person=contact, subject="The visit")
    events = [Event.objects.create(account=account, person=contact, verb="emailed", at=at) for _ in range(3)]
    rows = [Email(account=account, person=contact, conversation=thread, event=event, subject="The visit",
                  created_at=at) for event in events]  # fmt: skip
    Email.objects.bulk_create(rows)

    [newest] = Email.objects.newest_of_each()
    assert (newest.pk, newest.n) == (rows[-1].pk, 3)


@sqlite
def test_what_a_service_tells_is_looked_up_by_indexes(account):
    with CaptureQueriesContext(connection) as seen:
        bounces.follow(type("Told", (), {"event_type": "bounced", "message_id": "<1@casa.example>",
                                         "recipient": "andrea@example.com", "mta_response": "550 No",
                                         "metadata": {}}))  # fmt: skip
    [step] = _on_emails(seen)

    assert "email_message_id (message_id=?)" in step


@sqlite
def test_what_a_report_quotes_is_looked_up_by_indexes(account):
    from contacts.emails.receiving import receive
    from tests.emails.mails import report

    with CaptureQueriesContext(connection) as seen:
        receive(report(), account=account)
    steps = _on_emails(seen)

    assert len(steps) == 2
    assert "email_message_id (message_id=?)" in steps[0]
    assert "email_recipient (recipient_key=?)" in steps[1]
