"""Who may use Tesoro: offices, their users, and invitations to join one."""

from accounts.models.account import Account
from accounts.models.invitation import Invitation, InvitationClosedError
from accounts.models.user import LastAdminError, User

__all__ = ["Account", "Invitation", "InvitationClosedError", "LastAdminError", "User"]
