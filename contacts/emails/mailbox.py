"""Collecting answers from an office's own mailbox: what is new, by UID, and only what concerns somebody.

Nothing in the mailbox is changed or marked as read. Of mail that concerns nobody only the headers are looked at, and
nothing of it is kept.
"""

import imaplib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email.message import Message

from django.db import InterfaceError, OperationalError
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from imap_tools import AND, MailMessage
from imap_tools.errors import MailboxFetchError

from contacts.emails.imap import MOST_BYTES, TROUBLE, Mailbox, opened, reason
from contacts.emails.models import MailServer
from contacts.emails.parsing import head_alone
from contacts.emails.reading import head_of
from contacts.emails.receiving import concerns, receive
from tesoro.emails import email_key
from tesoro.tasks import ending

CHUNK = 50
MOST_AT_ONCE = 1_000
FIRST_LOOK = timedelta(days=1)
NEW_NUMBERS = timedelta(days=7)  # when the server has numbered a mailbox anew, what of it was seen is not known

log = logging.getLogger(__name__)


def collect(server: MailServer) -> int:
    """File what is new in the mailbox and return how many mails that were.

    What goes wrong is told by ``imap_failure``, and the next look goes on where this one ended. A mail that cannot be
    read is logged and passed by. Only trouble with our own database or disk is raised.
    """
    look, failure = _Look(server), ""
    with translation.override(server.account.language):
        try:
            with opened(server) as box:
                look.take(box)
        except TROUBLE as error:
            failure = reason(error, server)
            log.warning("The mailbox of server %s was not read: %s", server.pk, type(error).__name__)
    look.end(failure)
    return look.filed


def test(server: MailServer) -> str:
    """Open the folder and close it again; return what went wrong, in words, or "" when the connection works."""
    try:
        with opened(server):
            return ""
    except TROUBLE as error:
        return reason(error, server)


class _Look:
    """One look into a mailbox, and how far it got."""

    def __init__(self, server: MailServer) -> None:
        self.server = server
        self.filed = 0
        # The last look broke off. If this one does too, at the first mail it asks for, that mail is why.
        self._suspicious = bool(server.imap_failure)

    def take(self, box: Mailbox) -> None:
        """File what is new and concerns somebody; store how far that got after each mail, and after each chunk."""
        uids = self._new(box)
        for start in range(0, len(uids), CHUNK):
            chunk = uids[start : start + CHUNK]
            for found in _heads(box, chunk):
                if self._wants(found):
                    self.filed += self._file(box, found)
                    self._reach(int(found.uid or 0))
            self._reach(chunk[-1])
            if ending.is_set():
                return

    def end(self, failure: str) -> None:
        """Store that it ended, and how, and give the lease back."""
        self._rows().update(imap_looked_at=timezone.now(), imap_failure=failure)
        self._rows().filter(imap_leased_until=self.server.imap_leased_until).update(imap_leased_until=None)

    def _reach(self, uid: int) -> None:
        """Store that all up to ``uid`` was seen, where that is further: who was overtaken sets nothing back."""
        self._rows().filter(imap_validity=self.server.imap_validity, imap_uid__lt=uid).update(imap_uid=uid)
        self.server.imap_uid = uid

    def _begin(self, validity: int, uid: int) -> None:
        """Store that the mailbox is numbered anew, and where in it to begin, unless another look has done so."""
        self._rows().exclude(imap_validity=validity).update(imap_validity=validity, imap_uid=uid)
        self.server.imap_validity, self.server.imap_uid = validity, uid

    def _rows(self) -> QuerySet[MailServer]:
        """Return the server, unless an admin has replaced the mailbox meanwhile."""
        same = {name: getattr(self.server, name) for name in ("pk", "imap_host", "imap_user", "imap_folder")}
        return MailServer.objects.filter(**same)

    def _new(self, box: Mailbox) -> list[int]:
        """Return the UIDs to look at, of a mailbox that was never looked into those since yesterday."""
        server = self.server
        if server.imap_validity == box.validity:
            after = box.numbered(f"UID {server.imap_uid + 1}:*")
            return [uid for uid in after if uid > server.imap_uid][:MOST_AT_ONCE]
        since = timezone.now() - (FIRST_LOOK if server.imap_validity is None else NEW_NUMBERS)
        recent = box.numbered(str(AND(date_gte=since.date())))
        self._begin(box.validity, recent[0] - 1 if recent else box.latest)
        return recent[:MOST_AT_ONCE]

    def _file(self, box: Mailbox, found: MailMessage) -> bool:
        """File one mail, and say whether that was possible."""
        message, missing = self._whole(box, found)
        with self._passing_by(found):
            return receive(message, account=self.server.account, missing=missing) is not None
        return False

    def _wants(self, found: MailMessage) -> bool:
        """Whether a mail is to be filed, as far as its headers can be read."""
        with self._passing_by(found):
            return _is_wanted(found.obj, self.server)
        return False

    @contextmanager
    def _passing_by(self, found: MailMessage) -> Iterator[None]:
        """Log whatever goes wrong over a mail, so that it holds up no other. Trouble of our own is raised."""
        try:
            yield
        except (OperationalError, InterfaceError, OSError):
            raise  # the next look tries again
        except Exception:
            log.exception("Mail %s in the mailbox of server %s was passed by", found.uid, self.server.pk)

    def _whole(self, box: Mailbox, found: MailMessage) -> tuple[Message, str]:
        """Return a mail, or its headers alone and what is to be said about the rest."""
        if found.size_rfc822 > MOST_BYTES:
            return head_alone(found.obj), _("All but the subject: it is larger than 30 MB. Open it in your mailbox.")
        try:
            for fetched in box.mails([int(found.uid or 0)], heads=False):
                return fetched.obj, ""
        except TROUBLE as error:
            if not self._suspicious and not isinstance(error, MailboxFetchError):
                raise
            log.warning("Mail %s in the mailbox of server %s was not handed out", found.uid, self.server.pk)
        except Exception as error:
            log.warning("Mail %s in server %s cannot be read: %s", found.uid, self.server.pk, type(error).__name__)
            return head_alone(found.obj), ""
        finally:
            self._suspicious = False
        missing = _("All but the subject: the mail server did not hand it out. Open it in your mailbox.")
        return head_alone(found.obj), missing


def _heads(box: Mailbox, uids: list[int]) -> list[MailMessage]:
    """Return the headers of mails, in order, without those that cannot be read."""
    try:
        found = list(box.mails(uids, heads=True))
    except (OSError, imaplib.IMAP4.error):
        raise
    except Exception:
        log.exception("Mails of a mailbox are read one by one")
        found = [head for uid in uids for head in _head(box, uid)]
    return sorted((head for head in found if head.uid), key=lambda head: int(head.uid or 0))


def _head(box: Mailbox, uid: int) -> list[MailMessage]:
    try:
        return list(box.mails([uid], heads=True))
    except (OSError, imaplib.IMAP4.error):
        raise
    except Exception:
        log.exception("Mail %s of a mailbox was passed by", uid)
        return []


def _is_wanted(message: Message, server: MailServer) -> bool:
    """Whether a mail concerns somebody, and is not the office's own that lies in its mailbox too."""
    own = bool(server.sender) and email_key(head_of(message).sender) == email_key(server.sender)
    return not own and concerns(message, server.account)
