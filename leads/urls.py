"""Addresses of leads. Their page is the page of a person, in this section."""

from django.urls import path

from contacts.models import Kind
from contacts.views import detail
from leads import views

LEAD = {"kind": Kind.LEAD}

app_name = "leads"
urlpatterns = [
    path("", views.leads, name="list"),
    path("<int:pk>/", detail.activities, LEAD, name="detail"),
    path("<int:pk>/info/", detail.info, LEAD, name="info"),
    path("<int:pk>/notes/", detail.notes, LEAD, name="notes"),
    path("<int:pk>/<slug:tab>/", detail.later, LEAD, name="tab"),
]
