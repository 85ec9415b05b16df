"""Verify: read the file, check every row once, and stage what was found. Nothing is written to people."""

import json
from collections.abc import Iterator
from typing import Any

from contacts.imports import bulk
from contacts.imports.carrying import Carried, Originals
from contacts.imports.checking import Checked, Checker
from contacts.imports.leases import Lease
from contacts.imports.models import ImportRow, ImportRun, Verdict
from contacts.imports.source import Record, Source

CHUNK_ROWS = bulk.CHUNK_ROWS
CHUNK_CHARACTERS = 4_000_000
ANALYZE_AFTER = (2, 10, 50)  # chunks

COLUMNS = (
    "account_id", "run_id", "number", "line", "cells", "originals", "faults", "values", "verdict", "errors",
    "error_fields", "email_key", "target",
)  # fmt: skip


def verify(run: ImportRun, lease: Lease) -> None:
    """Stage the rows from where the run stands to the end of the file, chunk by chunk.

    Cells corrected before are corrected again. Raises Refused where the file cannot be read on, Superseded or Stopped
    between chunks.
    """
    checker, carried = Checker(run), Carried(run)
    with run.opened() as file:
        source = Source(file, run.dialect)
        for count, records in enumerate(chunks(source, run.position), start=1):
            originals = carried.restore(records)
            tuples = [_staged(run, row, originals.get(row.record.line)) for row in checker.check(records)]
            with lease.chunk() as held:
                carried.drop(list(originals))
                bulk.insert(ImportRow, COLUMNS, tuples)
                held.checked += len(records)
                held.position = records[-1].line
            if count in ANALYZE_AFTER:
                bulk.analyze(ImportRow)


def chunks(source: Source, after: int = 0) -> Iterator[list[Record]]:
    """Yield the records behind line ``after`` in chunks that are limited in rows and in characters."""
    records: list[Record] = []
    characters = 0
    for record in source:
        if record.line <= after:
            continue
        records.append(record)
        characters += sum(map(len, record.cells))
        if len(records) >= CHUNK_ROWS or characters >= CHUNK_CHARACTERS:
            yield records
            records, characters = [], 0
    if records:
        yield records


def refresh(row: ImportRow, checked: Checked) -> None:
    """Put a new verdict on a staged row, without saving it."""
    row.verdict, row.errors, row.error_fields = checked.verdict, checked.errors, checked.error_fields
    row.values = checked.values if checked.verdict in (Verdict.NEW, Verdict.UPDATE) else {}
    row.email_key, row.target = checked.key, checked.target


def _staged(run: ImportRun, row: Checked, originals: Originals | None) -> tuple[Any, ...]:
    record = row.record
    good = row.verdict in (Verdict.NEW, Verdict.UPDATE)
    return (
        run.account_id,
        run.pk,
        record.number,
        record.line,
        json.dumps(record.cells, ensure_ascii=False),
        json.dumps(originals) if originals else "{}",
        json.dumps(record.faults) if record.faults else "{}",
        json.dumps(row.values) if good else "{}",
        str(row.verdict),
        json.dumps(row.errors) if row.errors else "[]",
        row.error_fields,
        row.key,
        row.target,
    )
