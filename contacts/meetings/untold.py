"""Saying who was invited and may not be told that it changed: somebody of the office has to."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _


def tell_untold(request: HttpRequest, names: list[str]) -> None:
    """Warn on the next page that no email went to these people."""
    if names:
        text = _("No email went to %(names)s, who may not be written to.")
        messages.warning(request, text % {"names": ", ".join(names)})
