"""The public form of an office: where it is, what it says, and which sites may show it."""

import secrets
from typing import Any, ClassVar, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from leads.enquiries.models.fields import PageField, SitesField
from tesoro.fields import LineField, ProseField
from tesoro.tenancy import AccountOwned, AccountQuerySet

CONSENT_LIMIT = 1_000
FORM_FIELDS = ["is_open", "heading", "intro", "consent", "privacy_url", "thanks", "return_url", "sites"]


def new_key() -> str:
    """Return the part of the form's address that says whose it is. No secret: it stands on the office's website."""
    return secrets.token_urlsafe(12)


class PublicFormQuerySet(AccountQuerySet):
    """Queries with names."""

    def open_at(self, key: str) -> Self:
        """Return the open form whose address holds ``key``, with its account: at most one."""
        return self.filter(key=key, is_open=True).select_related("account")


class PublicForm(AccountOwned):
    """What the office's public form says. Closed, it is not there."""

    is_open = models.BooleanField(_("the form is open"), default=False)
    key = models.CharField(max_length=24, unique=True, default=new_key, editable=False)
    heading = LineField(_("heading"), max_length=100)
    intro = ProseField(_("introduction"), max_length=1_000, blank=True, default="")
    consent = ProseField(_("consent"), max_length=CONSENT_LIMIT)
    privacy_url = PageField(_("privacy policy"), blank=True, default="")
    thanks = ProseField(_("thank-you text"), max_length=1_000)
    return_url = PageField(_("page to return to"), blank=True, default="")
    sites = SitesField(_("websites that show the form"), blank=True, default="")

    objects: ClassVar[Any] = PublicFormQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("public form")
        verbose_name_plural = _("public forms")
        constraints = [models.UniqueConstraint(fields=["account"], name="public_form_once")]

    def __str__(self) -> str:
        return self.heading

    @classmethod
    def of(cls, account: Any) -> "PublicForm":
        """Return the form of an account; where there is none yet, one with proposed texts that is not stored."""
        found: PublicForm | None = cls.objects.for_account(account).first()
        return found or cls(
            account=account,
            heading=now_("Write to us"),
            intro=now_("Tell us what you are looking for. We answer within a working day."),
            consent=now_("I agree that %(office)s keeps what I entered here in order to answer my enquiry.")
            % {"office": account.name},
            thanks=now_("Your enquiry has reached us. We will be in touch soon."),
            return_url=account.website,
        )

    def get_absolute_url(self) -> str:
        """Return the path of the public form."""
        return reverse("enquiries:form", args=[self.key])

    def replace_key(self) -> None:
        """Give the form another address; the one before is gone at once."""
        self.key = new_key()
        self.save(update_fields=["key"])

    @property
    def framing_sites(self) -> list[str]:
        """The sites that may show the form in a frame."""
        return self.sites.split("\n") if self.sites else []
