"""What the resources of all kinds have in common: an account to look things up in, and cells that go to instances."""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.resources import ModelResource

from tesoro.phones import clean_phone
from tesoro.text import collapse

NO_OWNER = gettext_lazy("No active user of this account has this email.")


class RecordResource(ModelResource):
    """Records of an account as rows of a file. With an ``account`` it can import, without one only export.

    ``region`` is the country of phone numbers without country code, ``by`` who imports. With ``new_owner`` an owner
    who is not known is passed over, for the engine to put another one there. Each row is a new record: what a known one
    needs is the engine's business.
    """

    class Meta:
        import_id_fields = ()
        clean_model_instances = True
        skip_diff = True
        use_transactions = True

    def __init__(
        self, account: Any = None, region: str = "", by: Any = None, *, new_owner: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.account, self.region, self.by, self.new_owner = account, region, by, new_owner
        self.owners: dict[str, int] = {}

    def look_up(self, cells: Callable[[str], Sequence[str]]) -> None:
        """Load what cells are looked up in, once a chunk; ``cells`` returns what its rows say in a field."""

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        """Load the look-ups before django-import-export reads its first row."""

        def cells(name: str) -> Sequence[str]:
            title = self.fields[name].column_name
            return dataset[title] if title in dataset.headers else []

        self.look_up(cells)

    def get_instance(self, instance_loader: Any, row: Any) -> None:
        """Find nobody: each row is a new record."""

    def import_field(self, field: Any, instance: Any, row: Any, is_m2m: bool = False, **kwargs: Any) -> None:
        """Put a cell where it belongs. Ids of look-ups go to the column itself; what is empty leaves the default."""
        if field.column_name not in row:
            return
        value = field.clean(row, **kwargs)
        if field.attribute == "tags":
            instance.given_tags = value
        elif value not in (None, ""):
            *path, name = field.attribute.split("__")
            holder = getattr(instance, path[0]) if path else instance
            setattr(holder, holder._meta.get_field(name).attname, value)

    def after_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        """Tag what has been saved."""
        if tags := getattr(instance, "given_tags", None):
            instance.set_tags(tags)

    def rule_of(self, name: str, rule: Callable[[str], Any]) -> None:
        """Give a column the rule that needs the account."""
        self.fields[name].widget.rule = rule

    def look_up_owners(self) -> None:
        """Load the active users of the account, in one query."""
        users = self.account.users.active().values_list("email", "pk")
        self.owners = {email.casefold(): pk for email, pk in users}

    def owner(self, text: str) -> int | None:
        """Return who has the email of a cell, or raise ValidationError."""
        email = collapse(text).casefold()
        found = self.owners.get(email)
        if found is None and not self.new_owner:
            if not email:
                raise ValidationError(_("Owner email is missing."), code="required")
            raise ValidationError(NO_OWNER, code="no_user")
        return found

    def phone_if_any(self, text: str) -> str:
        """Return the number of a cell, read in the region, "" for an empty cell."""
        return clean_phone(text, self.region or None) if text.strip() else ""
