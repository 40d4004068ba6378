"""Addresses under /training/. A course goes by its letter: full, inquiry, security."""

from django.urls import path

from openclets.web.training import views

app_name = "training"

urlpatterns = [
    path("", views.overview, name="home"),
    path("lesson/<slug:subject>/", views.lesson, name="lesson"),
    path("exam/<slug:letter>/", views.exam, name="exam"),
    path("statement/", views.statement, name="statement"),
    path("certificate/<int:number>/", views.certificate, name="certificate"),
]
