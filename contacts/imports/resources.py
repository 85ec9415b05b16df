"""What the resources of all kinds have in common: an account to look things up in, and cells that go to instances."""

from collections.abc import Callable, Sequence
from typing import Any

from import_export.resources import ModelResource

from tesoro.phones import clean_phone


class RecordResource(ModelResource):
    """Records of an account as rows of a file. With an ``account`` it can import, without one only export.

    ``region`` is the country of phone numbers without country code, ``by`` who imports. Each row is a new record: what
    a known one needs is the engine's business.
    """

    class Meta:
        import_id_fields = ()
        clean_model_instances = True
        skip_diff = True
        use_transactions = True

    def __init__(self, account: Any = None, region: str = "", by: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.account, self.region, self.by = account, region, by

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

    def phone_if_any(self, text: str) -> str:
        """Return the number of a cell, read in the region, "" for an empty cell."""
        return clean_phone(text, self.region or None) if text.strip() else ""
