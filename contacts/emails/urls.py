"""Addresses of what belongs to no person's page."""

from django.urls import path

from contacts.emails import hooks
from contacts.emails.views import email, settings, writing

app_name = "emails"
urlpatterns = [
    path("emails/preview/", writing.preview, name="preview"),
    path("emails/<int:pk>/", email.email, name="email"),
    path("emails/<int:pk>/sending/", email.sending, name="sending"),
    path("emails/<int:pk>/arrival/", email.arrival, name="arrival"),
    path("emails/<int:pk>/trash/", email.trash, name="trash"),
    path("emails/<int:pk>/restoration/", email.restore, name="restoration"),
    path("hooks/mail/<slug:esp>/", hooks.incoming, name="hook"),
    path("hooks/mail/<slug:esp>/tracking/", hooks.followed, name="tracking-hook"),
    path("settings/mail/", settings.mail, name="settings"),
    path("settings/mail/test/smtp/", settings.test_smtp, name="test-smtp"),
    path("settings/mail/test/imap/", settings.test_imap, name="test-imap"),
]
