"""Addresses on the page of a person, as a contact and as a lead."""

from django.urls import path

from contacts.messaging.models import Channel
from contacts.messaging.views import threads

urlpatterns = [
    path("whatsapp/", threads.thread, {"channel": Channel.WHATSAPP}, name="whatsapp"),
    path("sms/", threads.thread, {"channel": Channel.SMS}, name="sms"),
]
