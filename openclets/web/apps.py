"""Django's name for this room, and what it listens to."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "openclets.web"
    label = "web"

    def ready(self) -> None:
        # After the models are there: signing in needs them.
        from allauth.account.signals import password_changed
        from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
        from django.contrib.auth.signals import user_logged_in, user_logged_out

        from openclets.web import sign_in

        for signal, receiver in (
            (user_logged_in, sign_in.record_arrival),
            (user_logged_out, sign_in.record_departure),
            (password_changed, sign_in.record_new_password),
            (authenticator_added, sign_in.record_new_factor),
            (authenticator_reset, sign_in.record_new_factor),
            (authenticator_removed, sign_in.record_lost_factor),
        ):
            signal.connect(receiver, dispatch_uid=f"openclets.web.{receiver.__name__}")
