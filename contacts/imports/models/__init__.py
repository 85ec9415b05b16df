"""What an import keeps: the run, its rows, and mappings remembered for the next file."""

from contacts.imports.models.mapping import RememberedMapping
from contacts.imports.models.row import ImportRow, Verdict
from contacts.imports.models.run import ImportRun, Job, OnExisting, Status

__all__ = ["ImportRow", "ImportRun", "Job", "OnExisting", "RememberedMapping", "Status", "Verdict"]
