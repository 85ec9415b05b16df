"""The user: somebody of an office who signs in, or support staff, who belong to none."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.models.account import Account
from tesoro.fields import EmailAddressField, LineField, NameField, ProseField
from tesoro.media import UnderAccount
from tesoro.phones import PhoneField

SIGNATURE_LIMIT = 2_000


class LastAdminError(ValidationError):
    """An account always keeps one active admin."""

    def __init__(self) -> None:
        super().__init__(
            _("This is the last active admin of the account. Make somebody else an admin first."), code="last_admin"
        )


class UserQuerySet(models.QuerySet):
    """Queries with names."""

    def for_account(self, account: Account | None) -> Self:
        """Return the users of ``account``; none when there is no account."""
        return self.filter(account=account) if account is not None else self.none()

    def active(self) -> Self:
        """Return those who may sign in."""
        return self.filter(is_active=True)

    def inactive(self) -> Self:
        """Return those who were deactivated."""
        return self.filter(is_active=False)

    def admins(self) -> Self:
        """Return those with the role Admin."""
        return self.filter(role=User.Role.ADMIN)

    def with_email(self, email: str) -> Self:
        """Return the user of this address, in whatever case it was typed: at most one."""
        return self.filter(email=email.strip().lower())


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Makes users; emails are stored in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a user of an account. Without a password the user cannot sign in until one is set."""
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a member of support staff with every right in Django admin and no account."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the user of this address, or raise DoesNotExist."""
        return self.with_email(username or "").get()


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in with an email."""

    class Role(models.TextChoices):
        ADMIN = "admin", _("Admin")
        AGENT = "agent", _("Agent")

    class Theme(models.TextChoices):
        AUTO = "", _("As on this device")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, null=True, blank=True, related_name="users", verbose_name=_("account")
    )
    email = EmailAddressField(
        _("email"), unique=True, error_messages={"unique": _("A user with this email already exists.")}
    )
    role = models.CharField(_("role"), max_length=5, choices=Role.choices, default=Role.AGENT)
    first_name = NameField(_("first name"), blank=True)
    last_name = NameField(_("last name"), blank=True)
    job_title = LineField(_("job title"), max_length=100, blank=True)
    phone = PhoneField(_("phone"), blank=True, default="")
    signature = ProseField(_("signature"), max_length=SIGNATURE_LIMIT, blank=True, default="")
    language = models.CharField(_("language"), max_length=2, blank=True, choices=settings.LANGUAGES)
    theme = models.CharField(_("theme"), max_length=5, choices=Theme.choices, blank=True, default="")
    photo = models.ImageField(_("photo"), upload_to=UnderAccount("users"), blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("support staff"), default=False)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)
    # Part of every session's signature: counting it up ends all sessions, also those that nobody opens again
    # before the user is reactivated.
    session_round = models.PositiveIntegerField(default=0, editable=False)

    objects: ClassVar[Any] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["first_name", "last_name", "email"]
        indexes = [models.Index(fields=["account", "is_active", "role"], name="user_account_role")]
        constraints = [
            models.CheckConstraint(
                condition=Q(account__isnull=False) | Q(is_staff=True),
                name="user_has_account",
                violation_error_message=_("Only support staff belong to no account."),
            )
        ]

    def __str__(self) -> str:
        return self.get_full_name()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with the email in the one spelling that is compared.

        Lower case, not casefold: casefold makes another address of one that holds an ß.
        """
        self.email = self.email.lower()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Refuse to leave the account without an active admin, also in Django admin."""
        super().clean()
        self.email = self.email.lower()
        stored = User.objects.filter(pk=self.pk).first() if self.pk else None
        if stored is not None and stored._runs_office and not (self._runs_office and self.account == stored.account):
            stored._leave_an_admin()

    @property
    def is_admin(self) -> bool:
        """Whether the user runs the office: import, export, users and settings."""
        return self.role == self.Role.ADMIN

    def get_full_name(self) -> str:
        """Return first and last name, or the email of somebody who has not told them yet."""
        return f"{self.first_name} {self.last_name}".strip() or self.email

    def get_short_name(self) -> str:
        """Return the first name, or what stands before the @."""
        return self.first_name or self.email.partition("@")[0]

    def change_role(self, role: str) -> None:
        """Give the user another role, or raise LastAdminError."""
        with transaction.atomic():
            user = self._locked()
            if user._runs_office and role != self.Role.ADMIN:
                user._leave_an_admin()
            user.role = self.role = self.Role(role)
            user.save(update_fields=["role"])

    def deactivate(self) -> None:
        """Shut the user out, all open sessions at once and for good, or raise LastAdminError."""
        with transaction.atomic():
            user = self._locked()
            if user._runs_office:
                user._leave_an_admin()
            user.is_active = self.is_active = False
            user.save(update_fields=["is_active"])
            user.end_sessions()

    def reactivate(self) -> None:
        """Let the user sign in again, with the password they had; earlier sessions stay ended."""
        self.is_active = True
        self.save(update_fields=["is_active"])

    def end_sessions(self) -> None:
        """Sign the user out everywhere, this request's own session too."""
        User.objects.filter(pk=self.pk).update(session_round=F("session_round") + 1)
        self.refresh_from_db(fields=["session_round"])

    @property
    def _runs_office(self) -> bool:
        return self.is_admin and self.is_active and self.account_id is not None

    def _locked(self) -> "User":
        """Lock the account, so that two admins cannot demote one another at the same moment."""
        if self.account_id is not None:
            Account.objects.select_for_update().get(pk=self.account_id)
        return User.objects.get(pk=self.pk)

    def _leave_an_admin(self) -> None:
        others = User.objects.filter(account=self.account_id).active().admins().exclude(pk=self.pk)
        if not others.exists():
            raise LastAdminError

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Return what a session must carry to be this user's; Django ends one that carries anything else."""
        signed = f"{self.password}:{self.session_round}"
        return salted_hmac("accounts.User.session", signed, secret=secret, algorithm="sha256").hexdigest()
