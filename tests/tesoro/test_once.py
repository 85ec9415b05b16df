"""A form that is sent twice is done once."""

from types import SimpleNamespace

import pytest

from tesoro.once import new_key, once


@pytest.fixture
def sent(rf, agent):
    """Make a form that was sent, with the key it was drawn with."""

    def post(key):
        request = rf.post("/", {"form_key": key})
        request.user = agent
        return request

    return post


@pytest.fixture
def deed():
    """A deed that makes rows 1, 2, 3 …"""
    made = []

    def make():
        made.append(SimpleNamespace(pk=len(made) + 1))
        return made[-1]

    make.made = made
    return make


def test_the_second_of_two_clicks_gets_what_the_first_made(sent, deed):
    assert [once(sent("a key"), deed), once(sent("a key"), deed)] == [1, 1]
    assert len(deed.made) == 1


def test_while_the_first_click_is_at_work_the_second_makes_nothing(sent, deed):
    seen = []

    def slow():
        seen.append(once(sent("a key"), deed))
        return deed()

    assert (once(sent("a key"), slow), seen) == (1, [0])


def test_two_forms_are_two_deeds(sent, deed):
    assert [once(sent(new_key()), deed), once(sent(new_key()), deed)] == [1, 2]


def test_what_was_refused_may_be_tried_again(sent, deed):
    assert [once(sent("a key"), lambda: None), once(sent("a key"), deed)] == [None, 1]


def test_what_broke_may_be_tried_again(sent, deed):
    with pytest.raises(ZeroDivisionError):
        once(sent("a key"), lambda: 1 / 0)

    assert once(sent("a key"), deed) == 1


def test_a_form_without_a_key_is_done_each_time(sent, deed):
    assert [once(sent(""), deed), once(sent(""), deed)] == [1, 2]


def test_the_key_of_one_user_is_nothing_to_another(sent, admin, deed):
    once(sent("a key"), deed)
    theirs = sent("a key")
    theirs.user = admin

    assert once(theirs, deed) == 2
