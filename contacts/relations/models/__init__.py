"""Companies: what they are, and the tags they carry."""

from contacts.relations.models.choices import Channel, RelationType, Status
from contacts.relations.models.relation import Relation
from contacts.relations.models.tag import RelationTag

__all__ = ["Channel", "Relation", "RelationTag", "RelationType", "Status"]
