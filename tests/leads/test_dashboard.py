"""The figures of leads on the dashboard, against plain loops over the rows, and the lists that they lead to."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contacts.dashboard import cards
from contacts.dashboard.scope import Scope
from contacts.dashboard.telling import period_before
from contacts.models import Kind, Person
from leads import dashboard
from leads.models import Lead, Portal, Source, Status
from tests.factories import AccountFactory, ContactFactory, LeadFactory, UserFactory

NOW = dt.datetime(2026, 11, 19, 8, 40, tzinfo=dt.UTC)
ZONES = ["Europe/Madrid", "Pacific/Auckland", "America/Los_Angeles"]
# Ends of months, of the period and of the year before it, and the days on which clocks change in one of the zones.
DAYS = [
    "2024-12-01", "2025-11-19", "2025-11-20", "2025-12-01", "2026-03-01", "2026-03-08", "2026-03-29", "2026-04-01",
    "2026-04-05", "2026-09-27", "2026-10-01", "2026-10-25", "2026-11-01", "2026-11-19",
]  # fmt: skip
MOMENTS = st.tuples(st.sampled_from(DAYS), st.sampled_from([-61, -1, 0, 1, 59, 121, 179, 1439]))
ORIGINS = [("website", ""), ("referral", ""), ("portals", "idealista"), ("portals", "kyero"), ("portals", "other")]
ROWS = st.fixed_dictionaries(
    {
        "made": MOMENTS,
        "status": st.sampled_from(Status.values),
        "origin": st.sampled_from(ORIGINS),
        "converted": MOMENTS,
        "mine": st.booleans(),
        "gone": st.sampled_from([False, False, False, True]),
        "foreign": st.sampled_from([False, False, False, True]),
    }
)
PERIODS = [("2025-12-01", "2026-11-19"), ("2026-03-01", "2026-03-31"), ("2026-04-05", "2026-10-25")]


@pytest.fixture(autouse=True)
def _standing_still():
    with time_machine.travel(NOW, tick=False):
        yield


def day(text):
    return dt.date.fromisoformat(text)


def moment(zone, asked):
    """Return the moment so many minutes after a day begins."""
    start = dt.datetime.combine(day(asked[0]), dt.time(), ZoneInfo(zone)).astimezone(dt.UTC)
    return start + dt.timedelta(minutes=asked[1])


def scope(user, agent=None, first="2025-12-01", last="2026-11-19", length=0):
    return Scope(user.account, user, agent, day(first), day(last), NOW, length)


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


@pytest.fixture
def offices(account, admin, agent):
    other = AccountFactory()
    return [agent, admin], [UserFactory(account=other), UserFactory(account=other)]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ROWS, max_size=12), st.sampled_from(ZONES), st.sampled_from(PERIODS), st.booleans())
def test_every_figure_is_what_a_plain_loop_finds(offices, account, admin, agent, rows, zone, period, narrowed):
    account.time_zone = zone
    account.save()
    admin.account = account
    counted = [row for row in stored(rows, zone, *offices) if not narrowed or row["agent"] == agent]
    one = scope(admin, agent if narrowed else None, *period)

    def local(at):
        return at.astimezone(ZoneInfo(zone)).date()

    within = [row for row in counted if one.first <= local(row["made"]) <= one.last]
    stat, before = dashboard.new_leads(one), period_before(one)
    assert stat.text == str(len(within))
    change = len(within) - sum(before.first <= local(row["made"]) <= before.last for row in counted)
    assert stat.tone == ("good" if change > 0 else "bad" if change < 0 else "")
    assert stat.note.startswith("As many" if not change else f"{abs(change)} ")
    won = [row for row in within if row["status"] == "converted"]
    rate = dashboard.conversion(one).text
    assert rate == (f"{round(100 * len(won) / len(within), 1):.1f}%" if within else "–")
    before, by_then = one.year_before, dt.date(one.today.year - 1, one.today.month, one.today.day)
    was = [row for row in counted if before.first <= local(row["made"]) <= before.last]
    then = [row for row in was if row["status"] == "converted" and local(row["converted"]) <= by_then]
    if within and was:
        change = round(100 * len(won) / len(within) - 100 * len(then) / len(was), 1)
        assert dashboard.conversion(one).tone == ("good" if change > 0 else "bad" if change < 0 else "")

    months = [[figure.size for figure in line.figures] for line in dashboard.by_month(one).lines]
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
    assert [line.figures[0].size for line in dashboard.way(one).lines] == [len(within), *reached]

    origins = {}
    for row in within:
        source, portal = row["origin"]
        name = "Other portals" if portal == "other" else str(Portal(portal).label if portal else Source(source).label)
        found = origins.setdefault(name, [0, 0])
        found[0] += 1
        found[1] += row["status"] == "converted"
    chart = dashboard.sources(one)
    assert {line.label: [figure.size for figure in line.figures[:2]] for line in chart.lines} == origins
    assert [line.figures[0].size for line in chart.lines] == sorted((n for n, _won in origins.values()), reverse=True)


def counted_at(browser, url):
    """Return how many records a list or a board shows at an address."""
    answer = browser.get(url)
    assert answer.status_code == 200
    assert not answer.context["listing"].lost
    board = answer.context.get("board")
    return sum(lane.count for lane in board.lanes) if board else answer.context["listing"].matches


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
def test_each_figure_leads_to_the_list_that_it_counts(as_admin, admin, agent, busy, narrowed):
    one = scope(admin, agent if narrowed else None)
    charts = [dashboard.by_month(one), dashboard.way(one), dashboard.sources(one)]
    linked = [figure for chart in charts for line in chart.lines for figure in line.figures if figure.url]
    assert len(linked) > 15
    for figure in linked:
        assert counted_at(as_admin, figure.url) == figure.size, figure
    assert counted_at(as_admin, dashboard.new_leads(one).url) == int(dashboard.new_leads(one).text)
    assert counted_at(as_admin, dashboard.way(one).more_url) == int(dashboard.way(one).more.split()[0])
    assert counted_at(as_admin, dashboard.waiting(one).url) == dashboard.waiting(one).count


def test_a_figure_of_nothing_leads_nowhere(admin):
    one = scope(admin)
    for chart in (dashboard.by_month(one), dashboard.way(one), dashboard.sources(one)):
        assert chart.is_empty
        assert not chart.more_url
        assert not [figure for line in chart.lines for figure in line.figures if figure.url]
    assert dashboard.conversion(one).text == "–"


def test_new_leads_are_compared_with_the_same_days_of_the_month_before(account, admin):
    for text in ("2026-11-01", "2026-10-01", "2026-10-19", "2026-10-20"):
        put_down(account, admin, made=moment("Europe/Madrid", (text, 0)))
    stat = dashboard.new_leads(scope(admin, first="2026-11-01", length=1))
    assert (stat.label, stat.text, stat.tone) == ("New leads, November", "1", "bad")
    assert stat.note == "1 fewer than from 1 Oct to 19 Oct"
    whole = dashboard.new_leads(scope(admin, first="2026-10-01", last="2026-10-31"))
    assert (whole.text, whole.note, whole.icon) == ("3", "3 more than in September", "arrow-up")


def test_the_rate_is_compared_with_what_the_year_before_had_come_to_by_then(account, admin):
    for made, turned in (("2025-03-01", "2025-06-01"), ("2025-03-01", "2026-06-01"), ("2026-03-01", "2026-06-01")):
        put_down(account, admin, "converted", moment("Europe/Madrid", (made, 0)), moment("Europe/Madrid", (turned, 0)))
    stat = dashboard.conversion(scope(admin, first="2026-01-01"))
    assert (stat.text, stat.note, stat.tone) == ("100.0%", "50.0 points more than a year before", "good")


def test_a_lead_that_was_merged_into_a_contact_counts_nowhere_and_is_on_no_list(as_admin, account, admin):
    put_down(account, admin)
    merged = put_down(account, admin)
    Person.objects.filter(pk=merged.pk).update(kind=Kind.CONTACT, role="buyer")
    one = scope(admin)
    assert dashboard.new_leads(one).text == "1"
    assert counted_at(as_admin, dashboard.new_leads(one).url) == 1


def test_seven_sources_are_drawn_and_all_are_in_the_table(as_admin, account, admin):
    for source in Source.values[:9]:
        put_down(account, admin, source=source, portal="kyero" if source == "portals" else "")
    chart = dashboard.sources(scope(admin))
    assert len(chart.lines) == 9
    assert len(chart.richest.lines) == 7
    body = as_admin.get(reverse("home")).content.decode()
    assert "Show all 9 as a table" in body


class TestWaiting:
    def test_the_oldest_come_first_and_eight_of_them_are_shown(self, account, admin):
        for days in range(10):
            put_down(account, admin, made=NOW - dt.timedelta(days=days))
        card = dashboard.waiting(scope(admin))
        assert (card.count, card.hidden, len(card.people)) == (10, 2, 8)
        assert card.people[0].since == NOW - dt.timedelta(days=9)

    def test_an_agent_sees_their_own_and_an_admin_those_of_the_filter(self, account, admin, agent):
        hers, his = put_down(account, admin), put_down(account, agent)

        def shown(one):
            return {newcomer.person for newcomer in dashboard.waiting(one).people}

        assert shown(scope(agent, agent)) == {his}
        assert shown(scope(admin)) == {hers, his}
        assert shown(scope(admin, admin)) == {hers}

    def test_nobody_else_is_in_it(self, account, admin, agent, stranger):
        put_down(stranger.account, stranger)
        put_down(account, admin, "contacted")
        put_down(account, admin, gone=True)
        ContactFactory(account=account, assigned_to=admin)
        assert dashboard.waiting(scope(admin)).people == []

    def test_the_page_says_who_and_since_when(self, as_agent, account, agent):
        put_down(account, agent, made=NOW - dt.timedelta(days=3), source="portals", portal="idealista")
        body = as_agent.get(reverse("home")).content.decode()
        assert "Idealista · Villa" in body
        assert ">3 days ago</time>" in body


def test_the_figures_take_the_same_number_of_queries_however_many_leads_there_are(account, admin, busy):
    def asked():
        one = scope(admin)
        with CaptureQueriesContext(connection) as seen:
            for load in (dashboard.new_leads, dashboard.conversion, dashboard.by_month, dashboard.way):
                load(one)
            dashboard.sources(one)
            dashboard.waiting(one)
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
    assert sum(dashboard.conversions(scope(admin)).values()) == 1
    Lead.objects.filter(pk=person.pk).update(status="new", converted_at=None)
    Person.objects.filter(pk=person.pk).update(kind=Kind.LEAD, role="")
    assert sum(dashboard.conversions(scope(admin)).values()) == 0
    assert dashboard.new_leads(scope(admin)).text == "1"
