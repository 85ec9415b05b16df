"""Setting an installation up: what its database needs before anything can be kept in it."""

from django.core.management import call_command
from django.db import connection


def set_up_database() -> None:
    """Bring the tables up to date, the one of the shared cache too. Safe at any time."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)


def set_up_if_empty() -> None:
    """Set up a database that holds nothing yet; one with tables is its operator's to migrate."""
    if not connection.introspection.table_names():
        set_up_database()
