"""The ways in, and everything under /settings/. Of allauth only the pages that are listed here exist."""

from allauth.account import views as allauth
from django.urls import include, path, re_path

from accounts.views import doors, invitations, office, outbox, profile, users
from tesoro.access import public

settings_patterns = [
    path("", office.index, name="index"),
    path("profile/", profile.profile, name="profile"),
    path("profile/theme/", profile.theme, name="theme"),
    path("profile/photo/", profile.photo, name="photo"),
    path("profile/photo/removal/", profile.photo_removal, name="photo_removal"),
    path("profile/password/", profile.password, name="password"),
    path("account/", office.account, name="account"),
    path("account/logo/", office.logo, name="logo"),
    path("account/logo/removal/", office.logo_removal, name="logo_removal"),
    path("users/", users.users, name="users"),
    path("users/<int:pk>/role/", users.role, name="user_role"),
    path("users/<int:pk>/deactivation/", users.deactivation, name="user_deactivation"),
    path("users/<int:pk>/activation/", users.activation, name="user_activation"),
    path("users/invitations/", invitations.invite, name="invite"),
    path("users/invitations/<int:pk>/renewal/", invitations.renewal, name="invitation_renewal"),
    path("users/invitations/<int:pk>/withdrawal/", invitations.withdrawal, name="invitation_withdrawal"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/<slug:name>/", outbox.letter, name="letter"),
]

urlpatterns = [
    path("sign-in/", public(allauth.login), name="account_login"),
    path("sign-up/", doors.sign_up, name="account_signup"),
    path("sign-out/", public(allauth.logout), name="account_logout"),
    path("inactive/", public(allauth.account_inactive), name="account_inactive"),
    path("password/reset/", public(allauth.password_reset), name="account_reset_password"),
    path("password/reset/done/", public(allauth.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[\w-]+)/$",
        public(allauth.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        public(allauth.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("invitation/<slug:token>/", doors.invitation, name="invitation"),
    path("settings/", include((settings_patterns, "settings"))),
]
