"""The tabs SMS and WhatsApp: what is shown, and what may be written."""

import datetime as dt

import time_machine
from django.db import connection
from django.db.models import Count
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from contacts.lines.models import Line
from contacts.messaging.models import Message
from contacts.messaging.receiving import receive
from contacts.messaging.sending import send
from contacts.models import Person
from tesoro.outbox import State
from tests.factories import LeadFactory

HTMX = {"HX-Request": "true"}
NOW = dt.datetime(2026, 11, 19, 10, 48, tzinfo=dt.UTC)


def url(person, tab="sms"):
    return reverse(f"{person.namespace}:{tab}", args=[person.pk])


def page(client, person, tab="sms", htmx=False, **query):
    return client.get(url(person, tab), query, headers=HTMX if htmx else {})


def text_of(answer):
    return answer.content.decode()


def wrote(person, body="Hola", channel="sms", at=None, **more):
    count = Message.with_trash.count()
    return receive(person, channel, body, number="+34612345678", sid=f"SM{count}", at=at, **more)


def test_a_message_is_sent_from_the_tab(as_agent, contact, agent, line):
    answer = as_agent.post(url(contact), {"body": "See you at ten."})

    assert (answer.status_code, answer.url) == (302, f"{url(contact)}#compose")
    assert Message.objects.get().author == agent


def test_a_lead_is_written_to_at_its_own_address(as_agent, account, line):
    lead = LeadFactory(account=account)
    answer = as_agent.post(url(lead), {"body": "Hello"})

    assert answer.url == f"{url(lead)}#compose"
    assert Message.objects.get().person_id == lead.pk


def test_what_is_wrong_stands_at_the_text_which_is_kept(as_agent, contact, line):
    answer = as_agent.post(url(contact), {"body": "x" * 1601})

    assert answer.status_code == 422
    assert "At most 1,600 characters; this has 1,601." in text_of(answer)
    assert "x" * 1601 in text_of(answer)


@time_machine.travel(NOW, tick=False)
def test_messages_stand_by_day_with_the_oldest_at_the_top(as_agent, contact, line):
    for hours in (0, 1, 30):
        wrote(contact, f"{hours} hours ago", at=NOW - dt.timedelta(hours=hours))
    days = page(as_agent, contact).context["thread"].days

    told = [(day.heading, [message.body for message in day.events]) for day in days]
    assert told == [("Yesterday", ["30 hours ago"]), ("Today", ["1 hours ago", "0 hours ago"])]


def test_channels_are_kept_apart(as_agent, contact, line):
    wrote(contact, "By SMS")
    wrote(contact, "By WhatsApp", channel="whatsapp")

    assert "By WhatsApp" not in text_of(page(as_agent, contact))
    assert "By SMS" not in text_of(page(as_agent, contact, "whatsapp"))


def test_older_messages_come_by_pages_and_none_twice(as_agent, contact, line):
    for number in range(70):
        wrote(contact, f"No. {number}.", at=timezone.now() - dt.timedelta(hours=70 - number))
    seen, answer = [], page(as_agent, contact)
    for _page in range(3):
        thread = answer.context["thread"]
        seen = [message.body for message in thread.messages] + seen
        answer = as_agent.get(thread.older_url, headers=HTMX) if thread.older_url else None

    assert (seen, answer) == ([f"No. {number}." for number in range(70)], None)


def test_a_thread_costs_the_same_however_long_it_is(as_agent, contact, line, django_assert_max_num_queries):
    for number in range(60):
        wrote(contact, str(number))
    with django_assert_max_num_queries(20):
        page(as_agent, contact)


def test_count_and_thread_are_read_from_the_index_of_a_channel(contact):
    if connection.vendor == "postgresql":
        connection.cursor().execute("SET LOCAL enable_seqscan = off")  # a small table is read whole
    thread = contact.message_set.by("sms").order_by("-created_at", "-pk")[:31]
    counted = Message.objects.filter(channel="sms", person=contact).values("person").annotate(n=Count("pk"))

    assert all("message_of_person" in rows.explain() for rows in (thread, counted))


def test_a_look_at_what_has_not_changed_moves_nothing(as_agent, contact, line):
    wrote(contact)
    refresh = page(as_agent, contact).context["thread"].refresh_url

    assert as_agent.get(refresh, headers=HTMX).status_code == 204
    wrote(contact, "And another")
    answer = as_agent.get(refresh, headers=HTMX)
    assert [message.body for message in answer.context["thread"].messages] == ["Hola", "And another"]


def test_a_look_shows_a_new_state(as_agent, contact, agent, line):
    message = send(contact, "sms", "Hello", by=agent)
    thread = page(as_agent, contact).context["thread"]
    Message.objects.filter(pk=message.pk).update(state=State.DELIVERED)

    assert (thread.pause, "Delivered" in text_of(as_agent.get(thread.refresh_url, headers=HTMX))) == (2, True)


def test_the_first_message_comes_into_an_empty_thread_with_its_day(as_agent, contact, line):
    refresh = page(as_agent, contact).context["thread"].refresh_url
    wrote(contact)

    answer = text_of(as_agent.get(refresh, headers=HTMX))
    assert 'id="thread-top" hx-swap-oob="true"' in answer
    assert "Today" in answer


def test_hostile_text_stays_text(as_agent, contact, line):
    wrote(contact, "<script>alert(1)</script>", media=["<b>x"])

    for answer in (page(as_agent, contact), as_agent.get(contact.get_absolute_url())):
        assert "&lt;script&gt;alert(1)" in text_of(answer)
        assert "&lt;b&gt;x" in text_of(answer)
        assert "<script>alert" not in text_of(answer)
        assert "<b>x" not in text_of(answer)


def test_a_long_sms_says_what_it_costs(as_agent, contact, agent, line):
    send(contact, "sms", "x" * 161, by=agent)

    assert "2 SMS" in text_of(page(as_agent, contact))


def test_who_is_not_to_be_contacted_is_not_written_to_and_no_word_is_lost(as_agent, contact, line):
    Person.objects.update(do_not_contact=True)
    answer = as_agent.post(url(contact), {"body": "My long text"})

    assert answer.status_code == 422
    assert "Andrea Dourado López asked not to be contacted." in text_of(answer)
    assert "My long text" in text_of(answer)
    assert not Message.objects.exists()
    assert "sms:+34" not in text_of(answer)


def test_without_a_line_an_agent_reads_how_to_get_one_and_an_admin_goes_there(as_agent, as_admin, contact):
    assert "an admin connects Twilio" in text_of(page(as_agent, contact))
    assert "sms:+34612345678" in text_of(page(as_agent, contact))
    assert reverse("lines:settings") in text_of(page(as_admin, contact))


def test_without_a_line_the_history_stays(as_agent, contact, line):
    wrote(contact, "From better days")
    Line.objects.all().delete()

    assert "From better days" in text_of(page(as_agent, contact))


def test_without_a_whatsapp_number_the_device_may_help(as_agent, contact, line):
    Line.objects.update(whatsapp_number="")
    answer = text_of(page(as_agent, contact, "whatsapp"))

    assert "https://wa.me/34612345678" in answer
    assert 'name="body"' not in answer


def test_stop_is_warned_of_until_it_is_taken_back(as_agent, contact, line):
    wrote(contact, "STOP", wish="stop")
    assert "Twilio delivers no more SMS" in text_of(page(as_agent, contact))
    wrote(contact, "START", wish="start")

    assert "Twilio delivers no more SMS" not in text_of(page(as_agent, contact))


def test_outside_the_window_only_templates_are_offered(as_agent, contact, line, template):
    answer = text_of(page(as_agent, contact, "whatsapp"))

    assert "WhatsApp takes only templates now" in answer
    assert template.title in answer
    assert 'name="body"' not in answer


def test_free_text_that_comes_too_late_is_kept(as_agent, contact, line, template):
    answer = as_agent.post(url(contact, "whatsapp"), {"body": "My long text"})

    assert answer.status_code == 422
    assert "My long text" in text_of(answer)
    assert not Message.objects.exists()


@time_machine.travel(NOW, tick=False)
def test_inside_the_window_one_writes_and_reads_until_when(as_agent, contact, line):
    wrote(contact, channel="whatsapp")
    answer = text_of(page(as_agent, contact, "whatsapp"))

    assert "Free text until tomorrow, 11:48" in answer
    assert 'name="body"' in answer


def test_a_template_is_filled_seen_beforehand_and_sent(as_agent, contact, line, template):
    data = {"template": template.pk, "value_1": "Andrea", "value_2": "ten"}
    preview = as_agent.post(url(contact, "whatsapp"), data | {"preview": "1"})
    assert ">Andrea</mark>" in text_of(preview)
    assert not Message.objects.exists()
    as_agent.post(url(contact, "whatsapp"), data)

    assert Message.objects.get().body == "Hello Andrea, until ten."


def test_a_variable_left_empty_is_told_at_its_field(as_agent, contact, line, template):
    answer = as_agent.post(url(contact, "whatsapp"), {"template": template.pk, "value_1": "Andrea"})

    assert answer.status_code == 422
    assert "Fill this in." in text_of(answer)
    assert 'value="Andrea"' in text_of(answer)


def test_another_offices_template_is_none(as_agent, contact, line, template, stranger):
    template.account = stranger.account
    template.save()
    as_agent.post(url(contact, "whatsapp"), {"template": template.pk, "value_1": "A", "value_2": "B"})

    assert not Message.objects.exists()


@time_machine.travel(NOW, tick=False)
def test_the_card_tells_the_window_at_the_message_that_opened_it(as_agent, contact, line):
    for hours in (5, 0):
        wrote(contact, channel="whatsapp", at=NOW - dt.timedelta(hours=hours))
    answer = text_of(as_agent.get(contact.get_absolute_url()))

    assert answer.count("Free text until") == 1
    assert "Free text until tomorrow, 11:48" in answer
    assert f'href="{url(contact, "whatsapp")}#compose">Reply</a>' in answer


def test_cards_cost_the_same_however_many_there_are(as_agent, contact, line, django_assert_num_queries):
    wrote(contact, channel="whatsapp")
    with CaptureQueriesContext(connection) as one:
        as_agent.get(contact.get_absolute_url())
    for number in range(20):
        wrote(contact, str(number), channel="whatsapp")
    with django_assert_num_queries(len(one)):
        as_agent.get(contact.get_absolute_url())


def test_the_list_one_came_from_goes_along(as_agent, contact, line, template):
    for minute in range(40):
        wrote(contact, channel="whatsapp", at=timezone.now() - dt.timedelta(minutes=minute))
    carried = f"{url(contact, 'whatsapp')}?within=q%3Dmora"

    first = page(as_agent, contact, "whatsapp", within="q=mora")
    thread = first.context["thread"]
    older = as_agent.get(thread.older_url)
    chosen = page(as_agent, contact, "whatsapp", within="q=mora", template=template.pk)
    again = as_agent.get(thread.refresh_url, headers=HTMX | {"HX-Current-URL": "http://testserver/"})

    assert {one.split("&")[0] for one in (thread.older_url, thread.refresh_url)} == {carried}
    assert f'action="{carried}"' in text_of(first)
    assert f'href="{carried}&amp;template={template.pk}#compose"' in text_of(first)
    assert f'href="{carried}#compose"' in text_of(older)
    assert f'action="{carried}"' in text_of(chosen)
    assert '<input type="hidden" name="within" value="q=mora">' in text_of(chosen)
    assert again.status_code == 204


def test_a_message_that_was_sent_leads_back_within_the_list(as_agent, contact, line):
    key = page(as_agent, contact, within="q=mora").context["composer"].form["form_key"].value()

    sent = as_agent.post(f"{url(contact)}?within=q%3Dmora", {"body": "Hola", "form_key": key})

    assert sent.headers["Location"] == f"{url(contact)}?within=q%3Dmora#compose"
