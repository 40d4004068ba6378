"""Addresses under /court/."""

from django.urls import path

from openclets.web.court import filing_views, order_views

app_name = "court"

urlpatterns = [
    path("", order_views.orders, name="home"),
    path("order/<str:fcn>/", order_views.order, name="order"),
    path("order/<str:fcn>/page/<int:page>/", order_views.order_page, name="order_page"),
    path("file/", filing_views.start, name="start"),
    path("file/token/", filing_views.token, name="token"),
    path("file/signed/", filing_views.keep_signed, name="signed"),
    path("file/form/", filing_views.read_form, name="form"),
    path("file/entry/", filing_views.entry, name="entry"),
    path("file/order/", filing_views.file, name="file"),
    path("document/<str:sha256>/page/<int:page>/", filing_views.document_page, name="document_page"),
]
