"""Whoever is deactivated leaves the rotation, whichever way it happened; reactivated, they do not come back into it."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from accounts.models import User
from leads.enquiries.models import Turn


@receiver(post_save, sender=User, dispatch_uid="leads.enquiries.leaving.leave")
def leave(instance: User, created: bool, raw: bool = False, **_kwargs: Any) -> None:
    """Take a user who is not active out of the rotation."""
    if not (instance.is_active or created or raw):
        Turn.objects.filter(user=instance).delete()
