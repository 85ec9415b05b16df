"""The form of a task."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contacts.people_picker.finding import resolve
from contacts.people_picker.widget import PeopleInput, hint
from contacts.tasks.models import Priority, Task
from contacts.tasks.models.task import REVISED
from tesoro.opened import OpenedForm


class TaskForm(OpenedForm):
    """Writes and edits a task. It normalises and judges; the model's commands store."""

    groups = REVISED

    class Meta:
        model = Task
        fields = ["title", "due_on", "due_time", "priority", "assigned_to", "details"]
        widgets = {
            "due_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "due_time": forms.TimeInput({"type": "time"}, format="%H:%M"),
            "details": forms.Textarea({"rows": 3, "data-limit": 5_000}),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["title"].widget.attrs.update(autofocus=True, autocomplete="off")
        self.fields["priority"].choices = Priority.choices  # type: ignore[attr-defined]
        self._offer_colleagues()

    def _offer_colleagues(self) -> None:
        """Offer active users, oneself first; somebody deactivated since stays on offer where already chosen."""
        users = User.objects.for_account(self.instance.account)
        agent: Any = self.fields["assigned_to"]
        agent.queryset = users.filter(pk=self.instance.assigned_to_id) | users.active()
        agent.required, agent.empty_label = True, None
        agent.error_messages["required"] = _("Choose who does it.")
        agent.label_from_instance = self._named
        if self.instance.pk is None:
            self.initial["assigned_to"] = self.user.pk

    def _named(self, user: User) -> str:
        return _("%(name)s (you)") % {"name": user.get_full_name()} if user == self.user else user.get_full_name()


class PersonTaskForm(TaskForm):
    """A task of nobody yet: it asks whom it is about."""

    whom = forms.CharField(label=_("Person"), max_length=320, error_messages={"required": _("Choose a person.")})
    field_order = ["whom"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["whom"]
        field.widget = PeopleInput(self.instance.account, single=True)
        field.widget.attrs["autofocus"] = True
        field.help_text = hint(_("Their email address."))
        del self.fields["title"].widget.attrs["autofocus"]

    def clean_whom(self) -> Any:
        """Give the task to the person, or raise what is wrong with the address."""
        found = resolve(self.instance.account, self.cleaned_data["whom"])
        if len(found) != 1:
            raise ValidationError(_("A task is about one person. Write it down for each."), code="many")
        self.instance.person = found[0]
        return found[0]

    def _post_clean(self) -> None:
        """Judge the task itself, once it is about somebody."""
        if "whom" in self.cleaned_data:
            super()._post_clean()  # type: ignore[misc]
