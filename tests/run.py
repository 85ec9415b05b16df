"""``make test``: the whole suite, on SQLite and on PostgreSQL, with a real browser.

With DATABASE_URL set, that database alone is used. Otherwise SQLite comes first and PostgreSQL second: CI demands a
server at TEST_POSTGRES_URL (by default the local one), elsewhere it is used where TEST_POSTGRES_URL names it. What is
left out is said.

What a page looks like and how it answers to keys does not depend on the database: of the browser tests, the second
run takes those marked ``database``, which go through the whole of a job. ``-m ""`` takes all.
"""

import os
import subprocess
import sys
import tempfile

from tests.browser import find_chromium

LOCAL_POSTGRES = "postgres://postgres@127.0.0.1:5432/test"


def suite(name: str, *options: str, **environment: str) -> int:
    """Run the suite once and return pytest's exit code."""
    print(f"\n== {name} {' '.join(options)}==", flush=True)
    with tempfile.TemporaryDirectory() as var:
        # What is compiled once is kept: to write out the assertions of all tests anew takes each worker seconds.
        env = os.environ | {"VAR_DIR": var, "PYTHONDONTWRITEBYTECODE": ""} | environment
        return subprocess.call(
            [sys.executable, "-m", "pytest", "-q", "-n", "3", "--dist", "worksteal", *options, *sys.argv[1:]], env=env
        )


def main() -> int:
    """Run what can be run here and return 0 when all of it passed."""
    ci = os.environ.get("CI") == "true"
    if not find_chromium():
        print("No chromium found: the browser tests are left out." if not ci else "No chromium found: CI demands it.")
        if ci:
            return 1
    if os.environ.get("DATABASE_URL"):
        return suite(os.environ["DATABASE_URL"].partition(":")[0])
    codes = [suite("SQLite")]
    postgres = os.environ.get("TEST_POSTGRES_URL") or (LOCAL_POSTGRES if ci else "")
    if postgres:
        codes.append(suite("PostgreSQL", "-m", "not browser or database", DATABASE_URL=postgres))
    else:
        print("\nPostgreSQL left out: name a server by TEST_POSTGRES_URL=postgres://user@host:port/database")
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
