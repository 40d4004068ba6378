"""Addresses under /auditor/."""

from django.urls import path

from openclets.web.auditor import views

app_name = "auditor"

urlpatterns = [
    path("", views.journal, name="home"),
    path("export/<int:search>.zip", views.export, {"form": "zip"}, name="export-zip"),
    path("export/<int:search>.pdf", views.export, {"form": "pdf"}, name="export-pdf"),
    path("entry/<int:number>/", views.entry, name="entry"),
    path("entry/<int:number>/proof/", views.proof, name="proof"),
]
