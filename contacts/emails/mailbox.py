"""Collecting answers from an office's own mailbox: what is new, by UID, and only what concerns somebody.

Nothing in the mailbox is changed or marked as read. Of mail that concerns nobody only the headers are looked at, and
nothing of it is kept.
"""

import imaplib
import logging
from datetime import timedelta
from email.message import Message
from typing import Any

from django.db import InterfaceError, OperationalError
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from imap_tools import AND, MailMessage
from imap_tools.errors import MailboxFetchError

from contacts.emails.imap import MOST_BYTES, TROUBLE, Mailbox, opened, reason
from contacts.emails.models import MailServer
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
    look.note(imap_failure=failure)
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
        """File what is new and concerns somebody; note how far that got after each mail, and after each chunk."""
        uids = self._new(box)
        for start in range(0, len(uids), CHUNK):
            chunk = uids[start : start + CHUNK]
            for found in _heads(box, chunk):
                if _is_wanted(found.obj, self.server):
                    self.filed += self._file(box, found)
                    self.note(imap_uid=int(found.uid or 0))
            self.note(imap_uid=chunk[-1])
            if ending.is_set():
                return

    def note(self, **progress: Any) -> None:
        """Store how far it got. A mailbox that an admin has replaced meanwhile is not touched."""
        same = {name: getattr(self.server, name) for name in ("pk", "imap_host", "imap_user", "imap_folder")}
        MailServer.objects.filter(**same).update(imap_looked_at=timezone.now(), **progress)
        for name, value in progress.items():
            setattr(self.server, name, value)

    def _new(self, box: Mailbox) -> list[int]:
        """Return the UIDs to look at, of a mailbox that was never looked into those since yesterday."""
        server = self.server
        if server.imap_validity == box.validity:
            after = box.numbered(f"UID {server.imap_uid + 1}:*")
            return [uid for uid in after if uid > server.imap_uid][:MOST_AT_ONCE]
        since = timezone.now() - (FIRST_LOOK if server.imap_validity is None else NEW_NUMBERS)
        recent = box.numbered(str(AND(date_gte=since.date())))
        self.note(imap_validity=box.validity, imap_uid=recent[0] - 1 if recent else box.latest)
        return recent[:MOST_AT_ONCE]

    def _file(self, box: Mailbox, found: MailMessage) -> bool:
        """File one mail; one that cannot be read is logged and passed by."""
        message, missing = self._whole(box, found)
        try:
            return receive(message, account=self.server.account, missing=missing) is not None
        except (OperationalError, InterfaceError, OSError):
            raise  # ours: the next look tries again
        except Exception:
            log.exception("Mail %s in the mailbox of server %s was passed by", found.uid, self.server.pk)
            return False

    def _whole(self, box: Mailbox, found: MailMessage) -> tuple[Message, str]:
        """Return a mail, or its headers alone and what is to be said about the rest."""
        if found.size_rfc822 > MOST_BYTES:
            return found.obj, _("All but the subject: the email is larger than 30 MB. Open it in your mailbox.")
        try:
            for fetched in box.mails([int(found.uid or 0)], heads=False):
                return fetched.obj, ""
        except TROUBLE as error:
            if not self._suspicious and not isinstance(error, MailboxFetchError):
                raise
            log.warning("Mail %s in the mailbox of server %s was not handed out", found.uid, self.server.pk)
        finally:
            self._suspicious = False
        return found.obj, _("All but the subject: the mail server did not hand it out. Open it in your mailbox.")


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
