"""The figures of deals on the dashboard, against plain loops over the rows, and the lists that they lead to."""

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contacts.dashboard import cards
from deals.dashboard import closing, cold, funnel, head, month_by_month
from deals.models import Deal, DealType, Pipeline, Stage
from deals.models.choices import CHANCES, CLOSED, pipeline_of, stages_of, way_of
from tesoro.money import brief
from tests.dashboard.figures import (  # noqa: F401  (fixtures)
    MOMENTS,
    NOW,
    PERIODS,
    SELDOM,
    ZONES,
    day,
    moment,
    offices,
    scope,
    standing_still,
    told_at,
)
from tests.factories import ContactFactory, DealFactory, PartyFactory, UserFactory

ROWS = st.fixed_dictionaries(
    {
        "type": st.sampled_from(DealType.values),
        "place": st.integers(0, 8),
        "value": st.one_of(st.none(), st.integers(0, 900_000)),
        "closed": MOMENTS,
        "closes": st.sampled_from([None, -30, -1, 0, 1, 13, 14, 15, 60]),
        "silent": st.sampled_from([0, 13, 14, 15, 100]),
        "mine": st.booleans(),
        "gone": SELDOM,
        "foreign": SELDOM,
    }
)
pytestmark = pytest.mark.usefixtures("standing_still")


def strike(account, agent, stage=Stage.OFFER, kind=DealType.BUY, **known):
    """Store a deal as the commands would have left it."""
    known = {"closed_at": NOW if stage in CLOSED else None, "last_activity_at": NOW, **known}
    return DealFactory(account=account, assigned_to=agent, type=kind, stage=stage, **known)


def stored(rows, zone, office, elsewhere):
    """Store what hypothesis thought up, and return what counts for the office."""
    Deal.with_trash.all().delete()
    counted, today = [], NOW.astimezone(ZoneInfo(zone)).date()
    for row in rows:
        agent = (elsewhere if row["foreign"] else office)[0 if row["mine"] else 1]
        stages = stages_of(pipeline_of(row["type"]))
        stage = stages[row["place"] % len(stages)]
        deal = strike(
            agent.account,
            agent,
            stage,
            row["type"],
            value=row["value"],
            closed_at=moment(zone, row["closed"]) if stage in CLOSED else None,
            closing_on=None if row["closes"] is None else today + dt.timedelta(days=row["closes"]),
            last_activity_at=NOW - dt.timedelta(days=row["silent"], seconds=1),
            deleted_at=NOW if row["gone"] else None,
        )
        if not row["gone"] and not row["foreign"]:
            counted.append(deal)
    return counted


def worth(deals):
    return sum((Decimal(deal.value or 0) for deal in deals), Decimal(0))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ROWS, max_size=12), st.sampled_from(ZONES), st.sampled_from(PERIODS), st.booleans())
def test_every_figure_is_what_a_plain_loop_finds(offices, account, admin, agent, rows, zone, period, narrowed):  # noqa: F811
    account.time_zone = zone
    account.save()
    admin.account = account
    deals = [deal for deal in stored(rows, zone, *offices) if not narrowed or deal.assigned_to == agent]
    one = scope(admin, agent if narrowed else None, *period)

    open_now = [deal for deal in deals if not deal.is_closed]
    late = [deal for deal in open_now if deal.closing_on and deal.closing_on < one.today]
    stat = head.open_deals(one)
    assert stat.text == brief(worth(open_now), "EUR")
    assert stat.note.startswith(f"{len(open_now)} deal")
    assert stat.more.split(" past")[0] == (str(len(late)) if late else "")

    for pipeline in Pipeline:
        chart, lines = funnel.funnel(one, pipeline), []
        for stage in way_of(pipeline):
            there = [deal for deal in open_now if deal.pipeline == pipeline and deal.stage == stage]
            lines.append([len(there), worth(there), worth(there) * CHANCES[pipeline][stage] / 100])
        assert [[figure.size for figure in line.figures] for line in chart.lines] == lines

    def local(at):
        return at.astimezone(ZoneInfo(zone)).date()

    won = [deal for deal in deals if deal.is_won]
    before = one.year_before
    within = [deal for deal in won if one.first <= local(deal.closed_at) <= one.last]
    earlier = [deal for deal in won if before.first <= local(deal.closed_at) <= before.last]
    stat = head.won(one)
    assert stat.text == brief(worth(within), "EUR")
    change = len(within) - len(earlier)
    assert stat.tone == ("good" if change > 0 else "bad" if change < 0 else "")
    assert str(abs(change)) in stat.note or not change

    months = []
    for month in one.months:
        pair = [month.replace(year=month.year - 1), month]
        months.append([worth(deal for deal in won if local(deal.closed_at).replace(day=1) == one) for one in pair])
    drawn = month_by_month.won_by_month(one)
    assert [[figure.size for figure in line.figures] for line in drawn.lines] == months

    soon = one.today + dt.timedelta(days=14)
    due = [deal for deal in open_now if deal.closing_on and deal.closing_on <= soon]
    due.sort(key=lambda deal: (deal.closing_on, deal.pk))
    card = closing.closing(one)
    assert [row.deal for row in card.rows] == due[:8]
    assert card.count == len(due)
    assert [row.late for row in card.rows] == [deal in late for deal in due[:8]]

    quiet = [deal for deal in open_now if deal.is_cold(account)]
    card = cold.cold(one)
    assert (card.count if card else 0) == len(quiet)
    quiet.sort(key=lambda deal: (deal.last_activity_at, deal.pk))
    assert [row.deal for row in card.rows] == quiet[:5] if card else not quiet


@pytest.fixture
def busy(account, admin, agent):
    """An office with deals of every stage, closed at the edges of months, due and silent for all sorts of times."""
    strike(account, admin, deleted_at=NOW)
    strike(UserFactory().account, None)
    for number in range(3):
        for kind in DealType:
            for place, stage in enumerate(stages_of(pipeline_of(kind))):
                text = ["2026-11-01", "2025-11-01", "2026-03-29"][number]
                closed = moment("Europe/Madrid", (text, [-1, 0, 1][(number + place) % 3]))
                strike(
                    account,
                    [agent, admin][(number + place) % 2],
                    stage,
                    kind,
                    value=100_000 + place,
                    closed_at=closed if stage in CLOSED else None,
                    closing_on=day("2026-11-19") + dt.timedelta(days=[-1, 0, 14, 15][(number + place) % 4]),
                    last_activity_at=NOW - dt.timedelta(days=[13, 14, 15][place % 3], seconds=1),
                )


@pytest.mark.parametrize("narrowed", [False, True])
def test_each_figure_leads_to_the_list_that_it_counts(as_admin, admin, agent, busy, narrowed):
    one = scope(admin, agent if narrowed else None)
    for pipeline in Pipeline:
        for line in funnel.funnel(one, pipeline).lines:
            for figure in line.figures:
                assert told_at(as_admin, figure.url) == line.figures[0].size
    found = 0
    for line in month_by_month.won_by_month(one).lines:
        for figure in line.figures:
            if figure.url:
                rows = as_admin.get(figure.url).context["listing"].records
                assert worth(rows) == figure.size
                found += 1
    assert found >= 3
    stat = head.open_deals(one)
    assert stat.note == f"{told_at(as_admin, stat.url)} deals"
    assert stat.note_url == stat.url
    assert stat.more == f"{told_at(as_admin, stat.more_url)} past their date"
    assert brief(worth(as_admin.get(stat.url).context["listing"].records), "EUR") == stat.text
    stat = head.won(one)
    assert brief(worth(as_admin.get(stat.url).context["listing"].records), "EUR") == stat.text
    for card in (closing.closing(one), cold.cold(one)):
        assert told_at(as_admin, card.url) == card.count > 0


def test_an_office_without_deals_has_charts_that_say_so(admin):
    one = scope(admin)
    for chart in (*(funnel.funnel(one, pipeline) for pipeline in Pipeline), month_by_month.won_by_month(one)):
        assert chart.is_empty
        assert not [figure for line in chart.lines for figure in line.figures if figure.url]
    assert (head.open_deals(one).text, head.open_deals(one).note) == ("€0", "0 deals")
    assert closing.closing(one).rows == []
    assert cold.cold(one) is None


@pytest.mark.parametrize(("text", "told"), [("2026-11-01", 1), ("2025-11-01", 1), ("2023-11-01", 0)])
def test_deals_that_were_won_without_a_value_are_told(account, admin, text, told):
    strike(account, admin, Stage.WON, value=None, closed_at=moment("Europe/Madrid", (text, 1)))
    chart = month_by_month.won_by_month(scope(admin))
    assert chart.is_empty
    assert chart.empty.startswith("1 deal was won" if told else "No deal was won")


def test_a_deal_in_both_years_that_a_long_period_shows_is_told_once(account, admin):
    strike(account, admin, Stage.WON, value=None, closed_at=moment("Europe/Madrid", ("2025-11-01", 1)))
    assert month_by_month.won_by_month(scope(admin, first="2024-12-01", length=24)).empty.startswith("1 deal was won")


def test_the_card_of_what_is_due_says_that_it_holds_what_is_overdue(as_admin, account, admin):
    strike(account, admin, closing_on=day("2026-11-18"))
    assert "Overdue or closing in two weeks" in as_admin.get(reverse("home")).content.decode()


def test_what_is_past_its_date_is_told(account, admin):
    strike(account, admin, value=400_000, closing_on=day("2026-11-18"))
    strike(account, admin, value=500_000, closing_on=day("2026-11-19"))
    stat = head.open_deals(scope(admin))
    assert (stat.text, stat.note, stat.more) == ("€900k", "2 deals", "1 past its date")


def test_the_funnels_tell_what_is_likely_to_come(account, admin):
    strike(account, admin, Stage.OFFER, value=500_000)
    strike(account, admin, Stage.RESERVATION, value=100_000)
    chart = funnel.funnel(scope(admin), Pipeline.BUYER)
    assert chart.more == "€270k weighted"
    offer = next(line for line in chart.lines if line.label == "Offer")
    assert [figure.text for figure in offer.figures] == ["1", "€500,000", "€200,000"]
    assert offer.note == "€500k"


def test_this_year_is_compared_with_the_same_days_of_the_last(as_admin, account, admin):
    for text in ("2026-01-01", "2026-11-19", "2025-11-19", "2025-11-20"):
        strike(account, admin, Stage.WON, value=100_000, closed_at=moment("Europe/Madrid", (text, 0)))
    stat = head.won(scope(admin, first="2026-01-01", length=12))
    assert (stat.label, stat.text) == ("Won, 2026", "€200k")
    assert (stat.note, stat.icon) == ("1 deal more than a year before", "arrow-up")
    assert told_at(as_admin, stat.note_url) == 1


def test_the_cards_name_deal_client_stage_value_and_date(as_admin, account, admin):
    deal = strike(account, admin, name="Villa Sol", value=820_000, closing_on=day("2026-12-03"))
    late = strike(account, admin, name="Finca", closing_on=day("2026-11-18"))
    PartyFactory(deal=deal, person=ContactFactory(account=account, first_name="Begoña"))
    PartyFactory(deal=deal, person=ContactFactory(account=account, first_name="Ned"), role="notary")
    card = closing.closing(scope(admin))
    assert [(row.deal, row.late, row.day) for row in card.rows] == [(late, True, "18 Nov"), (deal, False, "3 Dec")]
    assert (card.rows[1].clients, card.rows[1].value) == ("Begoña Dourado López", "€820,000")
    body = as_admin.get(reverse("home")).content.decode()
    assert "Past its closing date" in body
    assert "€820,000" in body
    assert "Going cold" not in body


def test_the_threshold_of_the_account_says_what_is_cold(account, admin):
    strike(account, admin, last_activity_at=NOW - dt.timedelta(days=8))
    assert cold.cold(scope(admin)) is None
    account.cold_after_days = 7
    admin.account = account
    assert cold.cold(scope(admin)).count == 1


def test_the_figures_take_the_same_number_of_queries_however_many_deals_there_are(account, admin, busy):
    def asked():
        one = scope(admin)
        with CaptureQueriesContext(connection) as seen:
            for load in (head.open_deals, head.won, month_by_month.won_by_month, closing.closing):
                load(one)
            cold.cold(one)
            funnel.funnel(one, Pipeline.OWNER)
        return len(seen)

    before = asked()
    for _number in range(10):
        strike(account, admin, closing_on=day("2026-11-19"), last_activity_at=NOW - dt.timedelta(days=90))
    assert asked() == before == 6


def test_the_cards_are_on_the_page():
    names = {card.name for card in cards.cards()}
    assert {"deals-buyer", "deals-owner", "deals-won", "deals-closing", "deals-cold"} <= names


class TestFilters:
    @pytest.mark.parametrize(
        ("query", "count"),
        [
            ({"closed_from": "2026-11-01"}, 1),
            ({"closed_to": "2026-10-31"}, 1),
            ({"closing_to": "2026-11-18"}, 1),
            ({"closing_from": "2026-11-19"}, 1),
            ({"state": "overdue"}, 1),
            ({"closed_from": "2026-02-30"}, 4),
            ({"closing_to": "0001-01-01"}, 4),
        ],
    )
    def test_deals_are_narrowed_by_day(self, as_agent, account, agent, query, count):
        for minutes in (-1, 0):
            strike(account, agent, Stage.WON, closed_at=moment("Europe/Madrid", ("2026-11-01", minutes)))
        for text in ("2026-11-18", "2026-11-19"):
            strike(account, agent, closing_on=day(text))
        assert matches_of(as_agent, query) == count

    def test_days_become_chips(self, as_agent, account):
        query = {"state": "overdue", "closing_to": "2026-12-03"}
        chips = as_agent.get(reverse("deals:list"), query).context["listing"].chips
        assert [(chip.label, chip.value) for chip in chips] == [
            ("State", "Past the closing date"),
            ("Closing to", "3 Dec 2026"),
        ]

    def test_a_bad_date_gets_a_message(self, as_agent, account):
        for name in ("closed_from", "closed_to", "closing_from", "closing_to"):
            body = as_agent.get(reverse("deals:filters"), {name: "2026-02-30"}).content.decode()
            assert "Enter a valid date." in body


def matches_of(browser, query):
    return browser.get(reverse("deals:list"), query).context["listing"].matches
