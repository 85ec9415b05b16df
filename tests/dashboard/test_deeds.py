"""The page behind the numbers of the card "Activity": it lists what they count, and nothing else."""

import datetime as dt
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contacts.dashboard import activity, deed_lines
from contacts.dashboard.deed_lines import DeedsPage
from contacts.dashboard.deeds import DEED_OF, DEEDS
from contacts.emails.composing import write
from contacts.meetings.models import Attendance, Meeting
from contacts.timeline.models import Event
from contacts.timeline.noting import write_note
from contacts.timeline.recording import record
from tests.dashboard import figures
from tests.factories import ContactFactory, DealFactory, LeadFactory, RelationFactory, UserFactory

from .conftest import HOME, NOW, said

URL = reverse("activity")
HTMX = {"HX-Request": "true"}


@pytest.fixture
def few(monkeypatch):
    """Pages of three, so that there are several."""
    monkeypatch.setattr(deed_lines, "PAGE", 3)


def meet(account, at, *attendees, **fields):
    """Store a meeting of an hour that users, people or deals attend."""
    meeting = Meeting.objects.create(
        account=account, title="Visit", starts_at=at, ends_at=at + dt.timedelta(hours=1), **fields
    )
    kinds = {"User": "user", "Person": "person", "Contact": "person", "Deal": "deal"}
    for one in attendees:
        Attendance.objects.create(account=account, meeting=meeting, **{kinds[type(one).__name__]: one})
    return meeting


def lines(response):
    return [line for day in response.context["page"].days for line in day.events]


def walked(scope, kind=""):
    """Return all rows of the page of a scope, going on from each page to the next."""
    found, older = [], ""
    while True:
        words = QueryDict(mutable=True)
        words.update({"kind": kind, "older": older})
        page = DeedsPage(SimpleNamespace(GET=words, path=URL, htmx=False), scope)
        found += page.page.rows
        older = page.page.next
        if not older:
            assert page.count_text == str(len(found))
            return found


TOLD = st.fixed_dictionaries(
    {
        "verb": st.sampled_from([*DEED_OF, "changed", "email_received"]),
        "at": figures.MOMENTS,
        "who": st.integers(0, 3),
        "shown": st.sampled_from([True, True, True, False]),
        "echo": figures.SELDOM,
    }
)
HELD = st.fixed_dictionaries(
    {
        "at": figures.MOMENTS,
        "who": st.sets(st.integers(0, 2)),
        "left": figures.SELDOM,
        "cancelled": figures.SELDOM,
        "deleted": figures.SELDOM,
    }
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(TOLD, max_size=14),
    st.lists(HELD, max_size=5),
    st.sampled_from(figures.ZONES),
    st.sampled_from(figures.PERIODS),
)
def test_each_number_of_the_table_lists_exactly_what_a_plain_loop_finds(
    few, clock, account, admin, agent, stranger, contact, told, held, zone, period
):
    Event.objects.all().delete()
    Meeting.with_trash.all().delete()
    account.time_zone = zone
    admin.account = account
    foreign = ContactFactory(account=stranger.account, assigned_to=stranger)
    cast, wanted = [admin, agent, stranger, None], {}
    days = [figures.day(text) for text in period]

    def within(at):
        return days[0] <= at.astimezone(ZoneInfo(zone)).date() <= days[1]

    for row in told:
        actor, at = cast[row["who"]], figures.moment(zone, row["at"])
        person = foreign if actor == stranger else contact
        event = Event.objects.create(
            account=person.account, person=person, verb=row["verb"], actor=actor, at=at, shown=row["shown"],
            echo=row["echo"],
        )  # fmt: skip
        if actor in (admin, agent) and row["verb"] in DEED_OF and row["shown"] and not row["echo"] and within(at):
            wanted.setdefault((actor, DEED_OF[row["verb"]].key), []).append(event)
    for row in held:
        at = figures.moment(zone, row["at"])
        off = {"cancelled_at": NOW if row["cancelled"] else None, "deleted_at": NOW if row["deleted"] else None}
        for who in map(cast.__getitem__, row["who"]):
            meeting = meet(who.account, at, who, **off)
            Attendance.with_left.filter(meeting=meeting).update(left_at=NOW if row["left"] else None)
            if who != stranger and not (row["left"] or row["cancelled"] or row["deleted"]) and within(at):
                wanted.setdefault((who, "meeting"), []).append(meeting.attendances.get())

    everybody = figures.scope(admin, None, *period)
    card = activity.load(everybody)
    for row in card.rows:
        for deed, cell in zip(DEEDS, row.cells, strict=True):
            found = walked(figures.scope(admin, row.agent, *period), deed.key)
            assert len(found) == cell.count == len(wanted.get((row.agent, deed.key), []))
            assert set(found) == set(wanted.get((row.agent, deed.key), []))
            assert bool(cell.url) == bool(cell.count)
    for deed, cell in zip(DEEDS, card.totals, strict=True):
        assert len(walked(everybody, deed.key)) == cell.count
    found = walked(everybody)
    assert len(found) == len(set(found)) == sum(map(len, wanted.values()))
    moments = [row.at if isinstance(row, Event) else row.meeting.starts_at for row in found]
    assert moments == sorted(moments, reverse=True)


@pytest.mark.parametrize("who", ["admin", "agent"])
def test_each_number_on_the_page_is_the_one_that_its_link_tells(request, who, account, admin, agent, contact, clock):
    left = UserFactory(account=account, is_active=False)
    for number, by in enumerate([admin, agent, agent, left]):
        for verb in ("noted", "called", "whatsapp_sent", "task_done"):
            said(contact, verb, NOW - dt.timedelta(days=number), by)
    meet(account, NOW, admin, agent, contact)
    browser = request.getfixturevalue(f"as_{who}")
    numbers = [(url, text) for url, text in figures.links_of(browser, HOME, "activity") if text != "All of it"]

    assert len(numbers) == (19 if who == "admin" else 5)
    for url, text in numbers:
        assert figures.told_at(browser, url) == int(text) == len(lines(browser.get(url)))


@pytest.mark.parametrize("word", ["", "me", "admin", "x"])
def test_an_agent_sees_their_own_whatever_the_address_says(as_agent, admin, agent, contact, clock, word):
    said(contact, "noted", NOW, admin)
    said(contact, "called", NOW, agent)
    response = as_agent.get(URL, {"agent": admin.pk if word == "admin" else word})

    assert [line.icon for line in lines(response)] == ["phone-outgoing"]
    assert figures.told_at(as_agent, f"{URL}?agent={admin.pk}") == 1
    assert admin.get_full_name() not in response.content.decode()


def test_an_admin_sees_everybody_or_one_who_may_have_left(as_admin, account, admin, agent, contact, clock):
    left = UserFactory(account=account, is_active=False, first_name="Noa", last_name="Gil")
    for by in (admin, agent, left):
        said(contact, "noted", NOW, by)

    assert len(lines(as_admin.get(URL))) == 3
    response = as_admin.get(URL, {"agent": left.pk})
    assert "Noa Gil" in lines(response)[0].sentence
    assert "Noa Gil, no longer active" in response.content.decode()


def test_nothing_of_another_office_is_listed(as_admin, as_stranger, admin, stranger, contact, clock):
    said(contact, "noted", NOW, admin)
    meet(admin.account, NOW, admin, contact)
    theirs = ContactFactory(account=stranger.account, assigned_to=stranger, first_name="Xenophon")
    for _number in range(3):
        said(theirs, "noted", NOW, stranger)
    meet(stranger.account, NOW, stranger, theirs)

    assert (figures.told_at(as_admin, URL), figures.told_at(as_stranger, URL)) == (2, 4)
    assert "Xenophon" not in as_admin.get(URL).content.decode()
    assert as_admin.get(URL, {"agent": stranger.pk}).context["form"].errors


def test_a_deed_that_is_deleted_leaves_the_list_and_its_number(as_agent, agent, contact, clock):
    note = write_note(contact, "Wants a **garden**.", by=agent)
    assert lines(as_agent.get(URL))[0].gist == "Wants a garden."
    note.trash(by=agent)

    assert lines(as_agent.get(URL)) == []
    assert figures.told_at(as_agent, URL) == 0


class TestWhere:
    """A deed leads to the record and to the tab on which it stands."""

    def record_of(self, browser, kind=""):
        return lines(browser.get(URL, {"kind": kind}))[0].record

    @pytest.mark.parametrize(
        ("verb", "tab"),
        [("noted", "notes"), ("called", "calls"), ("call_logged", "calls"), ("emailed", "emails"),
         ("whatsapp_sent", "whatsapp"), ("sms_sent", "sms"), ("task_done", "tasks")],
    )  # fmt: skip
    @pytest.mark.parametrize("section", ["contacts", "leads"])
    def test_of_a_person(self, as_agent, account, agent, clock, verb, tab, section):
        factory = ContactFactory if section == "contacts" else LeadFactory
        person = factory(account=account, assigned_to=agent, first_name="Iria", last_name="Sanz")
        said(person, verb, NOW, agent)
        found = self.record_of(as_agent)

        assert (found.name, found.url) == ("Iria Sanz", reverse(f"{section}:{tab}", args=[person.pk]))
        assert as_agent.get(found.url).status_code == 200

    def test_of_a_company_and_of_a_deal(self, as_agent, account, agent, clock):
        company, deal = RelationFactory(account=account), DealFactory(account=account, assigned_to=agent)
        record("noted", by=agent, relation=company, at=NOW)
        record("emailed", by=agent, deal=deal, at=NOW)

        assert self.record_of(as_agent, "note").url == reverse("relations:notes", args=[company.pk])
        assert self.record_of(as_agent, "email").url == reverse("deals:emails", args=[deal.pk])

    def test_where_there_is_no_such_tab_the_record_itself(self, as_agent, account, agent, clock):
        deal = DealFactory(account=account, assigned_to=agent)
        record("called", by=agent, deal=deal, at=NOW)
        assert self.record_of(as_agent).url == deal.get_absolute_url()

    def test_in_the_trash_the_page_that_restores_it(self, as_agent, agent, contact, clock):
        said(contact, "noted", NOW, agent)
        contact.trash(by=agent)

        assert self.record_of(as_agent).url == contact.get_absolute_url()
        assert as_agent.get(contact.get_absolute_url()).status_code == 200
        assert "in the trash" in as_agent.get(URL).content.decode()

    def test_of_a_meeting_with_somebody_with_a_deal_or_with_nobody(self, as_agent, account, agent, contact, clock):
        deal = DealFactory(account=account, assigned_to=agent)
        alone = meet(account, NOW - dt.timedelta(hours=4), agent)
        meet(account, NOW - dt.timedelta(hours=3), agent, deal)
        meet(account, NOW - dt.timedelta(minutes=5), agent, contact, place="Our office")
        found = lines(as_agent.get(URL))

        assert [line.record.url for line in found] == [
            reverse("contacts:meetings", args=[contact.pk]),
            reverse("deals:meetings", args=[deal.pk]),
            alone.get_absolute_url(),
        ]
        assert ["attends" in line.sentence for line in found] == [True, False, False]
        assert found[0].gist == "Our office"


def test_a_title_is_words_and_no_markup(as_agent, account, agent, contact, clock):
    meeting = meet(account, NOW, agent, contact)
    Meeting.objects.filter(pk=meeting.pk).update(title="<b>{actor}</b>", place="<i>here</i>")
    text = as_agent.get(URL).content.decode()

    assert "&lt;b&gt;{actor}&lt;/b&gt;" in text
    assert "&lt;i&gt;here" in text


def test_more_is_shown_below_without_the_heading_of_a_day_that_goes_on(as_agent, few, agent, contact, clock):
    for minutes in range(7):
        said(contact, "noted", NOW - dt.timedelta(minutes=minutes), agent)
    first = as_agent.get(URL, {"kind": "note"})
    assert "Show more" in first.content.decode()
    second = as_agent.get(first.context["page"].older_url, headers=HTMX)

    assert "data-continued" in second.content.decode()
    assert "<h1>" not in second.content.decode()
    assert "To the newest" in as_agent.get(first.context["page"].older_url).content.decode()
    assert len(lines(as_agent.get(second.context["page"].older_url))) == 1


def test_a_kind_keeps_days_and_colleague_and_they_keep_the_kind(as_admin, agent, contact, clock):
    said(contact, "noted", NOW, agent)
    words = {"period": "month", "agent": agent.pk, "kind": "note"}
    response = as_admin.get(URL, words)

    calls = next(kind for kind in response.context["page"].kinds if str(kind.label) == "Calls")
    assert calls.url == f"{URL}?period=month&agent={agent.pk}&kind=call"
    assert '<input type="hidden" name="kind" value="note">' in response.content.decode()
    assert response.context["page"].dashboard_url == f"{HOME}?period=month&agent={agent.pk}"


def test_an_unknown_kind_is_everything(as_agent, agent, contact, clock):
    said(contact, "noted", NOW, agent)
    assert len(lines(as_agent.get(URL, {"kind": "dance"}))) == 1


def test_from_what_somebody_who_left_did_one_goes_back_to_the_figures_of_the_office(as_admin, account, clock):
    left = UserFactory(account=account, is_active=False)
    page = as_admin.get(URL, {"agent": left.pk, "period": "month"}).context["page"]
    assert page.dashboard_url == f"{HOME}?period=month"


def test_where_nothing_was_done_the_page_says_so(as_agent, contact, clock):
    response = as_agent.get(URL, {"kind": "call"})

    assert "Nothing was done in these days" in response.content.decode()
    assert "From 1 Dec 2025 to 19 Nov 2026" in response.content.decode()


def test_it_asks_as_many_questions_of_many_deeds(as_admin, account, admin, clock):
    def deeds(times):
        for _number in range(times):
            person = ContactFactory(account=account, assigned_to=admin)
            company, deal = RelationFactory(account=account), DealFactory(account=account, assigned_to=admin)
            write_note(person, "A note.", by=admin)
            write_note(company, "A note.", by=UserFactory(account=account))
            write(person, subject="The plans", body="As promised.", by=admin)
            record("task_done", by=admin, deal=deal, at=NOW, title="Call")
            meet(account, NOW, admin, person)
            meet(account, NOW, admin, deal)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert as_admin.get(URL).status_code == 200
        return len(queries)

    deeds(1)
    asked()  # what is prepared or remembered from now on
    before = asked()
    deeds(6)

    assert asked() == before
