"""Addresses of what belongs to no person's page."""

from django.urls import path

from contacts.messaging.views import hooks, messages, templates

app_name = "messaging"
urlpatterns = [
    path("hooks/twilio/<slug:key>/messages/", hooks.incoming, name="incoming"),
    path("hooks/twilio/<slug:key>/messages/<int:pk>/<int:attempt>/", hooks.status, name="status"),
    path("messages/<int:pk>/sending/", messages.send_again, name="sending"),
    path("messages/<int:pk>/arrival/", messages.arrived, name="arrival"),
    path("messages/<int:pk>/trash/", messages.trash, name="trash"),
    path("messages/<int:pk>/restoration/", messages.restore, name="restoration"),
    path("settings/whatsapp-templates/", templates.templates, name="templates"),
    path("settings/whatsapp-templates/new/", templates.create, name="template-new"),
    path("settings/whatsapp-templates/<int:pk>/", templates.edit, name="template-edit"),
    path("settings/whatsapp-templates/<int:pk>/trash/", templates.trash, name="template-trash"),
    path("settings/whatsapp-templates/<int:pk>/restoration/", templates.restore, name="template-restoration"),
]
