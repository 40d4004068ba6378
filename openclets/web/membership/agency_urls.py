"""Addresses under /agencies/."""

from django.urls import path

from openclets.web.membership import agency_views

app_name = "agencies_joining"

urlpatterns = [
    path("", agency_views.agencies, name="home"),
    path("apply/", agency_views.apply, name="apply"),
    path("<str:ori>/", agency_views.agency, name="agency"),
    path("<str:ori>/agreement/", agency_views.agreement, name="agreement"),
]
