"""Import a file of deals from the command line."""

from contacts.imports.command import HELP, ImportCommand


class Command(ImportCommand):
    help = f"Import deals from a CSV file. {HELP}"
    kinds = ("deal",)
