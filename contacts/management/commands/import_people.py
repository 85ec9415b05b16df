"""Import a file of contacts or leads from the command line."""

from contacts.imports.command import HELP, ImportCommand


class Command(ImportCommand):
    help = f"Import contacts, or leads, from a CSV file. {HELP}"
    kinds = ("contact", "lead")
