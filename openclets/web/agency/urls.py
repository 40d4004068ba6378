"""Addresses under /agency/."""

from django.urls import path

from openclets.web.agency import agreement_views, device_views, locked_views, people_views, person_views, roster_views
from openclets.web.fresh_sign_in import fresh_sign_in_required

app_name = "agency"

urlpatterns = [
    path("", people_views.people, name="home"),
    path("remind/", people_views.remind, name="remind"),
    path("people/<str:user>/", person_views.person, name="person"),
    path("people/<str:user>/vetting/", fresh_sign_in_required(person_views.vet), name="vet"),
    path("people/<str:user>/course/", fresh_sign_in_required(person_views.record_course), name="record-course"),
    path("people/<str:user>/invite/", fresh_sign_in_required(person_views.invite), name="invite"),
    path("people/<str:user>/end/", fresh_sign_in_required(person_views.end), name="end-duties"),
    path("agreements/", agreement_views.agreements, name="agreements"),
    path("agreements/propose/", fresh_sign_in_required(agreement_views.propose), name="propose-agreement"),
    path("locked/", locked_views.locked, name="locked"),
    path("locked/release/", fresh_sign_in_required(locked_views.release), name="release"),
    path("roster/", roster_views.roster, name="roster"),
    path("roster/look-through/", roster_views.look_through, name="look-through"),
    path("roster/<int:number>/apply/", fresh_sign_in_required(roster_views.apply), name="apply-roster"),
    path("devices/", device_views.devices, name="devices"),
    path("devices/issue/", fresh_sign_in_required(device_views.issue), name="issue"),
    path("devices/revoke/", fresh_sign_in_required(device_views.revoke), name="revoke"),
    path("devices/trust/", fresh_sign_in_required(device_views.trust), name="trust"),
    path("devices/distrust/", fresh_sign_in_required(device_views.distrust), name="distrust"),
]
