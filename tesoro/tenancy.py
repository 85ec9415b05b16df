"""No row without its account: how rows of one office are kept from every other.

Reading starts at ``for_account(account)`` or at :func:`fetch`; saving refuses a link into another account.
"""

from typing import Any, ClassVar, Self

from django.core.exceptions import ObjectDoesNotExist, SuspiciousOperation
from django.db import models
from django.http import Http404, HttpRequest


class CrossAccountError(SuspiciousOperation):
    """A row was about to point at a row of another account. The request is answered with 400."""


class AccountQuerySet(models.QuerySet):
    """Rows that belong to accounts."""

    def for_account(self, account: Any) -> Self:
        """Return the rows of ``account`` only; none when there is no account."""
        return self.filter(account=account) if account is not None else self.none()


class AccountOwned(models.Model):
    """A row of one account.

    The column has no index of its own: those that lists and searches use begin with it.
    """

    account = models.ForeignKey(
        "accounts.Account", on_delete=models.CASCADE, related_name="+", editable=False, db_index=False
    )

    objects: ClassVar[Any] = AccountQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, or raise CrossAccountError when a foreign key points into another account."""
        self.refuse_strangers()
        super().save(*args, **kwargs)

    def refuse_strangers(self) -> None:
        """Raise CrossAccountError when any row this one points at belongs to another account.

        A related object that is already loaded costs no query; the others cost one each.
        """
        for field in self._meta.concrete_fields:
            if not isinstance(field, models.ForeignKey) or field.name == "account":
                continue
            key = getattr(self, field.attname)
            if key is None or not _has_account(field.related_model):
                continue
            if _account_of(self, field, key) not in (self.account_id, None):
                raise CrossAccountError(f"{self._meta.label}.{field.name} points into another account")


def _has_account(model: Any) -> bool:
    return any(field.name == "account" for field in model._meta.concrete_fields)


def _account_of(row: models.Model, field: models.ForeignKey, key: Any) -> int | None:
    if field.is_cached(row):
        return getattr(row, field.name).account_id
    target = field.related_model._base_manager.filter(**{field.target_field.name: key})
    return target.values_list("account_id", flat=True).first()


def fetch(source: Any, request: HttpRequest, /, **lookup: Any) -> Any:
    """Return the one row of the request's account that matches ``lookup``, or raise Http404.

    ``source`` is a model, a manager or a queryset. A stranger's row is as absent as one that never was.
    """
    if isinstance(source, type):
        source = source._default_manager  # type: ignore[attr-defined]
    try:
        return source.all().for_account(request.account).get(**lookup)  # type: ignore[attr-defined]
    except (ObjectDoesNotExist, ValueError, OverflowError):
        raise Http404 from None
