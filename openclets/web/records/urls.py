"""Addresses under /records/."""

from django.urls import path

from openclets.web.records import views

app_name = "records"

urlpatterns = [
    path("", views.duplicates, name="home"),
    path("pair/<str:one>/<str:other>/", views.pair, name="pair"),
    path("decisions/", views.decisions, name="decisions"),
]
