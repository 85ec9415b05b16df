"""The migrated database, made once and copied for each worker: to migrate takes a worker ten seconds and more.

It is kept for the next run, under a name drawn from the migrations, and the copy is brought up to date as ever.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

PREFIX = "test_migrated_"


def copy_for_tests():
    """Put a copy of the migrated database where this worker's test database is to be."""
    name = connection.creation._get_test_db_name()
    with _alone():
        if connection.vendor == "sqlite":
            Path(name).unlink(missing_ok=True)
            shutil.copyfile(_file(), name)
        else:
            model = _database()
            with _maintenance() as server:
                server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
                pair = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
                server.execute(pair.format(sql.Identifier(name), sql.Identifier(model)))


def drop_copy():
    """Take this worker's test database away, whoever is still connected to it."""
    name = connection.settings_dict["NAME"]
    connection.close()
    if connection.vendor == "postgresql":
        with _maintenance() as server:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def _alone():
    """Wait for the other workers of this machine."""
    with (Path(settings.VAR_DIR) / "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _fingerprint():
    """Return what changes with any migration of ours, and with any package."""
    root, seen = Path(settings.BASE_DIR), hashlib.sha256()
    files = [root / "requirements.txt", *sorted(root.glob("*/**/migrations/*.py"))]
    for path in [path for path in files if ".venv" not in path.parts]:
        seen.update(path.read_bytes())
    return seen.hexdigest()[:16]


def _file():
    """Return the file of the migrated database, made if there is none."""
    path = Path(settings.VAR_DIR) / f"{PREFIX}{_fingerprint()}.sqlite3"
    if not path.exists():
        draft = path.with_suffix(".draft")
        draft.unlink(missing_ok=True)
        _migrate(f"sqlite:///{draft}")
        draft.rename(path)
    return path


def _database():
    """Return the name of the migrated database of the server, made if there is none; older ones are dropped."""
    name = PREFIX + _fingerprint()
    with _maintenance() as server:
        known = [
            one for (one,) in server.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{PREFIX}%"])
        ]
        for old in known:
            if old != name:
                server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(old)))
        if name in known:
            return name
        draft = f"{name}_draft"
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(draft)))
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(draft)))
        _migrate(_url(draft))
        server.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(draft), sql.Identifier(name)))
    return name


def _migrate(url):
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, check=True, cwd=settings.BASE_DIR, env=os.environ | {"DATABASE_URL": url})


def _url(name):
    details = connection.settings_dict
    return f"postgres://{details['USER']}:{details['PASSWORD']}@{details['HOST']}:{details['PORT'] or 5432}/{name}"


def _maintenance():
    """Return a connection to the server itself; a database is made and dropped from outside."""
    return psycopg.connect(_url("postgres"), autocommit=True)
