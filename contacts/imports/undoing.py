"""Undo: move what a run created to the trash. What it updated stays as it is, and companies that somebody uses."""

from contacts.imports import kinds
from contacts.imports.leases import Lease
from contacts.imports.models import ImportRun

CHUNK_ROWS = 1000


def undo(run: ImportRun, lease: Lease) -> None:
    """Trash, chunk by chunk, every live record that the run created, each with its event by whoever undid the run.

    Raises Superseded, Stopped or Interrupted between chunks.
    """
    kind = kinds.get(run.kind)
    left = True
    while left:
        with lease.chunk() as held:
            made = kind.made_by(held)
            ids = list(made.order_by("pk").values_list("pk", flat=True)[:CHUNK_ROWS])
            held.undone += kind.trash(made.filter(pk__in=ids), held.undone_by) if ids else 0
            left = bool(ids)
            if not left:
                kind.trash_beside(held, held.undone_by)
