"""The mail servers of an office: where its mail leaves by (SMTP), and where answers are fetched from (IMAP)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from tesoro.fields import EmailAddressField, LineField
from tesoro.secrecy import SecretField
from tesoro.tenancy import AccountOwned

PORTS = [MinValueValidator(1), MaxValueValidator(65_535)]


class Security(models.TextChoices):
    """How a connection is kept private."""

    STARTTLS = "starttls", _("STARTTLS")
    TLS = "tls", _("TLS from the start")
    NONE = "none", _("None")


class MailServer(AccountOwned):
    """An office's own mail. Empty hosts mean the service's own. Passwords are stored encrypted and never shown."""

    sender = EmailAddressField(_("address mail is sent from"), blank=True, default="")
    smtp_host = LineField(_("server"), max_length=200, blank=True, default="")
    smtp_port = models.PositiveIntegerField(_("port"), default=587, validators=PORTS)
    smtp_security = models.CharField(_("security"), max_length=8, choices=Security.choices, default=Security.STARTTLS)
    smtp_user = LineField(_("user"), max_length=200, blank=True, default="")
    smtp_password = SecretField(_("password"))
    imap_host = LineField(_("server"), max_length=200, blank=True, default="")
    imap_port = models.PositiveIntegerField(_("port"), default=993, validators=PORTS)
    imap_security = models.CharField(_("security"), max_length=8, choices=Security.choices, default=Security.TLS)
    imap_user = LineField(_("user"), max_length=200, blank=True, default="")
    imap_password = SecretField(_("password"))
    imap_folder = LineField(_("folder"), max_length=100, blank=True, default="INBOX")
    # Where the last look at the mailbox ended: its UIDVALIDITY and the highest UID seen (RFC 3501).
    imap_validity = models.PositiveBigIntegerField(null=True, editable=False)
    imap_uid = models.PositiveBigIntegerField(default=0, editable=False)
    imap_failure = models.CharField(max_length=500, blank=True, default="", editable=False)
    imap_looked_at = models.DateTimeField(null=True, editable=False)
    # Until when the mailbox is a worker's who looks into it. One that died gives it back by that.
    imap_leased_until = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("mail server")
        verbose_name_plural = _("mail servers")
        constraints = [models.UniqueConstraint(fields=["account"], name="mail_server_once")]

    def __str__(self) -> str:
        return self.smtp_host or self.imap_host
