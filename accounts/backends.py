"""How a request finds its user."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import User


class Backend(AuthenticationBackend):
    """allauth's backend over our one table of users: an address of anywhere else signs nobody in."""

    def get_user(self, user_id: Any) -> User | None:
        """Return the active user with the account, in one query; nobody when deactivated."""
        user = User.objects.select_related("account").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None

    def _authenticate_by_email(self, email: str, password: str) -> User | None:
        return self._check_password(User.objects.with_email(email).first(), password)
