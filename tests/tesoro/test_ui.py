"""The tags templates draw with: icons, faces, times, flags, badges."""

import datetime as dt
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from tesoro import faces, icons, moments
from tesoro.templatetags.ui import breakable

MADRID = ZoneInfo("Europe/Madrid")
NOW = dt.datetime(2026, 11, 19, 12, 0, tzinfo=MADRID)


@pytest.fixture(autouse=True)
def _in_madrid():
    with timezone.override(MADRID), translation.override("en"):
        yield


def draw(source, **context):
    return Template("{% load ui %}" + source).render(Context(context))


def person(first="Andrea", last="Dourado López", **more):
    return SimpleNamespace(first_name=first, last_name=last, avatar=None, **more)


def test_an_icon_is_inlined_and_passed_over_by_assistive_technology():
    drawn = draw('{% icon "email" "glyph" %}')
    assert drawn.startswith('<svg class="icon glyph"')
    assert 'aria-hidden="true"' in drawn
    assert "style" not in drawn


def test_the_products_words_stand_for_the_drawings_of_lucide():
    assert icons.icon("whatsapp") == icons.icon("message-circle")


def test_an_icon_that_does_not_exist_is_an_error():
    with pytest.raises(icons.IconDoesNotExist):
        draw('{% icon "no-such-icon" %}')


def test_the_class_of_an_icon_is_escaped():
    assert "<script" not in icons.icon("x", '"><script>')


@pytest.mark.parametrize(
    ("first", "last", "letters"),
    [
        ("Andrea", "Dourado López", "AD"),
        ("Katharina", "von Hohenfels-Lindemann", "KH"),
        ("Anneke", "van der Meulen", "AM"),
        ("Íñigo", "Zubizarreta", "ÍZ"),
        ("小明", "王", "小王"),
        ("Cher", "", "C"),
    ],
)
def test_initials_leave_out_the_particles_of_a_name(first, last, letters):
    assert faces.initials(first, last) == letters


def test_a_person_without_a_photo_has_initials_on_a_hue_of_their_name():
    drawn = draw('{% avatar someone "l" %}', someone=person())
    assert f'data-hue="{faces.hue("Andrea Dourado López")}"' in drawn
    assert 'data-size="l"' in drawn
    assert ">AD<" in drawn


def test_colleagues_are_grey():
    drawn = draw("{% avatar someone %}", someone=person(is_authenticated=True))
    assert "data-staff" in drawn
    assert "data-hue" not in drawn


def test_a_user_without_a_name_shows_the_first_letter_of_the_email():
    assert ">Z<" in draw("{% avatar someone %}", someone=person("", "", is_authenticated=True, email="zoe@example.com"))


def test_an_office_stands_in_the_accent():
    drawn = draw("{% avatar office %}", office=SimpleNamespace(name="Casa Mirador"))
    assert "data-office" in drawn
    assert ">CM<" in drawn


def test_a_photo_takes_the_place_of_initials():
    photo = SimpleNamespace(url='/media/1/a"b.jpg')
    drawn = draw("{% avatar someone %}", someone=SimpleNamespace(first_name="A", last_name="B", avatar=photo))
    assert drawn.startswith('<img class="avatar" src="/media/1/a&quot;b.jpg" alt=""')


def test_nobody_has_no_face():
    assert draw("{% avatar someone %}", someone=None) == ""


def test_letters_of_a_face_are_escaped():
    assert "<<" not in draw("{% avatar someone %}", someone=person("<", ""))


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (NOW - dt.timedelta(seconds=20), "Just now"),
        (NOW - dt.timedelta(minutes=12), "12 min ago"),
        (NOW - dt.timedelta(hours=3), "3 h ago"),
        (NOW - dt.timedelta(hours=13), "Yesterday"),
        (dt.datetime(2026, 11, 17, 9, 2, tzinfo=MADRID), "Tue 17 Nov"),
        (dt.datetime(2025, 1, 9, 9, 2, tzinfo=MADRID), "9 Jan 2025"),
        (NOW + dt.timedelta(minutes=20), "In 20 min"),
        (NOW + dt.timedelta(hours=4), "In 4 h"),
        (NOW + dt.timedelta(hours=13), "Tomorrow"),
        (dt.date(2026, 11, 19), "Today"),
        (dt.date(2026, 11, 18), "Yesterday"),
    ],
)
def test_times_are_said_as_people_say_them(moment, said):
    assert moments.relative(moment, NOW) == said


def test_half_an_hour_before_midnight_is_still_minutes_ago():
    midnight = dt.datetime(2026, 11, 19, 0, 10, tzinfo=MADRID)
    assert moments.relative(midnight - dt.timedelta(minutes=30), midnight) == "30 min ago"


def test_a_day_begins_at_midnight_where_the_office_is():
    late = dt.datetime(2026, 11, 18, 23, 30, tzinfo=dt.UTC)  # half past midnight in Madrid
    assert moments.relative(late, NOW) == "11 h ago"
    with timezone.override("UTC"):
        assert moments.relative(late, NOW) == "Yesterday"


def test_a_drawn_time_carries_the_exact_one(time_machine):
    time_machine.move_to(NOW, tick=False)
    drawn = draw("{{ at|ago }}", at=dt.datetime(2026, 11, 19, 10, 48, tzinfo=dt.UTC))
    assert drawn == '<time datetime="2026-11-19T11:48+01:00" title="Thursday 19 November 2026, 11:48">12 min ago</time>'


def test_the_same_moment_reads_differently_in_another_zone():
    at = dt.datetime(2026, 3, 3, 23, 30, tzinfo=dt.UTC)
    assert ">4 Mar 2026<" in draw("{{ at|day }}", at=at)
    with timezone.override("UTC"):
        assert ">3 Mar 2026<" in draw("{{ at|day }}", at=at)


def test_no_time_draws_nothing():
    assert draw("{{ at|ago }}{{ at|day }}{{ at|clock }}{{ at|exact }}", at=None) == ""


def test_the_clock_is_that_of_the_office():
    assert ">08:51<" in draw("{{ at|clock }}", at=dt.datetime(2026, 3, 3, 7, 51, tzinfo=dt.UTC))


def test_a_flag_says_its_country():
    assert draw('{{ "ES"|flag }}') == '<abbr class="flag" title="Spain">ES</abbr>'


@pytest.mark.parametrize("code", ["", "XX", None])
def test_a_country_that_is_not_known_has_no_flag(code):
    assert draw("{{ code|flag }}", code=code) == ""


def test_kinds_of_client_have_a_hue_and_all_others_are_grey():
    assert draw('{{ "Käufer"|badge:"buyer" }}') == '<span class="badge" data-hue="blue">Käufer</span>'
    assert 'data-hue="pink"' in draw('{{ "Landlord"|badge }}')
    assert 'data-hue="grey"' in draw('{{ "Notary"|badge:"notary" }}')


def test_a_badge_escapes_its_word():
    assert "<b>" not in draw("{{ word|badge }}", word="<b>")


def test_numbers_are_grouped():
    assert draw("{{ n|grouped }}", n=10000) == "10,000"


def test_an_address_may_break_after_its_at_and_stays_escaped():
    assert breakable("<a>@example.com") == "&lt;a&gt;@<wbr>example.com"
    assert breakable(None) == ""
