"""Addresses under /officer/."""

from django.urls import path

from openclets.web.officer import key_help, views

app_name = "officer"

urlpatterns = [
    path("", views.page, name="home"),
    path("line/", views.ask_by_line, name="line"),
    path("form/", views.ask_by_form, name="form"),
    path("help/<str:key>/", key_help.panel, name="help"),
    path("order/<str:number>/page/<int:page>/", views.order_page, name="order_page"),
]
