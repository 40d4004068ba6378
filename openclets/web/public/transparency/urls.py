"""Addresses under /transparency/."""

from django.urls import path, re_path

from openclets.web.public.transparency import views

app_name = "transparency"

urlpatterns = [
    path("", views.home, name="home"),
    re_path(r"^(?P<month>[0-9]{4}-[0-9]{2})/$", views.month, name="month"),
    re_path(r"^(?P<month>[0-9]{4}-[0-9]{2})\.csv$", views.csv, name="csv"),
]
