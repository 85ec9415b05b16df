"""An account always keeps one active admin, also when two act at once."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections

from accounts.models import LastAdminError, User
from tests.factories import AccountFactory, UserFactory


def admins(account):
    return User.objects.for_account(account).active().admins().count()


@pytest.mark.parametrize("deed", [lambda user: user.change_role("agent"), lambda user: user.deactivate()])
def test_of_two_admins_who_look_at_the_same_page_one_stays(admin, account, deed):
    other = UserFactory(account=account, role="admin")
    first, second = User.objects.get(pk=admin.pk), User.objects.get(pk=other.pk)
    deed(first)
    with pytest.raises(LastAdminError):
        deed(second)
    assert admins(account) == 1


def test_a_refusal_leaves_the_object_as_it_was(admin):
    with pytest.raises(LastAdminError):
        admin.deactivate()
    assert admin.is_active
    with pytest.raises(LastAdminError):
        admin.change_role("agent")
    assert admin.is_admin


def test_somebody_inactive_may_lose_the_role(account, admin):
    left = UserFactory(account=account, role="admin", is_active=False)
    left.change_role("agent")
    assert admins(account) == 1


@pytest.mark.parametrize("changes", [{"role": "agent"}, {"is_active": False}])
def test_a_form_of_the_model_keeps_the_rule_too(admin, changes):
    for name, value in changes.items():
        setattr(admin, name, value)
    with pytest.raises(ValidationError, match="last active admin"):
        admin.full_clean()


def test_the_last_admin_cannot_be_moved_to_another_account(admin, stranger):
    admin.account = stranger.account
    with pytest.raises(ValidationError, match="last active admin"):
        admin.full_clean()


@pytest.mark.django_db(transaction=True)
def test_two_admins_who_deactivate_each_other_at_the_same_moment_leave_one():
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("threads cannot share SQLite in memory; there each write waits for the one before")
    account = AccountFactory()
    pair = UserFactory.create_batch(2, account=account, role="admin")
    start, outcomes = threading.Barrier(2), []

    def deactivate(pk):
        try:
            user = User.objects.get(pk=pk)
            start.wait(timeout=10)
            user.deactivate()
            outcomes.append("done")
        except LastAdminError:
            outcomes.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=deactivate, args=[user.pk]) for user in pair]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert sorted(outcomes) == ["done", "refused"]
    assert admins(account) == 1
