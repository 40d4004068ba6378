"""Addresses under /agency/."""

from django.urls import path

from openclets.web.agency import device_views, people_views, roster_views

app_name = "agency"

urlpatterns = [
    path("", people_views.people, name="home"),
    path("remind/", people_views.remind, name="remind"),
    path("roster/", roster_views.roster, name="roster"),
    path("roster/look-through/", roster_views.look_through, name="look-through"),
    path("roster/<int:number>/apply/", roster_views.apply, name="apply-roster"),
    path("devices/", device_views.devices, name="devices"),
    path("devices/issue/", device_views.issue, name="issue"),
    path("devices/revoke/", device_views.revoke, name="revoke"),
    path("devices/trust/", device_views.trust, name="trust"),
    path("devices/distrust/", device_views.distrust, name="distrust"),
]
