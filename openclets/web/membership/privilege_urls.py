"""Addresses under /privileges/."""

from django.urls import path

from openclets.web.membership import privilege_views

app_name = "privileges"

urlpatterns = [
    path("", privilege_views.privileges, name="home"),
    path("propose/", privilege_views.propose, name="propose"),
]
