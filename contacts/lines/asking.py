"""Asking Twilio to call or to write, once, and telling how that ended."""

import logging
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from twilio.base.exceptions import TwilioException

from contacts.lines.client import ended
from tesoro.outbox import State
from tesoro.secrecy import UnreadableError

log = logging.getLogger(__name__)
# A method of Twilio's SDK that sends, and what it is given.
Sending = tuple[Callable[..., Any], dict[str, Any]]


class NotSent(Exception):
    """Not sent, or nobody knows: ``state`` says which, ``words`` say why; ``code`` is Twilio's, if it gave one."""

    def __init__(self, state: State, words: str, code: Any = None) -> None:
        super().__init__(words)
        self.state = state
        self.words = words
        self.code = code


def ask(prepare: Callable[[], Sending], what: str) -> Any:
    """Ask Twilio for what ``prepare`` returns, and return its answer, which has a ``sid``. Raises NotSent.

    What breaks while it is prepared has failed, for nothing has left: a refusal in its own words, a fault of ours in
    the log, under the name ``what``.
    """
    send, given = _prepared(prepare, what)
    try:
        answer = send(**given)
    except Exception as error:
        state, words = ended(error)
        raise NotSent(state, words, getattr(error, "code", None)) from error
    if not answer.sid:
        raise NotSent(State.UNKNOWN, _("Twilio's answer could not be understood."))
    return answer


def _prepared(prepare: Callable[[], Sending], what: str) -> Sending:
    try:
        return prepare()
    except ValidationError as refusal:
        raise NotSent(State.FAILED, " ".join(refusal.messages)) from refusal
    except (UnreadableError, TwilioException) as error:
        raise NotSent(State.FAILED, ended(error)[1]) from error
    except Exception as error:
        # The kind of the error alone: its words may quote the token, or what was to be said.
        log.error("%s was not sent: %s", what, type(error).__name__)
        raise NotSent(State.FAILED, _("An error on our side: Twilio was not asked. Try again.")) from error
