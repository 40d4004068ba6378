"""Addresses under /auditor/."""

from django.urls import path

from openclets.web.auditor import views

app_name = "auditor"

urlpatterns = [
    path("", views.journal, name="home"),
    path("entry/<int:number>/", views.entry, name="entry"),
    path("entry/<int:number>/proof/", views.proof, name="proof"),
]
