"""Addresses of notes. A new one is posted to the notes of its person."""

from django.urls import path

from contacts.timeline import views

app_name = "timeline"
urlpatterns = [
    path("<int:pk>/", views.note, name="note"),
    path("<int:pk>/edit/", views.edit, name="note-edit"),
    path("<int:pk>/pin/", views.pin, name="note-pin"),
    path("<int:pk>/trash/", views.trash, name="note-trash"),
    path("<int:pk>/restoration/", views.restore, name="note-restoration"),
]
