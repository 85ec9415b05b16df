"""Addresses of what belongs to no person's page."""

from django.urls import path

from contacts.tasks.views import mine

app_name = "tasks"
urlpatterns = [path("tasks/", mine.mine, name="mine")]
