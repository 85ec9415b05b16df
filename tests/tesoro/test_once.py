"""A form that is sent twice is done once."""

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


def test_the_second_of_two_clicks_does_nothing_and_reads_as_done(sent):
    done = []

    assert [once(sent("a key"), lambda: done.append(1) or True) for _click in range(2)] == [True, True]
    assert done == [1]


def test_two_forms_are_two_deeds(sent):
    done = []
    for _form in range(2):
        once(sent(new_key()), lambda: done.append(1) or True)

    assert done == [1, 1]


def test_what_was_refused_may_be_tried_again(sent):
    assert [once(sent("a key"), lambda: None), once(sent("a key"), lambda: True)] == [False, True]


def test_what_broke_may_be_tried_again(sent):
    with pytest.raises(ZeroDivisionError):
        once(sent("a key"), lambda: 1 / 0)

    assert once(sent("a key"), lambda: True)


def test_a_form_without_a_key_is_done_each_time(sent):
    done = []
    for _click in range(2):
        once(sent(""), lambda: done.append(1) or True)

    assert done == [1, 1]


def test_the_key_of_one_user_is_nothing_to_another(sent, admin):
    once(sent("a key"), lambda: True)
    theirs = sent("a key")
    theirs.user = admin
    done = []
    once(theirs, lambda: done.append(1) or True)

    assert done == [1]
