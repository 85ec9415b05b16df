"""Addresses on the page of a person, as a contact and as a lead."""

from django.urls import path

from contacts.views import detail

urlpatterns = [
    path("tasks/", detail.later, {"tab": "tasks"}, name="tasks"),
    path("tasks/new/", detail.later, {"tab": "tasks"}, name="task-new"),
]
