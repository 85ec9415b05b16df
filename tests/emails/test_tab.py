"""The tab of emails: conversations, each with its emails, and what one can do with an email."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from contacts.attachments.attaching import attach
from contacts.emails.composing import write
from contacts.emails.models import Direction, Email
from contacts.timeline.recording import record
from tesoro.outbox import State
from tests.factories import UserFactory

HTMX = {"HX-Request": "true"}
HOSTILE = "<script>alert(1)</script><img src=https://x.example/p.gif><p>Hello</p>"


@pytest.fixture
def email(contact, agent):
    return write(contact, subject="The visit", body="At **eleven**.", by=agent)


def received(email, **fields):
    """File an answer to ``email``."""
    event = record("email_received", by=None, person=email.person, name=email.person.full_name)
    told = {"subject": "Re: The visit", "body": "Fine\n> At eleven", "state": State.RECEIVED, **fields}
    return Email.objects.create(
        account=email.account, person=email.person, event=event, conversation=email.conversation,
        direction=Direction.IN, sender=f"Andrea <{email.person.email}>", **told,
    )  # fmt: skip


def tab(client, person):
    return client.get(f"{person.get_absolute_url()}emails/")


def thread_url(email):
    return reverse("contacts:conversation", args=[email.person_id, email.conversation_id])


def thread(client, email):
    return client.get(thread_url(email)).content.decode()


def put(email, **fields):
    Email.with_trash.filter(pk=email.pk).update(**fields)


def test_nothing_yet_says_so(as_agent, contact):
    assert "No emails yet" in tab(as_agent, contact).content.decode()


def test_conversation_is_shown_by_its_newest_email(as_agent, email):
    received(email)
    page = tab(as_agent, email.person)

    [row] = page.context["emails"]
    assert (row.direction, row.n) == ("in", 2)
    assert "At eleven" not in page.content.decode()


def test_conversation_with_the_newest_email_comes_first(as_agent, email, agent):
    other = write(email.person, subject="The contract", body="Here", by=agent)
    received(email)

    found = [row.conversation_id for row in tab(as_agent, email.person).context["emails"]]
    assert found == [email.conversation_id, other.conversation_id]


def test_conversations_of_one_moment_are_each_shown_once(as_agent, email, agent):
    again = write(email.person, subject="Re", body="Here", by=agent, conversation=email.conversation)
    put(again, created_at=email.created_at)

    assert [row.pk for row in tab(as_agent, email.person).context["emails"]] == [again.pk]


def test_older_conversations_come_thirty_at_a_time(as_agent, contact, agent):
    for number in range(35):
        write(contact, subject=f"Subject {number}", body="x", by=agent)
    first = tab(as_agent, contact)
    more = as_agent.get(f"{contact.get_absolute_url()}emails/?older={first.context['older']}", headers=HTMX)

    seen = [row.pk for page in (first, more) for row in page.context["emails"]]
    assert len(seen) == len(set(seen)) == 35
    assert "<html" not in more.content.decode()


def test_tab_costs_the_same_for_many_conversations(as_agent, email, agent, django_assert_max_num_queries):
    for number in range(20):
        write(email.person, subject=f"Subject {number}", body="x", by=agent)
    with django_assert_max_num_queries(20):
        tab(as_agent, email.person)


def test_activities_cost_the_same_for_many_emails(as_agent, email, agent, django_assert_max_num_queries):
    file = attach(email.person, SimpleUploadedFile("a.txt", b"a"), by=agent)
    for number in range(20):
        write(email.person, subject=f"Subject {number}", body="x", by=agent, attachments=[file])
    with django_assert_max_num_queries(20):
        assert "1 file" in as_agent.get(email.person.get_absolute_url()).content.decode()


def test_activities_show_the_email(as_agent, email):
    text = as_agent.get(email.person.get_absolute_url()).content.decode()

    assert "The visit" in text
    assert "At eleven." in text
    assert reverse("emails:email", args=[email.pk]) in text


def test_received_html_is_made_safe_and_loads_nothing(as_agent, email):
    received(email, html=HOSTILE)
    text = thread(as_agent, email)

    assert "Hello" in text
    assert "alert(1)" not in text
    assert "x.example" not in text


def test_received_text_keeps_its_lines_and_is_escaped(as_agent, email):
    received(email, body="One\nTwo <b>three</b>")
    text = thread(as_agent, email)

    assert "One<br>Two &lt;b&gt;three&lt;/b&gt;" in text


def test_files_stand_in_the_conversation(as_agent, contact, agent):
    file = attach(contact, SimpleUploadedFile("plan.pdf", b"plan"), by=agent)
    email = write(contact, subject="The plan", body="Here", by=agent, attachments=[file])

    assert reverse("attachments:download", args=[file.pk]) in thread(as_agent, email)


def test_link_of_a_card_leads_to_the_email_in_its_conversation(as_agent, email):
    answer = as_agent.get(reverse("emails:email", args=[email.pk]))

    assert answer.url == f"{thread_url(email)}#email-{email.pk}"


def test_email_on_its_way_asks_how_it_fares_until_it_is_known(as_agent, email):
    url = reverse("emails:email", args=[email.pk])
    assert "hx-trigger" in as_agent.get(url, headers=HTMX).content.decode()

    put(email, state=State.SENT)
    assert "hx-trigger" not in as_agent.get(url, headers=HTMX).content.decode()


def test_failed_email_says_why_and_offers_to_send_again(as_agent, email):
    put(email, state=State.FAILED, failure="550 No such user")
    text = thread(as_agent, email)

    assert "550 No such user" in text
    assert "Send again" in text
    assert "It arrived" not in text


def test_sending_again_queues_it(as_agent, email):
    put(email, state=State.FAILED, failure="550 No such user")
    as_agent.post(reverse("emails:sending", args=[email.pk]))

    email.refresh_from_db()
    assert (email.state, email.failure) == (State.QUEUED, "")


@pytest.mark.parametrize("state", ["failed", "unknown"])
def test_an_invitation_is_not_sent_again_but_anew_from_the_meeting(as_agent, email, state):
    Email.objects.update(state=state, calendar="BEGIN:VCALENDAR\nMETHOD:REQUEST\nEND:VCALENDAR")
    page = thread(as_agent, email)
    answer = as_agent.post(reverse("emails:sending", args=[email.pk]), follow=True)

    assert Email.objects.get().state == state
    assert "Send the invitation anew from the meeting." in page
    assert "Send again" not in page
    assert str(next(iter(answer.context["messages"]))) == "Send the invitation anew from the meeting."


def test_sending_again_is_refused_to_whom_is_not_to_be_contacted(as_agent, email):
    put(email, state=State.FAILED)
    type(email.person).objects.update(do_not_contact=True)
    as_agent.post(reverse("emails:sending", args=[email.pk]))

    email.refresh_from_db()
    assert email.state == State.FAILED


def test_email_that_arrived_counts_as_sent(as_agent, email):
    put(email, state=State.UNKNOWN, claimed_at=email.created_at, failure="The server did not answer in time.")
    as_agent.post(reverse("emails:arrival", args=[email.pk]))

    email.refresh_from_db()
    assert (email.state, email.failure, email.sent_at) == (State.SENT, "", email.created_at)


def test_email_that_failed_cannot_be_said_to_have_arrived(as_agent, email):
    put(email, state=State.FAILED)
    as_agent.post(reverse("emails:arrival", args=[email.pk]))

    email.refresh_from_db()
    assert email.state == State.FAILED


@pytest.mark.parametrize("deed", ["sending", "arrival", "trash"])
def test_colleague_decides_nothing_about_an_email_of_another(client, account, email, deed):
    put(email, state=State.UNKNOWN)
    client.force_login(UserFactory(account=account))

    assert client.post(reverse(f"emails:{deed}", args=[email.pk])).status_code == 403
    assert "Send again" not in thread(client, email)


def test_deleted_email_leaves_tab_and_timeline_and_comes_back(as_agent, email):
    email.event.refresh_from_db()
    received(email)
    as_agent.post(reverse("emails:trash", args=[email.pk]))
    assert [row.n for row in tab(as_agent, email.person).context["emails"]] == [1]
    assert [event.verb for event in email.person.events.visible()] == ["email_received"]

    as_agent.post(reverse("emails:restoration", args=[email.pk]))
    assert [row.n for row in tab(as_agent, email.person).context["emails"]] == [2]
    assert email.person.events.visible().count() == 2


def test_with_its_last_email_a_conversation_is_left_for_the_tab(as_agent, email):
    answer = as_agent.post(reverse("emails:trash", args=[email.pk]))

    assert answer.url == f"{email.person.get_absolute_url()}emails/"
    assert as_agent.get(thread_url(email)).url == answer.url


def test_long_conversation_comes_in_pages(as_agent, email, agent):
    for number in range(24):
        again = write(email.person, subject="Re", body=f"Text {number}.", by=agent, conversation=email.conversation)
        put(again, created_at=email.created_at + timedelta(minutes=number))
    page = as_agent.get(thread_url(email))
    more = as_agent.get(f"{thread_url(email)}?older={page.context['older']}", headers=HTMX)

    assert (len(page.context["emails"]), len(more.context["emails"])) == (20, 5)


def test_what_is_on_its_way_is_looked_at_again_on_the_tab(as_agent, email):
    asks = f'hx-get="/emails/{email.pk}/?alone&amp;seen=queued"'
    assert asks in tab(as_agent, email.person).content.decode()
    put(email, state=State.SENT)
    assert asks not in tab(as_agent, email.person).content.decode()


def test_a_look_brings_nothing_when_nothing_has_changed(as_agent, email):
    url = f"{reverse('emails:email', args=[email.pk])}?alone&seen=queued"
    assert as_agent.get(url, headers=HTMX).status_code == 204
    put(email, state=State.SENT)
    page = as_agent.get(url, headers=HTMX).content.decode()
    assert "Sent" in page
    assert "hx-get" not in page
