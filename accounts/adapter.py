"""What allauth asks of us: where to go, what to say, and how mail leaves."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import perform_login
from allauth.core import context
from allauth.core.internal.ratelimit import RateLimitUsage, get_rates
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from accounts import mail
from accounts.models import User


class Adapter(DefaultAccountAdapter):
    """allauth, as this product wants it."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("Email and password do not match."),
        "account_inactive": _("This user was deactivated. Ask an admin of your office."),
        "too_many_login_attempts": _("Too many tries. Wait five minutes, or set a new password."),
        "enter_current_password": _("This is not your current password."),
    }

    def is_safe_url(self, url: str) -> bool:
        """Whether to go there after signing in: only to a page under the very host that was asked."""
        request = context.request
        return url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Support staff have no office to go to; they work in Django admin."""
        user = request.user
        if user.is_staff and user.account_id is None:  # type: ignore[union-attr]
            return reverse("admin:index")
        return super().get_login_redirect_url(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Note on the request how many tries are left, for the form to say."""
        request.tries_left = tries_left(self._login_failed_rl_usage)  # type: ignore[attr-defined]

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing: the page one lands on says it."""

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> Any:
        """Write the mail in the reader's language, and under their account in the outbox."""
        user = context.get("user") or User.objects.select_related("account").with_email(str(email)).first()
        with mail.language_of(user):
            return super().render_mail(
                template_prefix, email, context, (headers or {}) | mail.account_header(user and user.account)
            )

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send, and keep the page alive when the mail server does not answer: it is logged."""
        forgotten = mail.absolute(reverse("account_reset_password"), self.request)
        message = self.render_mail(template_prefix, email, {"email": email, "reset_url": forgotten} | context)
        mail.deliver(message)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the link under the address that people know, whatever host the request named."""
        uid, _dash, secret = key.partition("-")
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": secret})
        return mail.absolute(path, self.request)


def tries_left(usage: RateLimitUsage | None) -> int | None:
    """Return how often one may still get this email's password wrong, or None when it is not counted."""
    rates = [rate for rate in get_rates(app="allauth.account", action="login_failed") if rate.per == "key"]
    if usage is None or not rates:
        return None
    used = [cache.get(single.cache_key, []) for single in usage.usage if f":{rates[0]}:" in single.cache_key]
    return max(rates[0].amount - len(used[0]), 0) if used else None


def sign_in(request: HttpRequest, user: User) -> Any:
    """Sign ``user`` in as after a password, and answer with the redirect to their start page."""
    return perform_login(request, user, email=user.email)
