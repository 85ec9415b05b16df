"""Writing an email: subject, text, files. The rules of the texts are the model's."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from contacts.attachments.models import Attachment
from contacts.emails.models import Conversation, Email
from contacts.emails.models.email import BODY_LIMIT

MOST_OFFERED = 30
SUBJECT = Email._meta.get_field("subject")
BODY = Email._meta.get_field("body")


class Uploads(forms.FileInput):
    """Several files at once."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return all of them."""
        return files.getlist(name) if files else []


class UploadsField(forms.Field):
    """The files themselves are judged where they are kept: ``contacts.attachments.attaching``."""

    widget = Uploads({"multiple": True})


class FilesField(forms.ModelMultipleChoiceField):
    """Files of the person or the deal, by name and size."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        """Return what stands beside the box."""
        return f"{obj.name} ({filesizeformat(obj.size)})"


class EmailForm(forms.Form):
    """An email to a person; an answer takes the subject of its conversation.

    ``on`` is the record on whose page it is written, if that is not the person: its files can go along.
    """

    subject = SUBJECT.formfield(label=_("Subject"))
    body = BODY.formfield(label=_("Message"), required=True, error_messages={"required": _("Message is missing.")})
    attachments = FilesField(label=_("Files of this person"), queryset=Attachment.objects.none(), required=False)
    uploads = UploadsField(label=_("Files from your computer"), required=False)

    def __init__(
        self, *args: Any, person: Any, conversation: Conversation | None = None, on: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        # For the counter. The rule itself is the model's, which counts after cleaning.
        self.fields["body"].max_length = BODY_LIMIT  # type: ignore[attr-defined]
        self.fields["body"].widget.attrs |= {"rows": 8, "placeholder": _("Markdown: **bold**, lists, links.")}
        if conversation is not None:
            del self.fields["subject"]
        self._offer_files(on or person)

    def _offer_files(self, subject: Any) -> None:
        files = subject.attachment_set.order_by("-created_at", "-pk")
        offered = list(files.values_list("pk", flat=True)[:MOST_OFFERED])
        field: Any = self.fields["attachments"]
        field.queryset = files.filter(pk__in=offered)
        if subject.subject == "deal":
            field.label = _("Files of this deal")

    @property
    def addressee(self) -> Any:
        """Whom a valid form writes to."""
        return self.person

    @property
    def offers_files(self) -> bool:
        """Whether there are files to choose from."""
        return bool(self["attachments"].field.choices)  # type: ignore[attr-defined]

    @property
    def has_files(self) -> bool:
        """Whether files were chosen, or something is wrong with them."""
        return bool(self["attachments"].value() or {"attachments", "uploads"} & set(self.errors))

    def clean_subject(self) -> str:
        """Return the subject as it is stored, or raise what is wrong with it."""
        return str(SUBJECT.clean(self.cleaned_data["subject"], None))  # type: ignore[attr-defined]

    def clean_body(self) -> str:
        """Return the text as it is stored, or raise what is wrong with it."""
        body = str(BODY.clean(self.cleaned_data["body"], None))  # type: ignore[attr-defined]
        if not body:
            raise ValidationError(self.fields["body"].error_messages["required"], code="required")
        return body

    def clean(self) -> dict[str, Any] | None:
        """Tell who chose files that a browser gives only once."""
        if self.errors and self.cleaned_data.get("uploads"):
            self.add_error("uploads", ValidationError(_("Choose these files again, please."), code="again"))
        return self.cleaned_data


class AddressedForm(EmailForm):
    """An email from the page of a record to one of several people: ``people`` by what they are called there."""

    to = forms.ChoiceField(
        label=_("To"),
        error_messages={"required": _("Choose whom to write to."), "invalid_choice": _("Choose whom to write to.")},
    )
    field_order = ["to"]

    def __init__(self, *args: Any, people: Mapping[Any, str], **kwargs: Any) -> None:
        super().__init__(*args, person=None, **kwargs)
        self.people = {str(person.pk): person for person in people}
        to: Any = self.fields["to"]
        to.choices = [(str(person.pk), label) for person, label in people.items()]

    @property
    def addressee(self) -> Any:
        """Whom a valid form writes to: the one who was chosen."""
        return self.people[self.cleaned_data["to"]]
