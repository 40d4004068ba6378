"""Addresses under /codes/."""

from django.urls import path

from openclets.web.codes import views

app_name = "codes"

urlpatterns = [
    path("", views.page, name="home"),
]
