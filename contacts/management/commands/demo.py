"""Demo data for an empty database."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from accounts.models import Account
from contacts.demo import PASSWORD, SIGN_INS, make_demo


class Command(BaseCommand):
    help = "Make two offices of made-up people, where the database holds no account yet; otherwise do nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--contacts", type=int, default=500, help="contacts of the first office")
        parser.add_argument("--leads", type=int, default=99, help="leads of the first office")
        parser.add_argument("--others", type=int, default=40, help="contacts of the second office")

    def handle(self, *args: Any, contacts: int, leads: int, others: int, verbosity: int, **options: Any) -> None:
        made = make_demo(contacts=contacts, leads=leads, others=others)
        if not made and verbosity > 0:
            self.stdout.write("There is an account already: nothing was made. Demo data belongs in an empty database.")
        if made or Account.objects.filter(is_demo=True).exists():
            for email, who in SIGN_INS:
                self.stdout.write(f"{email}  {PASSWORD}  ({who})")
