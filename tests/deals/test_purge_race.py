"""Of two at once, one who restores and one who deletes for good: what is restored is not deleted."""

import pytest
from django.db import connection  # noqa: F401  (the mark asks it)

from contacts.models import Person
from contacts.models import trashing as of_people
from contacts.models.trashing import purge_people, restore_people
from contacts.relations.models import Relation
from contacts.relations.trashing import purge_relations
from contacts.subjects import trashing as of_others
from contacts.subjects.trashing import restore_records
from deals.models import Deal
from deals.trashing import purge_deals, restore_deals
from tests.deals.test_lock_order import pause  # noqa: F401  (a fixture)
from tests.factories import ContactFactory, DealFactory, RelationFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite lets one at a time write"),
]

KINDS = {
    "deals": (DealFactory, Deal, of_others, restore_deals, purge_deals),
    "people": (ContactFactory, Person, of_people, restore_people, purge_people),
    "companies": (RelationFactory, Relation, of_others, restore_records, purge_relations),
}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_being_restored_is_not_deleted(account, agent, pause, kind):  # noqa: F811
    make, model, room, restore, purge = KINDS[kind]
    record, rows = make(account=account), model.with_trash.filter(deleted_at__isnull=False)
    record.trash(by=agent)
    pause.after(room, "record_for")

    _restored, purged = pause.during(lambda: restore(rows, by=agent), lambda: purge(rows))

    assert purged == 0
    assert model.objects.filter(pk=record.pk).exists()
