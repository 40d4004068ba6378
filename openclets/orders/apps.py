"""Django's name for this room."""

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "openclets.orders"
    label = "orders"
    default_auto_field = "django.db.models.BigAutoField"
