"""Addresses of enquiries: the public ones, and those of the settings."""

from django.urls import path

from leads.enquiries.views import api, public, settings

app_name = "enquiries"
urlpatterns = [
    path("enquiry/<slug:key>/", public.form, name="form"),
    path("enquiry/<slug:key>/thanks/", public.thanks, name="thanks"),
    path("enquiry/<slug:key>/logo/", public.logo, name="logo"),
    path("api/enquiries/", api.enquiries, name="api"),
    path("settings/enquiries/", settings.enquiries, name="settings"),
    path("settings/enquiries/address/", settings.address, name="address"),
    path("settings/enquiries/assignment/", settings.assignment, name="assignment"),
    path("settings/enquiries/tokens/new/", settings.create_token, name="token-new"),
    path("settings/enquiries/tokens/<int:pk>/revocation/", settings.revoke_token, name="token-revocation"),
]
