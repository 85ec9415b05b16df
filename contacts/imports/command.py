"""Imports from the command line, on the very engine of the screens: what the commands of all kinds have in common."""

import json
import logging
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand
from django.db import DatabaseError
from django.utils.translation import gettext as _

from accounts.models import Account, User
from contacts.imports import jobs, kinds, mapping, uploading
from contacts.imports.matching import plain
from contacts.imports.models import ImportRow, ImportRun, Job, OnExisting, Status
from contacts.imports.models.run import FROM_COMMAND_LINE, STATUS_AFTER_JOB
from contacts.imports.options import Option
from contacts.imports.reporting import totals
from contacts.imports.source import Refused

REFUSED = 2
COUNTS = ("rows", "created", "updated", "skipped", "failed")
logger = logging.getLogger(__name__)


HELP = (
    "With --json the last line is one JSON object. "
    "Ends with 0 when the file could be processed, though rows may have failed, and with 2 when it was refused, or "
    "broke off; what had been written until then is in the figures, and the import can be resumed on its page."
)


class ImportCommand(BaseCommand):
    """Imports a file of one of ``kinds``; where there are several, ``--kind`` says which, by default the first."""

    kinds: ClassVar[Sequence[str]]

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, the office, and the options of the kinds."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--account", required=True, metavar="SLUG", help="the office")
        parser.add_argument("--as", dest="user", metavar="EMAIL", help="who imports; default: the office's first admin")
        parser.add_argument("--mapping", type=Path, metavar="FILE.json", help='{"header": "field"}')
        if len(self.kinds) > 1:
            parser.add_argument("--kind", choices=self.kinds, default=self.kinds[0], help="what a row is")
        for option in _options_of(self.kinds):
            parser.add_argument(f"--{option.name.replace('_', '-')}", metavar="VALUE", help=str(option.label))
        parser.add_argument("--on-existing", default=OnExisting.ERROR.value, metavar="error|skip|update")
        parser.add_argument("--verify-only", action="store_true", help="check every row and write nothing")
        parser.add_argument("--json", action="store_true", help="print the report as JSON on the last line")

    def handle(self, **options: Any) -> None:
        """Import, and print the report. Raises SystemExit(2) when the file was refused, or the import broke off."""
        run = None
        options.setdefault("kind", self.kinds[0])
        try:
            run = _uploaded(options)
            _map(run, options)
            _work(run, Job.VERIFY)
            if not options["verify_only"]:
                _work(run, Job.IMPORT)
            report = {**_description(run), **_figures(run, options["verify_only"])}
        except Refused as error:
            refusal = Refused(_storable(error.reason), error.line)
            report = _refused(refusal, run)
            _keep(refusal, run)
        except Exception as error:  # whatever it is, a script reads one line of JSON and no traceback
            logger.warning("import of %s broke off: %r", options["file"], error)
            report = _broken_off(error, run)
        self._tell(report, options["json"])
        if "refused" in report:
            raise SystemExit(REFUSED)

    def _tell(self, report: dict[str, Any], as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(report, ensure_ascii=True))
            return
        if "refused" in report:
            self.stderr.write(str(report["refused"]))
        for error in report["errors"]:
            self.stdout.write(f"{error['line']}: {error['column'] or ''}: {error['message']}")
        if "refused" not in report or report["created"] or report["updated"]:
            self.stdout.write(", ".join(f"{report[name]} {name}" for name in COUNTS))


def _uploaded(options: dict[str, Any]) -> ImportRun:
    """Take the file as a run of the account, or raise Refused."""
    account = Account.objects.filter(slug=options["account"]).first()
    if account is None:
        raise Refused(_("There is no account with the slug “%(slug)s”.") % {"slug": options["account"]})
    user = _user(account, options["user"])
    try:
        with options["file"].open("rb") as file:
            run = uploading.start(account, user, file, options["kind"])
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Refused(_("The file cannot be read: %(reason)s.") % {"reason": reason}) from None
    run.options = {FROM_COMMAND_LINE: True}
    run.save(update_fields=["options"])
    return run


def _user(account: Account, email: str | None) -> User:
    """Return the admin who imports, or raise Refused: imports are for admins, whichever door they come by."""
    admins = User.objects.for_account(account).active().admins()
    user = (admins.filter(email=email.casefold()) if email else admins.order_by("pk")).first()
    if user is None:
        raise Refused(_("There is no such active admin in this account."))
    return user


def _map(run: ImportRun, options: dict[str, Any]) -> None:
    """Map by name, as remembered, or as the mapping file says; raise Refused when what is required is missing."""
    try:
        chosen = {int(place): field for place, field in mapping.proposed(run, suggestions=False).items()}
        if options["mapping"]:
            chosen = _overridden(chosen, _places(run, options["mapping"]))
        mapping.save(run, chosen, _options(run, options), remember=False)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from None


def _options_of(names: Sequence[str]) -> list[Option]:
    """Return the options of kinds, each once."""
    return list({option.name: option for name in names for option in kinds.get(name).options}.values())


def _options(run: ImportRun, given: dict[str, Any]) -> dict[str, Any]:
    """Return the options of the run; what one stands for may be given in any way that a cell may give it.

    Raises ValidationError for an option that the kind does not have.
    """
    kind = kinds.get(run.kind)
    own = {option.name: option for option in kind.options}
    answers: dict[str, Any] = {}
    for option in _options_of([other.key for other in kinds.everything()]):
        answer = given.get(option.name)
        if answer is not None and option.name not in own:
            words = {"option": f"--{option.name.replace('_', '-')}", "kind": kind.title}
            raise ValidationError(_("%(option)s is no option of %(kind)s.") % words)
        if option.name in own:
            mine = own[option.name]  # another kind may ask by the same name, and read the answer in its own way
            answers[option.name] = mine.default if answer is None else mine.read(answer) or ""
    return {**answers, "on_existing": given["on_existing"], FROM_COMMAND_LINE: True}


def _overridden(chosen: dict[int, str], explicit: dict[int, str]) -> dict[int, str]:
    """Return the mapping in which what was asked for wins over what was found."""
    asked = set(explicit.values())
    return {**{place: field for place, field in chosen.items() if field not in asked}, **explicit}


def _places(run: ImportRun, path: Path) -> dict[int, str]:
    """Return the mapping of a file {"header": "field"} by index of the column, or raise Refused."""
    try:
        given = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        raise Refused(_("The mapping file cannot be read as JSON.")) from None
    if not isinstance(given, dict) or not all(isinstance(field, str | None) for field in given.values()):
        raise Refused(_('The mapping file must hold one object: {"header": "field"}.'))
    by_spelling = {plain(label): place for place, label in reversed(list(enumerate(run.columns)))}
    by_label = {label: place for place, label in enumerate(run.columns)}
    places = {}
    for header, field in given.items():
        place = by_label.get(header.strip(), by_spelling.get(plain(header)))
        if place is None:
            raise Refused(_("The file has no column “%(header)s”.") % {"header": header[:200]})
        places[place] = field or ""
    return places


def _work(run: ImportRun, job: Job) -> None:
    """Do a job to its end. Raises what breaks it, and RuntimeError when somebody stopped it on its page."""
    jobs.do(run, job)
    if run.status != STATUS_AFTER_JOB[job]:
        raise RuntimeError(_("it was stopped, or another worker has taken it."))


def _description(run: ImportRun) -> dict[str, Any]:
    """Return how the file was read."""
    names = ("delimiter", "quotechar", "header_line")
    return {
        "file": run.file_name,
        "encoding": run.encoding,
        "dialect": {name: getattr(run.dialect, name) for name in names},
        "mapping": {run.columns[place]: field for place, field in run.places.items()},
        "blank": run.blanks,
    }


def _figures(run: ImportRun, verify_only: bool) -> dict[str, Any]:
    """Return what became of the rows, or would become of them."""
    found = totals(run)
    figures: dict[str, Any] = {
        "rows": found.new + found.update + found.skip + found.error,
        "created": run.created,
        "updated": run.updated,
        "skipped": found.skip,
        "failed": found.error,
    }
    if verify_only:
        figures |= {"verify_only": True, "will_create": found.new, "will_update": found.update}
    return figures | {"errors": list(_errors(run))}


def _errors(run: ImportRun) -> Iterator[dict[str, Any]]:
    failing = ImportRow.objects.filter(run=run).failing().values_list("number", "line", "errors")
    for number, line, errors in failing.iterator(chunk_size=1000):
        for error in errors:
            place = error.get("column")
            column = None if place is None else run.columns[place]
            field = error.get("field")
            yield {"row": number, "line": line, "column": column, "field": field, "message": error["message"]}


def _keep(refusal: Refused, run: ImportRun | None) -> None:
    """Let the history of imports say why nothing came of a file that was taken and not understood."""
    if run is not None:
        changes = {"refusal": refusal.reason[:500], "refusal_line": refusal.line, "status": Status.REFUSED}
        try:
            ImportRun.objects.filter(pk=run.pk, status=Status.UPLOADED).update(**changes)
        except DatabaseError as error:  # the report has been made already, and is what a script waits for
            logger.warning("why import %s was refused is not kept: %r", run.pk, error)


def _storable(text: str) -> str:
    """Return a text without what no database or terminal takes: NUL, halves of surrogate pairs."""
    return str(text).replace("\x00", "?").encode("utf-8", "replace").decode()


def _refused(refusal: Refused, run: ImportRun | None) -> dict[str, Any]:
    """Return the report of a file that was not taken."""
    nothing = {**dict.fromkeys(COUNTS, 0), "errors": []}
    return {"refused": refusal.reason, "line": refusal.line, **(_description(run) if run else {}), **nothing}


def _broken_off(error: Exception, run: ImportRun | None) -> dict[str, Any]:
    """Return the report of an import that broke off: the reason, and what had been written until then.

    The figures are None when the database no longer says.
    """
    reason = " ".join(error.messages) if isinstance(error, ValidationError) else error
    report = _refused(Refused(_storable(_("The import broke off: %(error)s") % {"error": reason})), run)
    if run is None:
        return report
    try:
        run.refresh_from_db()
        return report | (_figures(run, verify_only=False) if run.job == Job.IMPORT else {})
    except Exception as second:
        logger.warning("what was written of import %s is not known: %r", run.pk, second)
        return report | dict.fromkeys(COUNTS)
