"""What people fill in to get in, and to set up their office."""

from accounts.forms.doors import AcceptForm, NewPasswordForm, ResetForm, SignInForm, SignUpForm
from accounts.forms.office import AccountForm, DeactivationForm, InviteForm, RoleForm
from accounts.forms.profile import PasswordForm, PhotoForm, ProfileForm, ThemeForm

__all__ = [
    "AcceptForm",
    "AccountForm",
    "DeactivationForm",
    "InviteForm",
    "NewPasswordForm",
    "PasswordForm",
    "PhotoForm",
    "ProfileForm",
    "ResetForm",
    "RoleForm",
    "SignInForm",
    "SignUpForm",
    "ThemeForm",
]
