"""Django's settings, all from the checked environment."""

from __future__ import annotations

from django.utils.functional import SimpleLazyObject

from openclets.config.environment import read_environment

ENVIRONMENT = read_environment()

DEBUG = False
# Lazy: a command that signs nothing makes no key and no data folder.
SECRET_KEY = SimpleLazyObject(ENVIRONMENT.secret_key)
ALLOWED_HOSTS = list(ENVIRONMENT.allowed_hosts)
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en-us"
ROOT_URLCONF = "openclets.config.urls"
ASGI_APPLICATION = "openclets.config.asgi.application"
AUTH_USER_MODEL = "agencies.User"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "openclets.journal",
    "openclets.agencies",
    "openclets.people",
    "openclets.delivery",
    "openclets.orders",
    "openclets.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

DATABASES = ENVIRONMENT.databases
CACHES = {
    # Shared by all processes: a one-time code spent at the socket is spent at the page.
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "web_cache"},
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "user_name"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
LOGIN_REDIRECT_URL = "/"
LOGIN_URL = "account_login"

STATIC_URL = "/static/"
MIGRATION_MODULES: dict[str, str] = {}

_PRIVATE_FOLDER = {"directory_permissions_mode": 0o700, "file_permissions_mode": 0o600}
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": ENVIRONMENT.data_folder / "files", **_PRIVATE_FOLDER},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    # Signed orders under their SHA-256, and pictures of their pages (openclets.orders.images).
    "documents": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": ENVIRONMENT.data_folder / "documents", **_PRIVATE_FOLDER},
    },
}
