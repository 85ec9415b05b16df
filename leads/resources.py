"""The columns of leads: those of people but the role, and what is known of a prospect."""

from contacts.resources import ContactResource


class LeadResource(ContactResource):
    """Leads as rows of a file."""

    class Meta(ContactResource.Meta):
        fields = tuple(name for name in ContactResource.Meta.fields if name != "role")
