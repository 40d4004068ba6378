"""Django's settings, all from the checked environment. Where there is a choice, the closed one is taken."""

from __future__ import annotations

from django.utils.functional import SimpleLazyObject

from openclets.agencies.passwords import MIN_CHARACTERS
from openclets.config.environment import is_loopback, read_environment
from openclets.config.sign_in_providers import library_setting, read_providers
from openclets.orders.catalogue import Policy

ENVIRONMENT = read_environment()
NODE = ENVIRONMENT.node
DATA_FOLDER = ENVIRONMENT.data_folder
LOG_FOLDER = DATA_FOLDER / "log"
CERTIFICATES_FOLDER = ENVIRONMENT.certificates_folder
ORDERS_POLICY = Policy(close_of_business=ENVIRONMENT.court_closes, court_holidays=ENVIRONMENT.court_holidays)

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
    # Before the sign-in library, whose templates it replaces.
    "openclets.web",
    # Read by pages of the sign-in library.
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "openclets.journal",
    "openclets.agencies",
    "openclets.people",
    "openclets.delivery",
    "openclets.orders",
]

MIDDLEWARE = [
    "openclets.config.correlation.CorrelationId",
    "openclets.web.headers.ResponseHeaders",
    "django.middleware.security.SecurityMiddleware",
    "openclets.web.static_files.StaticFiles",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "openclets.web.guard.Guard",
    "openclets.web.outcomes.Outcomes",
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
    # Shared by all processes: a one-time code spent at the socket is spent at the page. A full cache forgets at random,
    # spent codes too, so it must never fill: entries are small and short-lived.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "web_cache",
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    },
}

LOGGING_CONFIG = "openclets.config.logging.configure_logging"
LOGGING = {"level": ENVIRONMENT.log_level}

DEFAULT_FROM_EMAIL = ENVIRONMENT.mail_from
EMAIL_HOST, EMAIL_PORT = ENVIRONMENT.mail_server
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = ENVIRONMENT.mail_user, ENVIRONMENT.mail_password
EMAIL_USE_TLS = not is_loopback(EMAIL_HOST)
EMAIL_TIMEOUT = 10
EMAIL_FILE_PATH = DATA_FOLDER / "mail"
# Without a server nothing is sent: what would have been lies in files.
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"

# Beyond this machine the pages are reached by HTTPS only, through a proxy (docs/guides/operator.md).
_IS_PUBLIC = bool(ENVIRONMENT.public_hosts)
SECURE_SSL_REDIRECT = _IS_PUBLIC
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if _IS_PUBLIC else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _IS_PUBLIC
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ENVIRONMENT.public_hosts]
CSRF_COOKIE_SECURE = _IS_PUBLIC
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = _IS_PUBLIC
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

SESSION_ENGINE = "django.contrib.sessions.backends.db"

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": MIN_CHARACTERS},
    },
    {"NAME": "openclets.agencies.passwords.NotTooLong"},
    {
        "NAME": "openclets.agencies.passwords.NotBanned",
        "OPTIONS": {"banned_file": str(ENVIRONMENT.banned_passwords or "")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("user_name", "full_name", "email")},
    },
]
ACCOUNT_FORMS = {"change_password": "openclets.web.counted_forms.NewPasswordForm"}
ACCOUNT_ADAPTER = "openclets.config.sign_in_library.NoSignUp"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "user_name"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
# Counted by agencies.attempts instead, for sockets too and before anything is hashed.
ACCOUNT_RATE_LIMITS = {"login": "", "login_failed": "", "reauthenticate": "", "change_password": ""}
MFA_FORMS = {
    "reauthenticate": "openclets.web.counted_forms.CodeAgainForm",
    "reauthenticate_webauthn": "openclets.web.counted_forms.SecurityKeyAgainForm",
}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
# A session ends with the browser, and after 12 hours at the latest (CJIS Security Policy IA-11).
ACCOUNT_SESSION_REMEMBER = False
SESSION_COOKIE_AGE = 12 * 60 * 60
MFA_ADAPTER = "openclets.config.sign_in_library.EncryptedAuthenticators"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
# A passkey that makes sure of its owner (finger, face, number) is two factors in one.
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
# Whoever passes by a signed-in screen must not read them off; they are made anew instead.
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "OpenCLETS"
# A spent code is remembered for one period, so none may be accepted for longer: tolerance stays 0.
MFA_TOTP_PERIOD = 30
MFA_TOTP_TOLERANCE = 0
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _IS_PUBLIC
# A link, for a form may not lead to another site (web.headers); all it starts is a sign-in that needs a second factor.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_ADAPTER = "openclets.config.agency_sign_in.AgencySignIn"
SOCIALACCOUNT_PROVIDERS = library_setting(read_providers(ENVIRONMENT.sign_in_providers))
LOGIN_REDIRECT_URL = "/"
LOGIN_URL = "account_login"

STATIC_URL = "/static/"
# Style sheets and scripts lie in the installed package; nothing is collected.
WHITENOISE_USE_FINDERS = True
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
