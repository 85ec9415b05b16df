"""The search in the background: started once, handed on, taken over from the dead, given up after several attempts."""

from datetime import timedelta

import pytest
from django.utils import timezone

from contacts.duplicates import finding, scanning, tasks
from contacts.duplicates.models import Scan, State, Step, Suggestion
from tests.factories import ContactFactory


@pytest.fixture
def twins(account, agent):
    """Two contacts that look like one."""
    return [ContactFactory(account=account, assigned_to=agent, email=f"{name}@example.com") for name in "ab"]


def test_a_search_is_started_once(account, admin, twins):
    scan = scanning.start(account, by=admin)

    assert scanning.start(account, by=admin) == scan
    assert (scan.state, scan.by, scan.total) == (State.LOOKING, admin, 4)


def test_a_worker_finishes_it(account, admin, twins):
    scan = scanning.start(account, by=admin)
    tasks.look.call(scan.pk)
    scan.refresh_from_db()

    assert (scan.state, scan.compared, scan.percent) == (State.DONE, 4, 100)
    assert Suggestion.objects.count() == 1


def test_what_one_worker_holds_another_leaves_alone(account, admin, twins):
    scan = scanning.start(account, by=admin)
    Scan.objects.update(claimed=True)
    scanning.work(scan.pk)

    assert Scan.objects.get().step == Step.NAMES


def test_a_worker_that_ends_hands_it_on(account, admin, twins):
    scan = scanning.start(account, by=admin)
    scanning.work(scan.pk, ending=lambda: True)
    scan.refresh_from_db()
    assert (scan.step, scan.claimed, scan.state) == (Step.EMAILS, False, State.LOOKING)

    scanning.work(scan.pk)
    assert Scan.objects.get().state == State.DONE
    assert Suggestion.objects.count() == 1


def test_a_dead_workers_search_goes_on(account, admin, twins):
    scan = scanning.start(account, by=admin)
    long_ago = timezone.now() - timedelta(minutes=3)
    Scan.objects.update(claimed=True, heartbeat_at=long_ago, step=Step.PHONES)

    assert scanning.abandoned(set()) == [scan.pk]
    assert scanning.abandoned(set()) == []
    scanning.work(scan.pk)
    assert Scan.objects.get().state == State.DONE


def test_a_search_that_waits_behind_others_is_not_abandoned(account, admin, twins):
    scan = scanning.start(account, by=admin)
    Scan.objects.update(heartbeat_at=timezone.now() - timedelta(minutes=3))

    assert scanning.abandoned({scan.pk}) == []


def test_a_late_worker_writes_nothing(account, admin, twins, monkeypatch):
    scan = scanning.start(account, by=admin)

    def taken_over(found):
        Scan.objects.update(fence=99)
        return finding.CHUNKS[Step(found.step)](found.account_id, found.position)

    monkeypatch.setattr(finding, "look", taken_over)
    scanning.work(scan.pk)

    assert (Scan.objects.get().step, Suggestion.objects.count()) == (Step.NAMES, 0)


def test_after_several_attempts_in_vain_it_needs_attention(account, admin, twins, monkeypatch, caplog):
    scan = scanning.start(account, by=admin)
    monkeypatch.setattr(finding, "look", lambda scan: 1 / 0)
    for _attempt in range(scanning.MOST_ATTEMPTS + 1):
        scanning.work(scan.pk)

    assert Scan.objects.get().state == State.ATTENTION
    assert "ZeroDivisionError" in caplog.text


def test_after_that_one_can_search_again(account, admin, twins):
    Scan.objects.create(account=account, state=State.ATTENTION)
    scan = scanning.start(account, by=admin)
    scanning.work(scan.pk)

    assert Scan.objects.get().state == State.DONE
