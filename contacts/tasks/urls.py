"""Addresses of what belongs to no person's page."""

from django.urls import path

from contacts.tasks.views import mine, new, task

app_name = "tasks"
urlpatterns = [
    path("tasks/", mine.mine, name="mine"),
    path("tasks/new/", new.new, name="new"),
    path("tasks/<int:pk>/edit/", task.edit, name="edit"),
    path("tasks/<int:pk>/completion/", task.complete, name="completion"),
    path("tasks/<int:pk>/completion/removal/", task.reopen, name="completion-removal"),
    path("tasks/<int:pk>/trash/", task.trash, name="trash"),
    path("tasks/<int:pk>/restoration/", task.restore, name="restoration"),
]
