"""Addresses under /log/. Source: C2SP tlog-tiles."""

from django.urls import path, re_path

from openclets.web.public.log import views

app_name = "log"

INDEX = r"(?P<index>(?:x[0-9]{3}/){0,6}[0-9]{3})(?:\.p/(?P<width>[1-9][0-9]{0,2}))?"
"""No log has more than 2**64 entries. Source: C2SP tlog-tiles, indexes are of 64 bits."""

urlpatterns = [
    path("checkpoint", views.checkpoint, name="checkpoint"),
    path("cosigned", views.cosigned, name="cosigned"),
    re_path(rf"^tile/(?P<level>[0-9]|[1-5][0-9]|6[0-3])/{INDEX}$", views.tile, name="tile"),
    re_path(rf"^tile/entries/{INDEX}$", views.entries, name="entries"),
]
