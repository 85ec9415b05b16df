"""Addresses on the page of a person, as a contact and as a lead."""

from django.urls import path

from contacts.tasks.views import tab

urlpatterns = [
    path("tasks/", tab.tasks, name="tasks"),
    path("tasks/new/", tab.new, name="task-new"),
]
