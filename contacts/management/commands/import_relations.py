"""Import a file of relations from the command line."""

from contacts.imports.command import HELP, ImportCommand


class Command(ImportCommand):
    help = f"Import relations from a CSV file. {HELP}"
    kinds = ("relation",)
