"""Django's name for this room."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "openclets.delivery"
    label = "delivery"
    default_auto_field = "django.db.models.BigAutoField"
