"""The figures of leads on the dashboard, against plain loops over the rows, and the lists that they lead to."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contacts.dashboard import cards
from contacts.dashboard.telling import period_before
from contacts.models import Kind, Person
from leads.dashboard.counting import conversions
from leads.dashboard.funnel import way
from leads.dashboard.head import conversion, new_leads
from leads.dashboard.month_by_month import by_month
from leads.dashboard.newcomers import waiting
from leads.dashboard.origins import sources
from leads.models import Lead, Portal, Source, Status
from tests.dashboard.figures import (  # noqa: F401  (fixtures)
    MOMENTS,
    NOW,
    PERIODS,
    SELDOM,
    ZONES,
    heading_at,
    moment,
    offices,
    scope,
    standing_still,
    told_at,
)
from tests.factories import ContactFactory, LeadFactory, UserFactory

ORIGINS = [("website", ""), ("referral", ""), ("portals", "idealista"), ("portals", "kyero"), ("portals", "other")]
ROWS = st.fixed_dictionaries(
    {
        "made": MOMENTS,
        "status": st.sampled_from(Status.values),
        "origin": st.sampled_from(ORIGINS),
        "converted": MOMENTS,
        "mine": st.booleans(),
        "gone": SELDOM,
        "foreign": SELDOM,
    }
)
pytestmark = pytest.mark.usefixtures("standing_still")


def put_down(account, agent, status="new", made=NOW, converted=None, gone=False, **lead):
    """Store a lead, or a contact who was one, as the commands would have left them."""
    known = {f"lead__{name}": value for name, value in lead.items()}
    if status == Status.CONVERTED:
        known |= {"kind": Kind.CONTACT, "role": "buyer", "lead__converted_at": converted or made}
    trashed = {"deleted_at": NOW} if gone else {}
    return LeadFactory(
        account=account, assigned_to=agent, created_at=made, lead__status=status, lead__status_since=made, **known,
        **trashed, lead__reason="Gone" if status in ("unqualified", "lost") else "",
    )  # fmt: skip


def stored(rows, zone, office, elsewhere):
    """Store what hypothesis thought up, and return what counts for the office."""
    Person.with_trash.all().delete()
    counted = []
    for row in rows:
        made, converted = moment(zone, row["made"]), moment(zone, row["converted"])
        users = elsewhere if row["foreign"] else office
        agent = users[0] if row["mine"] else users[1]
        source, portal = row["origin"]
        put_down(
            agent.account, agent, row["status"], made, converted, row["gone"], source=source, portal=portal
        )  # fmt: skip
        if not row["gone"] and not row["foreign"]:
            counted.append({**row, "made": made, "converted": converted, "agent": agent})
    return counted


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ROWS, max_size=12), st.sampled_from(ZONES), st.sampled_from(PERIODS), st.booleans())
def test_every_figure_is_what_a_plain_loop_finds(offices, account, admin, agent, rows, zone, period, narrowed):  # noqa: F811
    account.time_zone = zone
    account.save()
    admin.account = account
    counted = [row for row in stored(rows, zone, *offices) if not narrowed or row["agent"] == agent]
    one = scope(admin, agent if narrowed else None, *period)

    def local(at):
        return at.astimezone(ZoneInfo(zone)).date()

    within = [row for row in counted if one.first <= local(row["made"]) <= one.last]
    stat, before = new_leads(one), period_before(one)
    assert stat.text == str(len(within))
    change = len(within) - sum(before.first <= local(row["made"]) <= before.last for row in counted)
    assert stat.tone == ("good" if change > 0 else "bad" if change < 0 else "")
    assert stat.note.startswith("As many" if not change else f"{abs(change)} ")
    won = [row for row in within if row["status"] == "converted"]
    rate = conversion(one).text
    assert rate == (f"{round(100 * len(won) / len(within), 1):.1f}%" if within else "–")
    before, by_then = one.year_before, dt.date(one.today.year - 1, one.today.month, one.today.day)
    was = [row for row in counted if before.first <= local(row["made"]) <= before.last]
    then = [row for row in was if row["status"] == "converted" and local(row["converted"]) <= by_then]
    if within and was:
        change = round(100 * len(won) / len(within) - 100 * len(then) / len(was), 1)
        assert conversion(one).tone == ("good" if change > 0 else "bad" if change < 0 else "")

    months = [[figure.size for figure in line.figures] for line in by_month(one).lines]
    expected = []
    for month in one.months:
        made = [row for row in counted if local(row["made"]).replace(day=1) == month]
        turned = [row for row in counted if row["status"] == "converted"]
        expected.append(
            [
                len(made),
                sum(local(row["converted"]).replace(day=1) == month for row in turned),
                sum(row["status"] == "converted" for row in made),
            ]
        )
    assert months == expected

    ways = [["contacted", "qualified", "converted"], ["qualified", "converted"], ["converted"]]
    reached = [sum(row["status"] in way for row in within) for way in ways]
    assert [line.figures[0].size for line in way(one).lines] == [len(within), *reached]

    origins = {}
    for row in within:
        source, portal = row["origin"]
        name = "Other portals" if portal == "other" else str(Portal(portal).label if portal else Source(source).label)
        found = origins.setdefault(name, [0, 0])
        found[0] += 1
        found[1] += row["status"] == "converted"
    chart = sources(one)
    assert {line.label: [figure.size for figure in line.figures[:2]] for line in chart.lines} == origins
    assert [line.figures[0].size for line in chart.lines] == sorted((n for n, _won in origins.values()), reverse=True)


def converted_at(browser, url):
    """Return how many of the leads at an address its heading calls converted."""
    found = re.search(r"· (\d+) converted", heading_at(browser, url))
    return int(found[1]) if found else 0


@pytest.fixture
def busy(account, admin, agent):
    """An office with leads of every status and source, at the edges of days and months."""
    put_down(account, agent, gone=True)
    put_down(UserFactory().account, None)
    for number, status in enumerate([*Status.values, *Status.values]):
        for place, text in enumerate(["2025-11-30", "2025-12-01", "2026-03-29", "2026-11-01", "2026-11-19"]):
            made = moment("Europe/Madrid", (text, [-1, 0, 1][(number + place) % 3]))
            source, portal = ORIGINS[(number + place) % len(ORIGINS)]
            turned = moment("Europe/Madrid", ("2026-04-01", -1 if number % 2 else 0))
            put_down(account, [agent, admin][place % 2], status, made, turned, source=source, portal=portal)


@pytest.mark.parametrize("narrowed", [False, True])
def test_each_number_is_the_one_that_the_page_behind_it_tells(as_admin, admin, agent, busy, narrowed):
    one = scope(admin, agent if narrowed else None)
    counts = [figure for line in way(one).lines for figure in line.figures]
    counts += [figure for chart in (by_month(one), sources(one)) for line in chart.lines for figure in line.figures[:2]]
    linked = [figure for figure in counts if figure.url]
    assert len(linked) > 15
    for figure in linked:
        assert told_at(as_admin, figure.url) == figure.size, figure
    assert not [figure for figure in counts if figure.size and not figure.url]
    assert told_at(as_admin, new_leads(one).url) == int(new_leads(one).text)
    assert told_at(as_admin, way(one).more_url) == int(way(one).more.split()[0])
    assert told_at(as_admin, waiting(one).url) == waiting(one).count


@pytest.mark.parametrize("narrowed", [False, True])
def test_each_rate_leads_to_the_page_that_tells_both_numbers_it_is_reckoned_from(
    as_admin, admin, agent, busy, narrowed
):
    one = scope(admin, agent if narrowed else None)
    rates = [(line.figures[0].size, line.figures[2]) for chart in (by_month(one), sources(one)) for line in chart.lines]
    assert len([rate for all_, rate in rates if all_]) > 6
    for all_, rate in rates:
        assert bool(rate.url) == bool(all_)
        if rate.url:
            assert told_at(as_admin, rate.url) == all_
            assert rate.text == f"{round(100 * converted_at(as_admin, rate.url) / all_)}%"
    url = conversion(one).url
    assert conversion(one).text == f"{100 * converted_at(as_admin, url) / told_at(as_admin, url):.1f}%"


def test_a_note_leads_to_the_leads_that_it_compares_with(as_admin, account, admin):
    for text in ("2026-11-01", "2026-10-01", "2026-10-19", "2026-10-20", "2025-11-02"):
        put_down(account, admin, made=moment("Europe/Madrid", (text, 0)))
    one = scope(admin, first="2026-11-01", length=1)
    assert new_leads(one).note == "1 fewer than from 1 Oct to 19 Oct"
    assert told_at(as_admin, new_leads(one).note_url) == 2
    assert conversion(one).note_url == ""  # who had been converted by then is on no list


def test_the_two_ways_to_count_conversions_are_told_apart(admin):
    heads = by_month(scope(admin)).series
    assert heads == ["New leads", "Converted in the month", "Of the new leads, converted by now"]


def test_a_figure_of_nothing_leads_nowhere(admin):
    one = scope(admin)
    for chart in (by_month(one), way(one), sources(one)):
        assert chart.is_empty
        assert not chart.more_url
        assert not [figure for line in chart.lines for figure in line.figures if figure.url]
    assert conversion(one).text == "–"


def test_new_leads_are_compared_with_the_same_days_of_the_month_before(account, admin):
    for text in ("2026-11-01", "2026-10-01", "2026-10-19", "2026-10-20"):
        put_down(account, admin, made=moment("Europe/Madrid", (text, 0)))
    stat = new_leads(scope(admin, first="2026-11-01", length=1))
    assert (stat.label, stat.text, stat.tone) == ("New leads, November", "1", "bad")
    assert stat.note == "1 fewer than from 1 Oct to 19 Oct"
    whole = new_leads(scope(admin, first="2026-10-01", last="2026-10-31"))
    assert (whole.text, whole.note, whole.icon) == ("3", "3 more than in September", "arrow-up")


def test_the_rate_is_compared_with_what_the_year_before_had_come_to_by_then(account, admin):
    for made, turned in (("2025-03-01", "2025-06-01"), ("2025-03-01", "2026-06-01"), ("2026-03-01", "2026-06-01")):
        put_down(account, admin, "converted", moment("Europe/Madrid", (made, 0)), moment("Europe/Madrid", (turned, 0)))
    stat = conversion(scope(admin, first="2026-01-01"))
    assert (stat.text, stat.note, stat.tone) == ("100.0%", "50.0 points more than a year before", "good")


def test_a_lead_that_was_merged_into_a_contact_counts_nowhere_and_is_on_no_list(as_admin, account, admin):
    put_down(account, admin)
    merged = put_down(account, admin)
    Person.objects.filter(pk=merged.pk).update(kind=Kind.CONTACT, role="buyer")
    one = scope(admin)
    assert new_leads(one).text == "1"
    assert told_at(as_admin, new_leads(one).url) == 1


def test_seven_sources_are_drawn_and_all_are_in_the_table(as_admin, account, admin):
    for source in Source.values[:9]:
        put_down(account, admin, source=source, portal="kyero" if source == "portals" else "")
    chart = sources(scope(admin))
    assert len(chart.lines) == 9
    assert len(chart.richest.lines) == 7
    body = as_admin.get(reverse("home")).content.decode()
    assert "Show all 9 as a table" in body


class TestWaiting:
    def test_the_oldest_come_first_and_eight_of_them_are_shown(self, account, admin):
        for days in range(10):
            put_down(account, admin, made=NOW - dt.timedelta(days=days))
        card = waiting(scope(admin))
        assert (card.count, card.hidden, len(card.people)) == (10, 2, 8)
        assert card.people[0].since == NOW - dt.timedelta(days=9)

    def test_an_agent_sees_their_own_and_an_admin_those_of_the_filter(self, account, admin, agent):
        hers, his = put_down(account, admin), put_down(account, agent)

        def shown(one):
            return {newcomer.person for newcomer in waiting(one).people}

        assert shown(scope(agent, agent)) == {his}
        assert shown(scope(admin)) == {hers, his}
        assert shown(scope(admin, admin)) == {hers}

    def test_nobody_else_is_in_it(self, account, admin, agent, stranger):
        put_down(stranger.account, stranger)
        put_down(account, admin, "contacted")
        put_down(account, admin, gone=True)
        ContactFactory(account=account, assigned_to=admin)
        assert waiting(scope(admin)).people == []

    def test_the_page_says_who_and_since_when(self, as_agent, account, agent):
        put_down(account, agent, made=NOW - dt.timedelta(days=3), source="portals", portal="idealista")
        body = as_agent.get(reverse("home")).content.decode()
        assert "Idealista · Villa" in body
        assert ">3 days ago</time>" in body


def test_the_figures_take_the_same_number_of_queries_however_many_leads_there_are(account, admin, busy):
    def asked():
        one = scope(admin)
        with CaptureQueriesContext(connection) as seen:
            for load in (new_leads, conversion, by_month, way):
                load(one)
            sources(one)
            waiting(one)
        return len(seen)

    before = asked()
    for _number in range(10):
        put_down(account, admin)
    assert asked() == before == 6


def test_the_cards_are_on_the_page():
    names = [card.name for card in cards.cards()]
    assert {"leads-waiting", "leads-months", "leads-way", "leads-sources"} <= set(names)


class TestFilters:
    @pytest.mark.parametrize(
        ("query", "count"),
        [
            ({"created_from": "2026-11-02"}, 1),
            ({"created_from": "2026-11-01"}, 2),
            ({"created_to": "2026-10-31"}, 1),
            ({"created_from": "2026-11-01", "created_to": "2026-11-01"}, 1),
            ({"reached": "contacted"}, 2),
            ({"reached": "qualified"}, 1),
            ({"created_from": "2026-13-40"}, 3),
            ({"created_from": "0001-01-01", "created_to": "9999-12-31"}, 3),
            ({"reached": "lost"}, 3),
        ],
    )
    def test_leads_are_narrowed_by_day_and_by_how_far_they_came(self, as_agent, account, agent, query, count):
        for status, text, minutes in (
            ("new", "2026-11-01", -1),
            ("contacted", "2026-11-01", 0),
            ("qualified", "2026-11-02", 0),
        ):
            put_down(account, agent, status, moment("Europe/Madrid", (text, minutes)))
        assert as_agent.get(reverse("leads:list"), query).context["listing"].matches == count

    def test_contacts_are_narrowed_by_the_day_of_their_conversion(self, as_agent, account, agent):
        for minutes in (-1, 0, 1439, 1440):
            turned = moment("Europe/Madrid", ("2026-10-25", minutes))
            put_down(account, agent, "converted", turned, turned)
        ContactFactory(account=account)
        query = {"converted_from": "2026-10-25", "converted_to": "2026-10-25"}
        # The day on which the clocks go back has 25 hours.
        assert as_agent.get(reverse("contacts:list"), query).context["listing"].matches == 3

    def test_days_become_chips(self, as_agent, account):
        query = {"created_from": "2026-11-01", "reached": "contacted"}
        chips = as_agent.get(reverse("leads:list"), query).context["listing"].chips
        assert [(chip.label, chip.value) for chip in chips] == [
            ("Reached at least", "Contacted"),
            ("Created from", "1 Nov 2026"),
        ]

    @pytest.mark.parametrize(
        ("text", "message"), [("2026-13-40", "Enter a valid date."), ("0001-01-01", "Is the year right?")]
    )
    def test_a_bad_date_gets_a_message(self, as_agent, account, text, message):
        for page, name in (("leads", "created_from"), ("contacts", "converted_to")):
            body = as_agent.get(reverse(f"{page}:filters"), {name: text}).content.decode()
            assert message in body


def test_who_was_reverted_is_a_new_lead_again_and_no_conversion(account, admin):
    person = put_down(account, admin, "converted", moment("Europe/Madrid", ("2026-03-01", 0)), NOW)
    assert sum(conversions(scope(admin)).values()) == 1
    Lead.objects.filter(pk=person.pk).update(status="new", converted_at=None)
    Person.objects.filter(pk=person.pk).update(kind=Kind.LEAD, role="")
    assert sum(conversions(scope(admin)).values()) == 0
    assert new_leads(scope(admin)).text == "1"
