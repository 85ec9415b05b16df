"""Upload: take a file, look at it, keep it."""

from typing import Any, BinaryIO

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from contacts.imports import encoding as encodings
from contacts.imports import kinds, mapping
from contacts.imports.models import ImportRow, ImportRun, Status
from contacts.imports.models.run import FROM_COMMAND_LINE
from contacts.imports.sniffing import redetect, sniff
from contacts.imports.source import SEPARATORS, Dialect, Refused, Survey, survey


def start(account: Any, user: Any, upload: Any, kind: str = "contact") -> ImportRun:
    """Keep an uploaded file as a run with its dialect found and a mapping proposed.

    ``upload`` is a Django file, or any binary file with a ``name``. Raises ``Refused``; then nothing is kept.
    """
    file = binary(upload)
    dialect = sniff(file, kinds.get(kind).vocabulary.knows)
    run = ImportRun(account=account, user=user, kind=kind, file_name=getattr(upload, "name", "") or "import.csv")
    _take_over(run, dialect, survey(file, dialect))
    run.size = file.seek(0, 2)
    file.seek(0)
    run.mapping, run.options = mapping.proposed(run), kinds.get(kind).default_options
    run.file.save("upload.csv", File(file), save=False)
    run.save()
    return run


def set_dialect(run: ImportRun, **changes: Any) -> None:
    """Read the file in another way: ``encoding``, ``delimiter``, ``quotechar``, ``header_line``.

    A new encoding alone finds the rest anew. Staged rows are thrown away and the mapping is proposed again. Raises
    ``Refused`` when the file cannot be read like that; then nothing has changed.
    """
    dialect, found = _read_by(run, changes)  # before the lock: a large file takes seconds
    with transaction.atomic():
        run.lock()
        if not run.can_change:
            raise Refused(_("The import has started; how the file is read can no longer be changed."))
        _take_over(run, dialect, found)
        run.mapping, run.status, run.job = mapping.proposed(run), Status.UPLOADED, ""
        ImportRow.objects.filter(run=run).delete()
        run.save()


def again(run: ImportRun, user: Any) -> ImportRun:
    """Return a new run of the same file with the same mapping, ready to be verified."""
    with run.opened() as file:
        fresh = ImportRun(account=run.account, user=user, kind=run.kind, file_name=run.file_name, size=run.size)
        fresh.dialect, fresh.columns, fresh.nameless = run.dialect, run.columns, run.nameless
        fresh.rows, fresh.blanks = run.rows, run.blanks
        fresh.mapping, fresh.status = run.mapping, Status.MAPPED
        fresh.options = {name: value for name, value in run.options.items() if name != FROM_COMMAND_LINE}
        fresh.file.save("upload.csv", File(file), save=False)
    fresh.save()
    return fresh


def binary(upload: Any) -> BinaryIO:
    """Return the plain binary file behind a Django file, or the file itself."""
    return getattr(upload, "file", upload)


def _read_by(run: ImportRun, changes: dict[str, Any]) -> tuple[Dialect, Survey]:
    """Read the run's file as its dialect says with these changes. Raises ``Refused``."""
    if changes.get("encoding", "utf-8") not in encodings.CHOICES:
        raise Refused(_("There is no such encoding."))
    if changes.get("delimiter", ",") not in SEPARATORS:
        raise Refused(_("Columns cannot be separated by this character."))
    with run.opened() as file:
        if set(changes) == {"encoding"}:
            dialect = redetect(file, changes["encoding"], kinds.get(run.kind).vocabulary.knows)
        else:
            dialect = Dialect(**{**_as_dict(run.dialect), **changes})
        return dialect, survey(file, dialect)


def _take_over(run: ImportRun, dialect: Dialect, found: Survey) -> None:
    """Put on the run, without saving it, how its file is read and what was found in it."""
    run.dialect = dialect
    run.columns, run.nameless, run.rows, run.blanks = found.columns, found.nameless, found.rows, found.blanks
    run.refusal, run.refusal_line = "", None


def _as_dict(dialect: Dialect) -> dict[str, Any]:
    return {name: getattr(dialect, name) for name in Dialect.__slots__}
