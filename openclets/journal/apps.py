"""Django's name for this room."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "openclets.journal"
    label = "journal"
    default_auto_field = "django.db.models.BigAutoField"
