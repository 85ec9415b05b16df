"""The photo of a person."""

from typing import Any

from django.db import transaction

from contacts.timeline.recording import record


def set_photo(person: Any, photo: Any, *, by: Any) -> None:
    """Give the person a photo that :func:`tesoro.images.clean_avatar` has made; ``None`` changes nothing."""
    if photo:
        _replace(person, photo, by)


def remove_photo(person: Any, *, by: Any) -> None:
    """Go back to the person's initials."""
    if person.avatar:
        _replace(person, "", by)


def _replace(person: Any, photo: Any, by: Any) -> None:
    """Store the new file, write the event, and drop the old file once all that is certain."""
    storage, old = person.avatar.storage, person.avatar.name
    with transaction.atomic():
        person.avatar = photo
        person.save(update_fields=["avatar"])
        record("photographed", by=by, person=person)
        if old:
            transaction.on_commit(lambda: storage.delete(old))
