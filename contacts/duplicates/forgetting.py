"""What a merge remembers of people goes with them when they are deleted for good: it can never be undone then."""

from collections.abc import Collection

from django.db.models import Q

from contacts.duplicates.models import Merge


def forget(people: Collection[int]) -> None:
    """Empty the memory of every merge of these people; drop those of which nobody is left."""
    merges = Merge.objects.filter(Q(kept__in=people) | Q(gone__in=people))
    kept_is_going, gone_is_going = Q(kept__in=people) | Q(kept=None), Q(gone__in=people) | Q(gone=None)
    merges.filter(kept_is_going, gone_is_going).delete()
    merges.update(moved={}, patched=[], fields={}, companions={}, marked=[], told={})
