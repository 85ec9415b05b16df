"""Make an office without the sign-up page."""

import json
import secrets
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from accounts.models import Account, User
from accounts.offices import Office, open_office
from tesoro.setup import set_up_if_empty

PASSWORD_LENGTH = 8
REFUSED = 2


class Command(BaseCommand):
    """Whatever is wrong is refused with a reason and exit code 2; then nothing was made."""

    help = (
        "Make an office with an admin and agents, who can sign in at once. Without --password all of them get one "
        "that is made up and printed once. Refuses, with exit code 2, a slug or an address that is taken."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", metavar="NAME", help="name of the office")
        parser.add_argument("--slug", default="", help="short name for scripts; drawn from NAME when left out")
        parser.add_argument("--admin", required=True, metavar="EMAIL", help="address of its admin")
        parser.add_argument(
            "--agent", action="extend", nargs="+", default=[], metavar="EMAIL", help="addresses of agents; repeatable"
        )
        parser.add_argument("--password", metavar="PW", help="password of all of them, at least 8 characters")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            set_up_if_empty()
            self._make(options)
        except (ValidationError, DatabaseError) as error:
            reason = _reason(error)
            if options["json"]:
                self.stdout.write(json.dumps({"refused": reason}, ensure_ascii=False))
            raise CommandError(reason, returncode=REFUSED) from None

    def _make(self, options: dict[str, Any]) -> None:
        made_up = options["password"] is None
        password = secrets.token_urlsafe(12) if made_up else options["password"]
        office = _open(options["name"], options["slug"], options["admin"], options["agent"], password)
        said = _described(office) | ({"password": password} if made_up else {})
        if options["json"]:
            self.stdout.write(json.dumps(said, ensure_ascii=False))
            return
        self.stdout.write(f"{office.account.name} ({office.account.slug})")
        for user in (office.admin, *office.agents):
            self.stdout.write(f"  {user.get_role_display()}: {user.email}")
        if made_up:
            self.stdout.write(f"  Password of all: {password}")


def _open(name: str, slug: str, admin: str, agents: list[str], password: str) -> Office:
    if len(password) < PASSWORD_LENGTH:
        raise ValidationError({"password": _("A password has at least 8 characters.")})
    emails = [email for given in agents for email in given.split(",") if email.strip()]
    everybody = [email.strip().lower() for email in (admin, *emails)]
    if twice := next((email for email in everybody if everybody.count(email) > 1), ""):
        raise ValidationError({"email": _("%(email)s is given twice.") % {"email": twice}})
    account = Account(name=name, slug=slug)
    return open_office(account, User(email=admin), password, [User(email=email) for email in emails])


def _described(office: Office) -> dict[str, Any]:
    account = office.account
    return {
        "account": {"id": account.pk, "slug": account.slug, "name": account.name},
        "admin": office.admin.email,
        "agents": [agent.email for agent in office.agents],
    }


def _reason(error: ValidationError | DatabaseError) -> str:
    """Return what is wrong in one line, each field by its name."""
    if isinstance(error, DatabaseError):
        return _("The database does not answer as it should; is it migrated? (%(error)s)") % {"error": error}
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    return " ".join(f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items())
