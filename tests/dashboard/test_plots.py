"""Where the shapes of a chart lie, by plain arithmetic."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tesoro import plots
from tesoro.charts import Chart, Figure, Line, Shape
from tesoro.plots import LEAST, NARROWEST, PLOT, TOP, cut, plot, ticks, tones, width, written

from .conftest import chart


@pytest.mark.parametrize(
    ("highest", "marks"),
    [
        (0, [0, 1]), (1, [0, 1]), (2, [0, 1, 2]), (3, [0, 1, 2, 3]), (4, [0, 1, 2, 3, 4]), (5, [0, 2, 4, 6]),
        (78, [0, 20, 40, 60, 80]), (80, [0, 20, 40, 60, 80]), (81, [0, 50, 100]), (100, [0, 50, 100]),
        (682, [0, 200, 400, 600, 800]), (10_000, [0, 5_000, 10_000]),
    ],
)  # fmt: skip
def test_an_axis_has_few_round_marks(highest, marks):
    assert ticks(highest) == marks


def test_shares_have_marks_between_nothing_and_one():
    assert ticks(0.3, whole=False) == pytest.approx([0, 0.1, 0.2, 0.3])


@given(st.integers(1, 10**12))
def test_an_axis_holds_what_is_drawn_on_it_and_little_more(highest):
    marks = ticks(highest)
    step = marks[1]

    assert marks[-1] >= highest > marks[-1] - step
    assert 2 <= len(marks) <= 6
    assert str(int(step)).rstrip("0") in {"1", "2", "5"}


@pytest.mark.parametrize(
    ("mark", "text"),
    [(0, "0"), (80, "80"), (1500, "1,500"), (20_000, "20k"), (500_000, "500k"), (2_500_000, "2.5M"), (0.25, "0.25"),
     (3_000_000_000, "3B")],
)  # fmt: skip
def test_marks_are_written_in_a_few_signs(mark, text):
    assert written(mark) == text


def number(share):
    return float(share.removesuffix("%"))


def test_columns_stand_on_the_axis_as_high_as_their_share_of_its_end():
    drawn = plot(chart())
    top = 80

    assert [text for _y, text in drawn.ticks] == ["0", "20", "40", "60", "80"]
    assert [y for y, _text in drawn.ticks] == [TOP + PLOT - round(share * PLOT / 4) for share in range(5)]
    for group, (new, converted) in zip(drawn.groups, [(71, 18), (78, 22), (55, 15)], strict=True):
        heights = [round(size / top * PLOT) for size in (new, converted)]
        assert [bar.height for bar in group.bars] == heights
        assert {bar.y + bar.height for bar in group.bars} == {TOP + PLOT}


def test_columns_of_a_line_lie_side_by_side_in_its_band():
    lines = [Line(str(month), [Figure(month, "x")] * 2) for month in range(12)]
    drawn = plot(chart(lines=lines))
    band = 100 / 12

    for place, group in enumerate(drawn.groups):
        one, two = group.bars
        assert place * band < number(one.x)
        assert number(one.x) + number(one.width) < number(two.x)
        assert number(two.x) + number(two.width) < (place + 1) * band + 0.01
        air = number(one.x) - place * band
        assert (place + 1) * band - number(two.x) - number(two.width) == pytest.approx(air, abs=0.02)


def test_few_columns_do_not_grow_fat():
    assert number(plot(chart(lines=[Line("Nov", [Figure(1, "1")] * 2)])).groups[0].bars[0].width) < 100 / 6


def test_what_is_more_than_nothing_is_seen_and_nothing_is_not():
    lines = [Line(str(size), [Figure(size, str(size))]) for size in (1_000_000, 1, 0)]
    assert [group.bars[0].height for group in plot(chart(lines=lines, series=["A"])).groups] == [PLOT, 1, 0]


def test_of_many_lines_only_some_are_named():
    lines = [Line(f"M{month}", [Figure(1, "1")]) for month in range(37)]
    groups = plot(chart(lines=lines, series=["A"])).groups

    assert [place for place, group in enumerate(groups) if group.words] == list(range(0, 37, 4))


def test_only_the_chosen_series_are_drawn_and_all_are_told():
    lines = [Line("Nov", [Figure(55, "55"), Figure(15, "15"), Figure(0.27, "27 %")])]
    group = plot(chart(lines=lines, series=["New", "Converted", "Share"], drawn=(0, 1))).groups[0]

    assert len(group.bars) == 2
    assert group.title == "Nov: New 55, Converted 15, Share 27 %"


def test_bars_are_as_long_as_their_share_of_the_longest():
    lines = [Line(name, [Figure(size, str(size))]) for name, size in (("Idealista", 142), ("Referral", 71), ("No", 0))]
    drawn = plot(chart(Shape.BARS, lines=lines, series=["Leads"]))
    first, second, third = (number(group.bars[0].width) for group in drawn.groups)

    assert second == pytest.approx(first / 2, abs=0.01)
    assert third == 0
    assert [group.bars[0].y for group in drawn.groups] == [9, 37, 65]
    assert drawn.height == 84
    assert drawn.ticks == ()


def test_a_funnel_gets_darker_with_each_step():
    steps = [("New", 682, ""), ("Contacted", 514, "75 %"), ("Qualified", 268, "52 %"), ("Converted", 181, "68 %")]
    lines = [Line(name, [Figure(size, str(size))], note) for name, size, note in steps]
    drawn = plot(chart(Shape.FUNNEL, lines=lines, series=["Leads"]))

    assert [group.bars[0].tone for group in drawn.groups] == ["f1", "f2", "f3", "f4"]
    assert [[word.text for word in group.words] for group in drawn.groups][1] == ["Contacted", "75 %", "514"]
    assert drawn.height == 3 * 44 + 32


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=60)
FIGURES = st.integers(0, 10**7) | st.decimals(0, 10**9, places=2) | st.floats(0, 1)


@st.composite
def charts(draw):
    """Return any chart there may be."""
    shape, series = draw(st.sampled_from(Shape)), draw(st.integers(1, 3))
    series = 1 if shape is Shape.FUNNEL else series
    lines = [
        Line(draw(WORDS), [Figure(size, f"€{size:,.0f}", "/x") for size in sizes], draw(st.sampled_from(["", "75 %"])))
        for sizes in draw(st.lists(st.lists(FIGURES, min_size=series, max_size=series), min_size=1, max_size=14))
    ]
    return Chart("Title", shape, "Month", ["Series"] * series, lines, "Summary")


@given(charts())
def test_nothing_lies_outside_of_a_chart_nor_on_anything_else(any_chart):
    drawn = plot(any_chart)
    for group in drawn.groups:
        for bar in group.bars:
            assert 0 <= number(bar.x) <= number(bar.x) + number(bar.width) <= 100.02
            assert 0 <= bar.y <= bar.y + bar.height <= drawn.height
        for word in group.words:
            assert 0 < word.y <= drawn.height
        if any_chart.shape is not Shape.COLUMNS:
            _words_keep_apart(group)


def _words_keep_apart(group):
    """Hold that, at the narrowest, label, bar, note and figure follow one another."""
    label, *others = group.words
    note = [word for word in others if not word.strong]
    figures = [word for word in others if word.strong]
    start = number(group.bars[0].x) / 100 * NARROWEST
    end = max(number(bar.x) + number(bar.width) for bar in group.bars) / 100 * NARROWEST
    longest = max(width(word.text) for word in figures)

    assert number(label.across) / 100 * NARROWEST <= start
    assert width(label.text) <= number(label.across) / 100 * NARROWEST + 0.1 or len(label.text) == 2
    assert end + longest <= NARROWEST + 0.1 or end - start <= LEAST / 100 * NARROWEST + 0.1
    for word in note:
        assert number(word.x) / 100 * NARROWEST <= NARROWEST - longest + 0.1


@given(WORDS, st.integers(30, 300))
def test_a_text_is_cut_to_the_room_there_is(text, room):
    shown = cut(text, room)

    assert width(shown) <= room + 0.01 or len(shown) == 2
    assert shown == text or (shown.endswith("…") and text.startswith(shown[:-1]))


def test_short_labels_leave_their_room_to_the_bars():
    drawn = plot(chart(Shape.BARS, lines=[Line("Networking", [Figure(3, "3")])], series=["A"])).groups[0]
    short = plot(chart(Shape.BARS, lines=[Line("A", [Figure(3, "3")])], series=["A"])).groups[0]

    assert [drawn.words[0].text, drawn.words[0].wide] == ["Networking"] * 2
    assert number(short.bars[0].x) == 20 < number(drawn.bars[0].x)


def test_a_label_of_sixty_signs_is_cut_and_whole_where_one_points_at_it():
    label = "Maximiliana-Friederike von Hohenfels-Lindemann zu Schwarzenb"
    group = plot(chart(Shape.BARS, lines=[Line(label, [Figure(3, "3")])], series=["A"])).groups[0]

    assert group.words[0].text.endswith("…")
    assert len(group.words[0].text) < len(group.words[0].wide) < 60
    assert group.title.startswith(label)


@pytest.mark.parametrize("count", [1, 2, 3, 4, 6])
def test_there_is_a_colour_for_each_series(count):
    assert len(tones(count)) == count


def test_money_is_drawn_like_any_number():
    lines = [Line("Q1", [Figure(Decimal("1250000.50"), "€1,250,000.50")]), Line("Q2", [Figure(Decimal(0), "€0")])]
    drawn = plot(chart(lines=lines, series=["Worth"]))

    assert [text for _y, text in drawn.ticks] == ["0", "500k", "1M", "1.5M"]
    assert drawn.groups[0].bars[0].height == round(1_250_000.5 / 1_500_000 * PLOT)


def test_no_number_of_svg_depends_on_the_language(settings):
    from django.utils import translation

    with translation.override("de"):
        assert plots.plot(chart()).groups[0].bars[0].x == "2.50%"
        assert written(2_500_000) == "2,5M"
