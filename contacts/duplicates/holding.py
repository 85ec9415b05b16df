"""Who was merged away does not come back alone while the merge can be undone: what hung on them would stay behind."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from contacts.duplicates.models import Merge


def hold_back(people: Collection[int]) -> dict[int, ValidationError]:
    """Return of those among ``people`` who were merged away why they stay in the trash, by their ids. One query.

    Once a merge cannot be undone any more, who went may be restored, without what hung on them.
    """
    found: dict[int, ValidationError] = {}
    for merge in Merge.objects.standing().filter(gone__in=people).for_list():
        if merge.is_undoable and merge.gone_id not in found:
            found[merge.gone_id] = _merged(merge)  # type: ignore[index]
    return found


def _merged(merge: Merge) -> ValidationError:
    text = _("This record was merged into %(name)s. Undo the merge instead.")
    name = merge.kept.full_name if merge.kept else merge.kept_name
    link = {"link_url": reverse("duplicates:merge", args=[merge.pk]), "link_text": _("See the merge")}
    return ValidationError(text, code="merged", params={"name": name, **link})
