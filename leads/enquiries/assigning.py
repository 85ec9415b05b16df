"""Assigning new leads: by the account's rule, to somebody who is there."""

from typing import Any

from accounts.models import User
from leads.enquiries.models import Assignment, Mode


def next_agent(account: Any) -> User | None:
    """Return who gets the next new lead, and move the rotation on. Call it in the transaction that adds the lead.

    Of several at once each waits for the one before, so that nobody is skipped and nobody gets two; a lead that is
    not added after all gives its turn back. Who was deactivated is passed over; with nobody left it is the first admin.
    """
    rule = Assignment.objects.for_account(account).select_for_update().first()
    if rule is None:
        return first_admin(account)
    agent = rule.agent if rule.mode == Mode.FIXED else _take_turn(rule)
    return agent if agent is not None and agent.is_active else first_admin(account)


def first_admin(account: Any) -> User | None:
    """Return the admin who has been there longest, of those who may sign in."""
    admin: User | None = User.objects.for_account(account).active().admins().order_by("pk").first()
    return admin


def _take_turn(rule: Assignment) -> User | None:
    turn = rule.turns.filter(user__is_active=True).select_related("user").order_by("taken", "pk").first()
    if turn is None:
        return None
    rule.count = turn.taken = rule.count + 1
    rule.save(update_fields=["count"])
    turn.save(update_fields=["taken"])
    return turn.user


def rules_naming(user: User) -> int:
    """Return how many rules assign new leads to ``user`` alone: one or none."""
    return Assignment.objects.for_account(user.account).filter(mode=Mode.FIXED, agent=user).count()


def hand_over(user: User, to: User, by: User) -> None:
    """Let new leads go to ``to`` where they went to ``user``. The rotation they just leave."""
    Assignment.objects.for_account(user.account).filter(agent=user).update(agent=to)
