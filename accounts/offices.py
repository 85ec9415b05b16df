"""Opening an office: the account, its first admin and perhaps agents, all or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Account, User

SLUG_TRIES = 5


@dataclass(frozen=True)
class Office:
    """What was made."""

    account: Account
    admin: User
    agents: list[User]


def open_office(account: Account, admin: User, password: str, agents: Sequence[User] = ()) -> Office:
    """Save a new account with its first admin and agents, who all get ``password``; or nothing of it.

    Raises ValidationError, by field: ``name``, ``slug``, ``email`` and the other fields of both models. An address
    that became a user at the same moment is told as one that was one before.
    """
    wants_slug = bool(account.slug)
    _check(account, admin, agents)
    for _attempt in range(SLUG_TRIES):
        try:
            return _save(account, admin, password, agents)
        except IntegrityError:
            for row in (account, admin, *agents):
                row.pk = None
            account.slug = account.slug if wants_slug else ""
            _check(account, admin, agents)
    raise ValidationError(_("This could not be saved. Please try again."))


def _check(account: Account, admin: User, agents: Sequence[User]) -> None:
    account.full_clean(exclude=None if account.slug else {"slug"})
    for user in (admin, *agents):
        try:
            user.full_clean(exclude={"password"}, validate_constraints=False)
        except ValidationError as error:
            raise (_naming(user, error) if agents else error) from None


def _naming(user: User, error: ValidationError) -> ValidationError:
    """Return the error with the address before each message: one of several is meant."""
    return ValidationError(
        {name: [f"{user.email}: {message}" for message in messages] for name, messages in error.message_dict.items()}
    )


def _save(account: Account, admin: User, password: str, agents: Sequence[User]) -> Office:
    with transaction.atomic():
        account.save()
        for user, role in [(admin, User.Role.ADMIN), *((agent, User.Role.AGENT) for agent in agents)]:
            user.account, user.role = account, role
            user.set_password(password)
            user.save()
    return Office(account, admin, list(agents))
