"""Django's name for this room."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "openclets.agencies"
    label = "agencies"
    default_auto_field = "django.db.models.BigAutoField"
