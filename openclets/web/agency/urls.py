"""Addresses under /agency/."""

from django.urls import path

from openclets.web.agency import people_views

app_name = "agency"

urlpatterns = [
    path("", people_views.people, name="home"),
    path("remind/", people_views.remind, name="remind"),
]
