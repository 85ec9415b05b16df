"""Addresses of the location picker."""

from django.urls import path

from contacts.places import views

app_name = "places"
urlpatterns = [
    path("search", views.search, name="search"),
    path("picker", views.picker, name="picker"),
    path("at", views.at, name="at"),
]
