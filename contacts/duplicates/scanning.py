"""A scan's way through the people: started by an admin, done by a worker, handed on when that one dies or ends.

Each chunk is compared without holding anything; what it found, the progress and the heartbeat commit together, under
the fence of whoever holds the scan.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from contacts.duplicates import finding
from contacts.duplicates.finding import Chunk
from contacts.duplicates.models import Dismissal, Scan, State, Step, Suggestion
from contacts.duplicates.models.scan import HEARTBEAT_TIMEOUT

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 5  # in a row, without one chunk committed


class Superseded(Exception):
    """Another worker has taken the scan."""


def start(account: Any, *, by: Any) -> Scan:
    """Start a scan and queue its work; return the one that is under way where there is one already."""
    from contacts.duplicates.tasks import look

    running = Scan.objects.for_account(account).looking()
    try:
        with transaction.atomic():
            if scan := running.first():
                return scan
            scan = Scan.objects.create(account=account, by=by, total=finding.effort(account))
            look.enqueue(scan.pk)
            return scan
    except IntegrityError:  # somebody else pressed at the same moment
        return running.get()


def newest(account: Any) -> Scan | None:
    """Return the account's last scan, under way or over."""
    scan: Scan | None = Scan.objects.for_account(account).order_by("-id").first()
    return scan


def work(scan_id: int, ending: Callable[[], bool] = lambda: False) -> None:
    """Look to the end. Whatever calls it, and however often, one works.

    ``ending`` is asked after each chunk; when it is true, the scan is handed to the next worker.
    """
    scan = _claim(scan_id)
    if scan is None:
        return
    try:
        while scan.is_looking:
            _commit(scan, finding.look(scan))
            if ending():
                _hand_on(scan)
                return
    except Superseded:
        logger.info("scan %s: another worker has taken over", scan.pk)
    except Exception:
        logger.exception("scan %s failed in %s behind %s", scan.pk, scan.step, scan.position)
        _hand_on(scan)


def _claim(scan_id: int) -> Scan | None:
    """Take a scan that waits, or whose worker has died; after several attempts in vain it needs attention."""
    with transaction.atomic():
        scan = Scan.objects.select_for_update().filter(pk=scan_id).looking().first()
        if scan is None or scan.is_held:
            return None
        scan.attempts, scan.fence, scan.heartbeat_at = scan.attempts + 1, scan.fence + 1, timezone.now()
        scan.claimed = scan.attempts <= MOST_ATTEMPTS
        if not scan.claimed:
            scan.state, scan.finished_at = State.ATTENTION, timezone.now()
        scan.save()
        return scan if scan.claimed else None


def _commit(scan: Scan, chunk: Chunk) -> None:
    """Store what a chunk brought and where to go on, or raise Superseded."""
    with transaction.atomic():
        held = Scan.objects.select_for_update().filter(pk=scan.pk, fence=scan.fence).looking()
        if not held.exists():
            raise Superseded
        finding.keep(scan, chunk.found)
        scan.compared += chunk.compared
        scan.position = chunk.position or []
        if chunk.position is None:
            _step_on(scan)
        scan.heartbeat_at, scan.attempts = timezone.now(), 0
        scan.save()


def _step_on(scan: Scan) -> None:
    """Go on to the next step; behind the last the scan is over, and what older ones found is let go."""
    steps = list(Step)
    if scan.step != steps[-1]:
        scan.step = steps[steps.index(Step(scan.step)) + 1]
        return
    scan.state, scan.finished_at, scan.claimed = State.DONE, timezone.now(), False
    lost = Q(one=None) | Q(two=None)
    for pairs in (Suggestion.objects, Dismissal.objects):
        pairs.for_account(scan.account_id).filter(lost).delete()
    Scan.objects.for_account(scan.account_id).exclude(pk=scan.pk).delete()
    finding.keep_surest(scan)


def _hand_on(scan: Scan) -> None:
    from contacts.duplicates.tasks import look

    with transaction.atomic():
        if Scan.objects.filter(pk=scan.pk, fence=scan.fence).looking().update(claimed=False):
            look.enqueue(scan.pk)


def abandoned(queued: set[int]) -> list[int]:
    """Return the scans whose worker has died, or whose task was lost, and mark them as waiting from now."""
    now = timezone.now()
    with transaction.atomic():
        silent = Scan.objects.select_for_update().looking().filter(heartbeat_at__lt=now - HEARTBEAT_TIMEOUT)
        scans = list(silent.exclude(claimed=False, pk__in=queued).values_list("pk", flat=True))
        Scan.objects.filter(pk__in=scans).update(claimed=False, heartbeat_at=now, fence=F("fence") + 1)
    return scans
