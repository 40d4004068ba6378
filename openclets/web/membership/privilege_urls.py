"""Addresses under /privileges/."""

from django.urls import path

from openclets.web.fresh_sign_in import fresh_sign_in_required
from openclets.web.membership import privilege_views

app_name = "privileges"

urlpatterns = [
    path("", fresh_sign_in_required(privilege_views.privileges), name="home"),
    path("propose/", fresh_sign_in_required(privilege_views.propose), name="propose"),
]
