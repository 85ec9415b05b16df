"""Addresses of leads. Their page is the page of a person, in this section."""

from django.urls import include, path

from contacts import person_urls
from contacts.models import Kind
from leads import views

app_name = "leads"
urlpatterns = [
    path("", views.leads, name="list"),
    path("<int:pk>/", include(person_urls.urlpatterns), {"kind": Kind.LEAD}),
]
