"""The form of a contact: what the side panel shows, in its groups."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contacts.models import Contact, Person, Tag
from contacts.relations.fields import CompanyField
from tesoro.addresses import PARTS, POINT
from tesoro.forms import ModelForm, TokensInput
from tesoro.geocoding.forms import WithPoint
from tesoro.images import clean_avatar
from tesoro.words import joined, words

FIELDS = [
    "salutation", "language", "first_name", "last_name", "email", "phone", "whatsapp", "do_not_contact", "role",
    "assigned_to", "relation", *PARTS, *POINT, "notes",
]  # fmt: skip
MOST_TAGS = 50
TAGS_LIMIT = 10_000  # characters: more than so many names take


class PersonForm(ModelForm):
    """A form of a person in which an email that is taken comes with the way to the record that has it."""

    def _post_clean(self) -> None:
        """Judge on the model, and put the way to the other record beside an email that is taken."""
        super()._post_clean()  # type: ignore[misc]
        self.point_to_namesake()

    def point_to_namesake(self) -> None:
        """Give the error of a taken email a link to the record that has it."""
        for error in self.errors.as_data().get("email", []):
            other = self.instance.namesake_by_email() if error.code == "email_taken" else None
            if other:
                error.params = {"link_url": other.get_absolute_url(), "link_text": open_record(other)}

    def add_errors(self, error: ValidationError) -> None:
        """Take over what a command refused after validation: somebody else was faster."""
        self.add_error(None, error)
        self.point_to_namesake()


class SubjectForm(WithPoint, ModelForm):
    """Creates and edits a record that has tags and a version. It normalises and judges; the model's commands store.

    A rule is asked once, on the model; the form hands over what was typed.
    """

    tags = forms.CharField(label=_("Tags"), required=False, max_length=TAGS_LIMIT)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)
    too_many_tags: Any = _("A record has at most 50 tags.")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.account = self.instance.account
        names = Tag.objects.for_account(self.account).values_list("name", flat=True)[:500]
        self.fields["tags"].widget = TokensInput({"placeholder": _("Add a tag")}, suggestions=names, quoted=True)
        if self.instance.pk is not None:
            self.initial["version"] = self.instance.version
            self.initial.setdefault("tags", joined(self.instance.tag_names()))

    def add(self, *, by: Any) -> None:
        """Store the new record; raises what its command does."""
        self.instance.add(by=by, tags=self.cleaned_data["tags"])

    def clean_tags(self) -> list[str]:
        """Return the names, each judged by the tag's own rule."""
        names = words(self.cleaned_data["tags"])
        if len(names) > MOST_TAGS:
            raise ValidationError(self.too_many_tags)
        field = Tag._meta.get_field("name")
        return [field.clean(name, None) for name in names]

    def add_errors(self, error: ValidationError) -> None:
        """Take over what a command refused after validation: somebody else was faster."""
        self.add_error(None, error)


class RecordForm(PersonForm, SubjectForm):
    """Creates and edits a person."""

    photo = forms.FileField(label=_("Photo"), required=False)
    relation = CompanyField(label=_("Relation"))
    too_many_tags = _("A contact has at most 50 tags.")

    class Meta:
        model: Any = Person
        fields = [name for name in FIELDS if name != "role"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self._offer_colleagues()
        self._offer_words()
        if self.instance.pk is None:
            self.initial.update(assigned_to=user.pk, language=self.account.language)

    def _offer_colleagues(self) -> None:
        """Offer active users; somebody deactivated since stays on offer where already chosen."""
        users = User.objects.for_account(self.account)
        agent: Any = self.fields["assigned_to"]
        agent.queryset = users.filter(pk=self.instance.assigned_to_id) | users.active()
        agent.required, agent.empty_label = True, None
        agent.label_from_instance = lambda user: (
            _("%(name)s (you)") % {"name": user.get_full_name()} if user == self.user else user.get_full_name()
        )
        relation: Any = self.fields["relation"]
        relation.account, relation.current = self.account, self.instance.relation_id

    def _offer_words(self) -> None:
        self.fields["whatsapp"].widget.attrs["placeholder"] = _("Same as phone")
        self.fields["do_not_contact"].help_text = _("No email, call, SMS or WhatsApp can be sent from the CRM.")
        for name, url in (("email", "contacts:email-check"), ("phone", "contacts:phone-check")):
            self.fields[name].widget.attrs["data-check-url"] = reverse(url)
        if self.instance.pk:
            self.fields["email"].widget.attrs["data-check-id"] = self.instance.pk
        self.fields["whatsapp"].widget.attrs["data-check-url"] = reverse("contacts:phone-check")

    def clean_photo(self) -> Any:
        """Return the photo as it will be stored, or raise what is wrong with the file."""
        photo = self.cleaned_data.get("photo")
        return clean_avatar(photo) if photo else None


class ContactForm(RecordForm):
    """Creates and edits a contact, who has a role."""

    class Meta:
        model = Contact
        fields = FIELDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].required = True
        self.fields["role"].error_messages["required"] = _("Role is missing.")


class OneField:
    """One field of a record, changed where it is shown: mixed into the form that has its rules, choices and words."""

    fields: dict[str, Any]
    instance: Any
    cleaned_data: dict[str, Any]

    def __init__(self, name: str, *args: Any, label: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name, self.whose = name, str(self.instance)  # as it reads before anything typed stands on the record
        # Several may be open at once, and two elements have no one id.
        self.fields["version"].widget.attrs["id"] = False
        for other in set(self.fields) - {name, "version"}:
            del self.fields[other]
        if label:
            self.fields[name].label = label

    @property
    def bound(self) -> Any:
        """The one field that is shown."""
        return self[self.name]  # type: ignore[index]

    def save_one(self, *, by: User) -> list[dict[str, str]]:
        """Store the field; see ``revise_one``, also for what it raises."""
        version = self.cleaned_data["version"] or 0
        return self.instance.revise_one(self.name, by=by, version=version, tags=self.cleaned_data.get("tags"))


class ContactFieldForm(OneField, ContactForm):
    """One field of a contact."""


# By section, the form of one field: rooms above add theirs.
FIELD_FORMS: dict[str, Any] = {"contacts": ContactFieldForm}


def open_record(person: Any) -> str:
    """Return the words of a link to the record that holds an email."""
    return _("Open %(name)s in %(section)s") % {"name": person.full_name, "section": person.section}
