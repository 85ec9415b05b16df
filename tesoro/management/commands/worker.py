"""``manage.py worker``: do the work in the background, and what falls due."""

import argparse
import logging
import os
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand
from django.db import OperationalError, close_old_connections
from django.utils.crypto import get_random_string
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS
from django_tasks_db.management.commands.db_worker import Worker

from tesoro.phones import warm_patterns
from tesoro.tasks import ending, tick

TICK_SECONDS = 30
RETRY_SECONDS = 2
logger = logging.getLogger(__name__)


class TesoroWorker(Worker):
    """The package's worker, which also tells a running task that it shall hand over."""

    def shutdown(self, signum: int, frame: Any) -> None:
        """Finish the chunk in hand, then end; a second signal ends at once."""
        ending.set()
        super().shutdown(signum, frame)


class Command(BaseCommand):
    help = "Work in the background: imports and mail. End it with Ctrl-C or SIGTERM: it finishes the chunk in hand."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due and queued, then end")
        parser.add_argument("--queue", action="append", help="work on this queue alone; may be repeated")
        parser.add_argument("--interval", type=float, default=1.0, help="seconds between two looks at the queue")

    def handle(self, *args: Any, once: bool, interval: float, queue: list[str] | None, **options: Any) -> None:
        warm_patterns()
        tick()
        threading.Thread(target=_tick_for_ever, name="tick", daemon=True).start()
        worker = TesoroWorker(
            queue_names=queue or ["*"],
            interval=interval,
            batch=once,
            backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            startup_delay=False,
            max_tasks=None,
            worker_id=f"{os.getpid()}-{get_random_string(8)}",
            excluded_queue_names=[],
        )
        signal.signal(signal.SIGINT, worker.shutdown)
        signal.signal(signal.SIGTERM, worker.shutdown)
        while True:
            try:
                worker.run()
                return
            except OperationalError:  # the database was locked or away for longer than it waits
                logger.exception("the worker goes on in a moment")
                close_old_connections()
                if ending.wait(RETRY_SECONDS):
                    return


def _tick_for_ever() -> None:
    while not ending.wait(TICK_SECONDS):
        tick()
