"""What emails are drawn with: ``{% load emails %}``."""

from email.utils import parseaddr
from typing import Any

from django import template
from django.utils.html import linebreaks, urlize
from django.utils.safestring import SafeString, mark_safe

from contacts.emails.matching import bare_subject
from contacts.emails.sanitising import safe_html
from tesoro import markdown
from tesoro.outbox import State
from tesoro.text import collapse

register = template.Library()
GIST = 220
ICONS = {
    State.QUEUED: "clock",
    State.SENDING: "send",
    State.SENT: "check",
    State.FAILED: "circle-alert",
    State.UNKNOWN: "circle-question-mark",
    State.RECEIVED: "mail-open",
}
TONES = {State.FAILED: "bad", State.UNKNOWN: "warn"}


@register.filter
def state_icon(email: Any) -> str:
    """Return the icon of where an email is on its way."""
    return ICONS.get(State(email.state), "check")


@register.filter
def state_tone(email: Any) -> str:
    """Return "bad" or "warn" for an email that somebody has to look after."""
    return TONES.get(State(email.state), "")


@register.filter
def gist(email: Any) -> str:
    """Return the first words of an email on one line, without what an answer quotes."""
    if email.is_ours:
        return markdown.plain(email.body, GIST)
    own = [line for line in email.body.splitlines() if not line.lstrip().startswith(">")]
    words = collapse(" ".join(own))
    return words if len(words) <= GIST else words[: GIST - 1].rstrip() + "…"


@register.filter
def bare(address: str) -> str:
    """Return an address without the name around it."""
    return parseaddr(address)[1] or address


@register.filter
def own_subject(email: Any) -> str:
    """Return the subject of an email where it says anything else than its conversation's."""
    same = bare_subject(email.subject) == bare_subject(email.conversation.subject)
    return "" if same else email.subject


@register.filter
def content(email: Any) -> SafeString:
    """Draw the whole of an email, made safe: ours from Markdown, theirs from their HTML or plain text."""
    if email.is_ours:
        return markdown.render(email.body)
    if email.html:
        return safe_html(email.html)
    return mark_safe(linebreaks(urlize(email.body, nofollow=True, autoescape=True)))
