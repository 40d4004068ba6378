"""Django's name for this room, and what it listens to."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "openclets.web"
    label = "web"

    def ready(self) -> None:
        # After the models are there: signing in needs them.
        from django.contrib.auth.signals import user_logged_in, user_logged_out

        from openclets.web.sign_in import record_arrival, record_departure

        user_logged_in.connect(record_arrival, dispatch_uid="openclets.web.arrival")
        user_logged_out.connect(record_departure, dispatch_uid="openclets.web.departure")
