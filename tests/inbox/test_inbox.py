"""The inbox: strangers wait by number, become leads or turn out to be known, or are dismissed."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from contacts.calls.models import Call
from contacts.inbox import settling
from contacts.inbox.waiting import tally
from contacts.lines.models import Stray
from contacts.messaging.models import Message
from contacts.models import Kind, Person
from contacts.timeline.models import Event
from tests.factories import ContactFactory, contact_data

INBOX = reverse("inbox:list")
NUMBER = "+34655123456"
LEAD = contact_data(phone=NUMBER, role=None, salutation=None, language=None)


@pytest.fixture
def stray(account):
    """A function that has something come in from a stranger."""

    def came(kind="sms", number=NUMBER, hours=1, **more):
        sid, at = f"SM{Stray.objects.count()}", timezone.now() - dt.timedelta(hours=hours)
        more = {"body": "Hola", "account": account} | more
        return Stray.objects.create(kind=kind, number=number, sid=sid, at=at, **more)

    return came


def act(client, name, stray, **data):
    return client.post(reverse(f"inbox:{name}", args=[stray.pk]), data)


def groups(client, **query):
    return client.get(INBOX, query).context["inbox"].groups


def test_what_waits_stands_by_number_with_the_newest_first(as_agent, stray):
    stray(hours=5, body="First")
    stray(number="+4915123456789", hours=3)
    stray(hours=1, kind="call", body="")
    told = [(group.head.number, group.count, [one.kind for one in group.strays]) for group in groups(as_agent)]

    assert told == [(NUMBER, 2, ["sms", "call"]), ("+4915123456789", 1, ["sms"])]


def test_callers_who_withhold_their_number_are_not_taken_for_one(as_agent, stray):
    stray(number="anonymous", kind="call")
    stray(number="anonymous", kind="call")

    assert [group.count for group in groups(as_agent)] == [1, 1]


def test_of_many_from_one_number_the_newest_are_shown(as_agent, stray):
    for hours in range(1, 9):
        stray(hours=hours, body=f"{hours}")
    [group] = groups(as_agent)

    assert (group.count, group.hidden, [one.body for one in group.strays]) == (8, 3, ["5", "4", "3", "2", "1"])


def test_the_inbox_is_paged_in_a_constant_number_of_queries(as_agent, stray, django_assert_max_num_queries):
    for number in range(30):
        stray(number=f"+3465512{number:04d}", hours=number)
    with django_assert_max_num_queries(14):
        page = as_agent.get(INBOX).context["inbox"].page
    assert len(page.rows) == 25
    assert len(groups(as_agent, after=page.next)) == 5


def test_nothing_of_another_office_waits_here(as_agent, stray, stranger):
    stray(account=stranger.account)

    assert groups(as_agent) == []
    assert "Nothing is waiting" in as_agent.get(INBOX).content.decode()


def test_the_sidebar_says_how_many_numbers_wait(as_agent, agent, stray):
    for number in (NUMBER, NUMBER, "+4915123456789", "anonymous", "anonymous"):
        stray(number=number)

    assert tally(agent) == (4, False)


def test_a_text_that_is_hostile_stays_text(as_agent, stray):
    stray(body="<script>alert(1)</script>", data={"name": "<script>alert(2)"})

    text = as_agent.get(INBOX).content.decode()
    assert ("&lt;script&gt;alert(1)" in text, "&lt;script&gt;alert(2)" in text) == (True, True)
    assert "<script>alert" not in text


def test_a_lead_is_made_and_has_all_of_it_at_its_time(as_agent, agent, stray):
    first, call = stray(hours=5, kind="whatsapp", data={"media": ["image/jpeg"]}), stray(hours=3, kind="call")
    other = stray(number="+4915123456789")
    answer = act(as_agent, "lead", first, **LEAD)
    lead = Person.objects.get(kind=Kind.LEAD)
    message = Message.objects.get()

    assert (answer.url, lead.assigned_to, lead.phone.as_e164) == (lead.get_absolute_url(), agent, NUMBER)
    assert (message.person_id, message.created_at, message.event.at, message.media) == (
        lead.pk, first.at, first.at, ["image/jpeg"],
    )  # fmt: skip
    assert Call.objects.get().event.at == call.at
    assert list(Event.objects.order_by("at").values_list("verb", flat=True)) == [
        "whatsapp_received", "call_received", "created",
    ]  # fmt: skip
    assert list(Stray.objects.open()) == [other]


def test_the_form_knows_the_number_and_the_name_on_whatsapp(as_agent, stray):
    answer = as_agent.get(reverse("inbox:lead", args=[stray(data={"name": "Nuria Sanchis Ivars"}).pk]))
    form = answer.context["form"]

    assert [form[name].value() for name in ("first_name", "last_name")] == ["Nuria", "Sanchis Ivars"]
    assert form["phone"].value() == "+34 655 12 34 56"


@pytest.mark.parametrize("name", ["", "🏡", "4Ever", None, ["x"]])
def test_what_is_no_name_is_not_proposed(as_agent, stray, name):
    answer = as_agent.get(reverse("inbox:lead", args=[stray(data={"name": name}).pk]))

    assert answer.context["form"]["first_name"].value() == ""


def test_a_taken_email_is_told_with_the_way_to_who_has_it(as_agent, stray, contact):
    answer = act(as_agent, "lead", stray(), **LEAD | {"email": contact.email})

    assert answer.status_code == 422
    assert f'href="{contact.get_absolute_url()}"' in answer.content.decode()
    assert Stray.objects.open().count() == 1


def test_of_two_who_make_a_lead_at_once_one_does(as_agent, as_admin, stray):
    one = stray()
    act(as_admin, "lead", one, **LEAD)
    answer = act(as_agent, "lead", one, **LEAD | {"email": "other@example.com"})

    assert "Somebody has dealt with this number meanwhile." in answer.content.decode()
    assert (Person.objects.count(), Message.objects.count()) == (1, 1)


def test_it_is_added_to_somebody_known_who_keeps_the_number(as_agent, stray, contact):
    answer = act(as_agent, "person", stray(), person=contact.pk, keep="on")
    contact.refresh_from_db()

    assert answer.url == contact.get_absolute_url()
    assert Message.objects.get().person_id == contact.pk
    assert contact.whatsapp.as_e164 == NUMBER
    assert Event.objects.filter(verb="changed").count() == 1


def test_a_number_is_not_kept_where_there_is_one_already(as_agent, stray, account):
    person = ContactFactory(account=account, whatsapp="+4915123456789")
    act(as_agent, "person", stray(), person=person.pk, keep="on")
    person.refresh_from_db()

    assert (person.whatsapp.as_e164, Message.objects.count()) == ("+4915123456789", 1)


def test_people_are_looked_for_while_one_types(as_agent, stray, contact, account):
    ContactFactory(account=account, first_name="Boris", last_name="Karlov")
    url = reverse("inbox:person", args=[stray().pk])
    answer = as_agent.get(url, {"q": "karl"}, headers={"HX-Request": "true", "HX-Target": "people"})

    assert "Boris Karlov" in answer.content.decode()
    assert "Andrea" not in answer.content.decode()
    assert "<form" not in answer.content.decode()


def test_people_are_looked_for_without_script(as_agent, stray, contact):
    answer = act(as_agent, "person", stray(), q="dourado", find="1")

    assert answer.status_code == 200
    assert "Andrea Dourado López" in answer.content.decode()
    assert not Message.objects.exists()


def test_nobody_chosen_and_a_stranger_of_another_office_are_refused(as_agent, stray, stranger):
    foreign = ContactFactory(account=stranger.account)
    for chosen in ("", foreign.pk):
        answer = act(as_agent, "person", stray(), person=chosen)
        assert "Choose somebody." in answer.content.decode()
    assert not Message.objects.exists()


def test_who_has_the_number_by_now_is_proposed(as_agent, stray, account):
    person = ContactFactory(account=account, phone=NUMBER)
    stray()

    assert groups(as_agent)[0].person == person


def test_what_is_dismissed_comes_back(as_agent, stray):
    one, other = stray(), stray()
    act(as_agent, "dismissal", one)
    assert groups(as_agent) == []
    one.refresh_from_db()
    act(as_agent, "restoration", one, moment=one.settled_at.isoformat())

    assert set(Stray.objects.open()) == {one, other}


def test_only_what_was_dismissed_comes_back(as_agent, agent, stray, contact):
    one = stray()
    settling.give(one, contact, by=agent)
    one.refresh_from_db()
    act(as_agent, "restoration", one, moment=one.settled_at.isoformat())

    assert not Stray.objects.open().exists()


def test_what_somebody_has_dealt_with_is_not_dismissed(as_agent, agent, stray, contact):
    one = stray()
    settling.give(one, contact, by=agent)
    act(as_agent, "dismissal", one)

    assert Stray.objects.get().person_id == contact.pk


def test_a_message_that_the_person_has_already_is_not_doubled(agent, stray, contact):
    one = stray()
    settling.give(one, contact, by=agent)
    Stray.objects.update(settled_at=None)
    settling.give(one, contact, by=agent)

    assert (Message.objects.count(), Event.objects.count()) == (1, 1)
