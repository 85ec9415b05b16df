"""The import run: one file on its way through upload, mapping, verify, import, and perhaps undo."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import Any, BinaryIO, ClassVar, Self, cast

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.imports.source import Dialect
from tesoro.tenancy import AccountOwned, AccountQuerySet

LOG_LENGTH = 40
FROM_COMMAND_LINE = "from_command_line"  # among the options of a run that nobody started on a screen


class Status(models.TextChoices):
    """Where a run stands."""

    UPLOADED = "uploaded", _("Uploaded")
    MAPPED = "mapped", _("Mapped")
    VERIFYING = "verifying", _("Verifying")
    VERIFIED = "verified", _("Verified")
    IMPORTING = "importing", _("Importing")
    DONE = "done", _("Done")
    UNDOING = "undoing", _("Undoing")
    UNDONE = "undone", _("Undone")
    STOPPED = "stopped", _("Stopped")
    ATTENTION = "attention", _("Needs attention")
    REFUSED = "refused", _("Refused")


class Job(models.TextChoices):
    """What is done in the background; the status while it is done is its label here."""

    VERIFY = "verify", _("Verifying")
    IMPORT = "import", _("Importing")
    UNDO = "undo", _("Undoing")


STATUS_OF_JOB = {Job.VERIFY: Status.VERIFYING, Job.IMPORT: Status.IMPORTING, Job.UNDO: Status.UNDOING}
STATUS_AFTER_JOB = {Job.VERIFY: Status.VERIFIED, Job.IMPORT: Status.DONE, Job.UNDO: Status.UNDONE}
WORKING = frozenset(STATUS_OF_JOB.values())


class OnExisting(models.TextChoices):
    """What to do with a row whose email exists."""

    ERROR = "error", _("Report an error")
    SKIP = "skip", _("Skip the row")
    UPDATE = "update", _("Update the contact")


class ImportRunQuerySet(AccountQuerySet):
    """Queries with names."""

    def working(self) -> Self:
        """Return the runs that a worker has, or should have, in hand."""
        return self.filter(status__in=WORKING)


def stored_as(run: "ImportRun", name: str) -> str:
    """Keep files apart by account, under a name that says nothing; Django adds what makes it unique."""
    return f"imports/{run.account_id}/{timezone.now():%Y%m%d%H%M%S}.csv"


class ImportRun(AccountOwned):
    """One file being imported. The background worker owns the row while its status is a working one."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(_("kind"), max_length=16, default="contact")
    file = models.FileField(_("file"), upload_to=stored_as)
    file_name = models.CharField(_("file name"), max_length=255)
    size = models.PositiveIntegerField(_("bytes"), default=0)
    created_at = models.DateTimeField(_("uploaded"), default=timezone.now)

    encoding = models.CharField(_("encoding"), max_length=16, default="utf-8")
    delimiter = models.CharField(_("delimiter"), max_length=1, default=",")
    quotechar = models.CharField(_("quote"), max_length=1, default='"')
    header_line = models.PositiveIntegerField(_("header in line"), default=1)
    spaced = models.BooleanField(default=False)
    columns = models.JSONField(default=list)
    nameless = models.JSONField(default=list)  # the places of columns that have no name in the file
    mapping = models.JSONField(_("mapping"), default=dict)
    options = models.JSONField(_("options"), default=dict)

    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.UPLOADED)
    job = models.CharField(max_length=8, choices=Job.choices, blank=True, default="")
    refusal = models.CharField(_("refused because"), max_length=500, blank=True, default="")
    refusal_line = models.PositiveIntegerField(null=True)

    rows = models.PositiveIntegerField(_("rows"), default=0)
    blanks = models.PositiveIntegerField(_("blank rows"), default=0)
    checked = models.PositiveIntegerField(_("rows checked"), default=0)
    position = models.PositiveIntegerField(default=0)  # the line up to which the job has come
    created = models.PositiveIntegerField(_("created"), default=0)
    updated = models.PositiveIntegerField(_("updated"), default=0)
    skipped = models.PositiveIntegerField(_("skipped"), default=0)
    failed = models.PositiveIntegerField(_("failed"), default=0)
    undone = models.PositiveIntegerField(_("moved to the trash"), default=0)
    log = models.JSONField(default=list)

    fence = models.PositiveIntegerField(default=0)
    claimed = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    heartbeat_at = models.DateTimeField(null=True)
    stop_requested = models.BooleanField(default=False)
    started_at = models.DateTimeField(_("started"), null=True)
    finished_at = models.DateTimeField(_("finished"), null=True)

    objects: ClassVar[Any] = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        indexes = [
            models.Index(fields=["account", "created_at", "id"], name="import_run_history"),
            models.Index(fields=["status", "heartbeat_at"], name="import_run_status"),
        ]

    def __str__(self) -> str:
        return self.file_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; of the name a browser sent, only the last part is kept, and only what can be stored."""
        name = PurePath(self.file_name.replace("\\", "/")).name.replace("\x00", "")
        self.file_name = name.encode("utf-8", "replace").decode()[-255:] or "import.csv"
        super().save(*args, **kwargs)

    def lock(self) -> None:
        """Lock the run in the caller's transaction and take over what is stored: it may have changed since."""
        self.refresh_from_db(from_queryset=ImportRun.objects.select_for_update())

    @property
    def dialect(self) -> Dialect:
        """How the file is written."""
        return Dialect(self.encoding, self.delimiter, self.quotechar, self.header_line, self.spaced)

    @dialect.setter
    def dialect(self, dialect: Dialect) -> None:
        self.encoding, self.delimiter, self.quotechar = dialect.encoding, dialect.delimiter, dialect.quotechar
        self.header_line, self.spaced = dialect.header_line, dialect.spaced

    @property
    def is_working(self) -> bool:
        """Whether a worker has the run in hand, or is about to."""
        return self.status in WORKING

    @property
    def can_change(self) -> bool:
        """Whether dialect, mapping and rows may still be changed: nothing has been written yet."""
        return self.status in {Status.UPLOADED, Status.MAPPED, Status.VERIFIED, Status.REFUSED} or (
            self.status in {Status.STOPPED, Status.ATTENTION} and self.job == Job.VERIFY
        )

    @property
    def is_from_command_line(self) -> bool:
        """Whether a command brought the file, in the name of an admin, rather than the admin."""
        return bool(self.options.get(FROM_COMMAND_LINE))

    @property
    def on_existing(self) -> str:
        """What to do with a row whose email exists, an ``OnExisting`` value."""
        return self.options.get("on_existing") or OnExisting.ERROR

    @property
    def places(self) -> dict[int, str]:
        """The mapping: field by index of the column."""
        return {int(place): field for place, field in self.mapping.items() if field}

    @contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        """Open the file as it was uploaded."""
        with self.file.storage.open(str(self.file.name), "rb") as file:
            yield cast(BinaryIO, file.file)

    def note(self, **entry: Any) -> None:
        """Put an entry on top of the log; the oldest leave it."""
        entry["at"] = timezone.now().isoformat()
        self.log = [entry, *self.log][:LOG_LENGTH]
