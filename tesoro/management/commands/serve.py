"""``manage.py serve``: set up what is missing, then run web and workers until Ctrl-C. ``make run`` calls it."""

import argparse
import hashlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from tesoro.setup import set_up_database

HOST = "127.0.0.1"
READY_SECONDS = 60


class Command(BaseCommand):
    help = "Set up the database, demo data and static files where they are missing, then run web server and workers."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-demo", action="store_true", help="leave an empty database empty")

    def handle(self, *args: Any, port: int, no_demo: bool, **options: Any) -> None:
        _demand_free(port)
        set_up_database()
        if not no_demo:
            call_command("demo", verbosity=0, stdout=self.stdout)
        collect_if_changed()
        sys.exit(run_until_stopped(port, self.stdout.write))


def _demand_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError):
            raise CommandError(f"Port {port} is taken or not allowed. Choose another: make run PORT=8123") from None


def collect_if_changed() -> None:
    """Collect the static files when a source or the lock has changed since the last time."""
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    state = _state_of_sources()
    if not stamp.exists() or stamp.read_text() != state:
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(state)


def _state_of_sources() -> str:
    files = [settings.BASE_DIR / "requirements.txt", *sorted((settings.BASE_DIR / "static").rglob("*.*"))]
    seen = hashlib.sha256()
    for path in files:
        seen.update(f"{path.name} {path.stat().st_mtime_ns} {path.stat().st_size}\n".encode())
    return seen.hexdigest()


def run_until_stopped(port: int, say: Any) -> int:
    """Run web and workers until Ctrl-C, or until make or the web server is gone; a worker that fails is started again.

    Returns the exit code.
    """
    parent = os.getppid()
    address = f"http://{HOST}:{port}/"
    environment = os.environ | {"PUBLIC_URL": os.environ.get("PUBLIC_URL", address.rstrip("/"))}
    gunicorn = [sys.executable, "-m", "gunicorn", "tesoro.wsgi", "--bind", f"{HOST}:{port}", "--no-control-socket"]
    workers = os.environ.get("WEB_WORKERS", "2")
    web = [*gunicorn, "--log-level", "warning", "--workers", workers, "--threads", "4", "--timeout", "120"]
    # A large import must not hold up a mail: it has a worker of its own.
    worker = [sys.executable, "manage.py", "worker", "--queue"]
    commands = {"web": web, **{queue: [*worker, queue] for queue in settings.TASKS["default"]["QUEUES"]}}
    processes = {name: _started(command, environment) for name, command in commands.items()}
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    if _answers(address, processes["web"]):
        say(f"\nTesoro runs at {address}   Ctrl-C stops it.\n")
    while not stopping.wait(0.2) and os.getppid() == parent and processes["web"].poll() is None:
        for name in [name for name, process in processes.items() if name != "web" and process.poll()]:
            processes[name] = _started(commands[name], environment)  # it failed; what it had in hand waits
    _end(processes.values())
    return max(abs(process.wait()) for process in processes.values())


def _started(command: list[str], environment: dict[str, str]) -> Any:
    return subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, start_new_session=True)


def _answers(address: str, web: Any) -> bool:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and web.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}healthz", timeout=2):  # noqa: S310  (our own loopback address)
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    return False


def _end(processes: Iterable[Any]) -> None:
    for process in processes:
        if process.poll() is None:
            process.terminate()
