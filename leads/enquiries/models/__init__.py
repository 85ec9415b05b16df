"""The enquiry, the office's public form, the tokens of portals, and the rule by which new leads are assigned."""

from leads.enquiries.models.assignment import Assignment, Mode, Turn
from leads.enquiries.models.enquiry import MESSAGE_LIMIT, Enquiry
from leads.enquiries.models.form import PublicForm
from leads.enquiries.models.token import ApiToken

__all__ = ["MESSAGE_LIMIT", "ApiToken", "Assignment", "Enquiry", "Mode", "PublicForm", "Turn"]
