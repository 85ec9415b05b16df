"""The composer at the foot of a thread: what may be written now, and if nothing, why."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict

from contacts.messaging.forms import FillingForm, MessageForm
from contacts.messaging.models import BODY_LIMIT, Channel, Message, Template, Wish
from contacts.messaging.models.template import PLACE
from contacts.messaging.rules import demand_sendable, number_of
from contacts.messaging.sending import send
from contacts.messaging.window import free_until
from tesoro.access import Request
from tesoro.posted import key


class Composer:
    """What the foot of a thread offers: ``mode`` is "free", "template" (one has to be chosen, or is) or "off"."""

    def __init__(self, request: Request, person: Any, channel: str) -> None:
        self.request = request
        self.person = person
        self.channel = channel
        self.data: QueryDict | None = request.POST if request.method == "POST" else None
        self.limit = BODY_LIMIT

    @cached_property
    def refusal(self) -> ValidationError | None:
        """Why nothing can be sent at all, or None."""
        try:
            demand_sendable(self.person, self.channel, templated=True)
        except ValidationError as error:
            return error
        return None

    @property
    def mode(self) -> str:
        """Which foot is shown."""
        if self.refusal:
            return "off"
        return "template" if self.chosen or self.needs_template else "free"

    @property
    def why(self) -> str:
        """The code of the refusal: "do_not_contact", "no_line" …"""
        return str(self.refusal.code) if self.refusal else ""

    @property
    def words(self) -> str:
        """The refusal as a sentence."""
        return " ".join(self.refusal.messages) if self.refusal else ""

    @property
    def is_sms(self) -> bool:
        """Whether SMS are written here."""
        return self.channel == Channel.SMS

    @cached_property
    def free_until(self) -> Any:
        """Until when free text may be sent on WhatsApp, or None."""
        return None if self.is_sms else free_until(self.person)

    @property
    def needs_template(self) -> bool:
        """Whether WhatsApp takes nothing but a template now."""
        return not self.is_sms and self.free_until is None

    @property
    def device_url(self) -> str:
        """What opens the device's own app with the person's number, unless they are not to be contacted."""
        number = number_of(self.person, self.channel)
        if not number or self.why == "do_not_contact":
            return ""
        return f"sms:{number}" if self.is_sms else f"https://wa.me/{number.removeprefix('+')}"

    @cached_property
    def templates(self) -> list[Template]:
        """The templates to choose from."""
        return list(Template.objects.for_account(self.person.account_id).by_title()) if not self.is_sms else []

    @cached_property
    def chosen(self) -> Template | None:
        """The template that the address bar or the form names."""
        named = key((self.data if self.data is not None else self.request.GET).get("template", ""))
        return next((template for template in self.templates if template.pk == named), None)

    @cached_property
    def form(self) -> Any:
        """The form of the mode."""
        if self.chosen:
            return FillingForm(self.data, template=self.chosen, auto_id="compose-%s")
        return MessageForm(self.data, auto_id="compose-%s")

    @property
    def typed(self) -> str:
        """What was written before sending became impossible."""
        return self.data.get("body", "") if self.data is not None and self.mode != "free" else ""

    @property
    def preview(self) -> list[tuple[str, str]]:
        """The chosen template in pieces: text, or the number of a variable with what was typed for it."""
        if self.chosen is None:
            return []
        typed: Mapping[str, str] = self.form.typed
        pieces = PLACE.split(self.chosen.body)
        # Every second piece is a number.
        return [("", piece) if at % 2 == 0 else (piece, typed.get(piece, "")) for at, piece in enumerate(pieces)]

    @cached_property
    def wish(self) -> Message | None:
        """The SMS by which the person told Twilio to stop, unless they have taken it back since."""
        if not self.is_sms:
            return None
        said = Message.with_trash.filter(person_id=self.person.pk).received(Channel.SMS).exclude(wish="").first()
        return said if said and said.wish == Wish.STOP else None

    def sent(self) -> bool:
        """Send what was written; False when something is wrong with it, which the form then says."""
        form = self.form
        if not form.is_valid():
            return False
        key_ = form.cleaned_data["form_key"]
        by, to = self.request.user, (self.person, self.channel)
        try:
            if self.chosen:
                send(*to, by=by, template=self.chosen, variables=form.typed, form_key=key_)
            else:
                send(*to, form.cleaned_data["body"], by=by, form_key=key_)
        except ValidationError as error:
            form.add_error(None, error)
            return False
        return True
