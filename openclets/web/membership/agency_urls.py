"""Addresses under /agencies/."""

from django.urls import path

from openclets.web.fresh_sign_in import fresh_sign_in_required
from openclets.web.membership import agency_views, felony_views

app_name = "agencies_joining"

urlpatterns = [
    path("", agency_views.agencies, name="home"),
    path("apply/", fresh_sign_in_required(agency_views.apply), name="apply"),
    path("felonies/", felony_views.felonies, name="felonies"),
    path("felonies/review/", fresh_sign_in_required(felony_views.review), name="review-felony"),
    path("<str:ori>/", fresh_sign_in_required(agency_views.agency), name="agency"),
    path("<str:ori>/agreement/", fresh_sign_in_required(agency_views.agreement), name="agreement"),
    path("<str:ori>/end-agreement/", fresh_sign_in_required(agency_views.end), name="end-agreement"),
]
