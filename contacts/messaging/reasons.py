"""Why Twilio did not deliver: its codes in the words of an agent, with what to do next."""

from typing import Any

from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

_NO_MOBILE = _("This number cannot receive SMS: it is a landline, or not reachable by SMS.")
_NO_NUMBER = _("There is no such number. Check the digits.")
_OFF = _("The phone is switched off or out of reach. Try again later.")
_FILTERED = _("The network took it for advertising and did not deliver it. Write it in other words.")
_TOO_FAST = _("Too much was sent at once. Try again later.")
_OWN_NUMBER = _("Twilio does not let the office's number send this. An admin checks the numbers in the settings.")
_SIGN_IN = _("Twilio refuses the office's sign-in. An admin checks SID and token in the settings.")
_NO_WHATSAPP = _("This number is not on WhatsApp.")
_WINDOW = _("More than 24 hours have passed since the last message from this person. Choose a template.")
_TEMPLATE = _("WhatsApp does not accept this template. An admin checks it at Twilio.")

REASONS: dict[int, Any] = {
    20003: _SIGN_IN,
    20429: _TOO_FAST,
    21211: _NO_NUMBER,
    21217: _NO_NUMBER,
    21408: _("Sending to this country is switched off at Twilio. An admin allows it there, under Geo permissions."),
    21606: _OWN_NUMBER,
    21608: _("The office's Twilio account is a trial: it sends to verified numbers only."),
    21610: _("This person wrote STOP. Twilio sends them no SMS until they write START."),
    21612: _OWN_NUMBER,
    21614: _NO_MOBILE,
    21617: _("The text is too long. Shorten it."),
    21656: _TEMPLATE,
    30001: _TOO_FAST,
    30002: _("The office's Twilio account is suspended. An admin looks there."),
    30003: _OFF,
    30004: _("The network or the person blocks messages from the office."),
    30005: _NO_NUMBER,
    30006: _NO_MOBILE,
    30007: _FILTERED,
    30008: _("The network did not deliver it and does not say why. Try again later."),
    63003: _NO_WHATSAPP,
    63007: _OWN_NUMBER,
    63013: _("WhatsApp's rules do not allow this message."),
    63015: _("This person has not joined the WhatsApp sandbox of the office's Twilio account."),
    63016: _WINDOW,
    63018: _TOO_FAST,
    63024: _NO_WHATSAPP,
    63032: _("WhatsApp does not show this person such messages at the moment."),
}


def reason(code: Any, words: str = "") -> str:
    """Return why, for a code of Twilio's; an unknown one is named, with Twilio's own ``words`` where there are some."""
    number = int(code) if str(code).isascii() and str(code).isdecimal() and len(str(code)) < 10 else 0
    if number in REASONS:
        return now_("%(reason)s (Twilio %(code)d)") % {"reason": REASONS[number], "code": number}
    if not number:
        return words or now_("Twilio does not say why.")
    named = now_("Twilio error %(code)d") % {"code": number}
    return f"{named}: {words}" if words else named
