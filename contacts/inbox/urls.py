"""Addresses of the inbox."""

from django.urls import path

from contacts.inbox import views

app_name = "inbox"
urlpatterns = [
    path("", views.inbox, name="list"),
    path("waiting/", views.waiting, name="waiting"),
    path("<int:pk>/lead/", views.create_lead, name="lead"),
    path("<int:pk>/person/", views.add_to_known, name="person"),
    path("<int:pk>/dismissal/", views.dismiss, name="dismissal"),
    path("<int:pk>/restoration/", views.restore, name="restoration"),
]
