"""All settings, in one file. Every one has a working default; the environment overrides it.

Everything that runs writes under ``VAR_DIR`` (default ``var/``): database, media, secret key, outbox, static files.
"""

import os
import secrets
from base64 import urlsafe_b64encode
from contextlib import suppress
from pathlib import Path

from csp.constants import NONE, SELF
from django.contrib.messages import constants as message_levels
from django.utils.translation import gettext_lazy as _
from environs import Env
from xstatic.pkg import leaflet

from tesoro.tiles import tile_hosts

env = Env()
BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var"))).resolve()
VAR_DIR.mkdir(parents=True, exist_ok=True)


def _made_once(name: str, key: str) -> str:
    """Return the key in the file ``name``, written with ``key`` the first time and readable by its owner alone.

    Of several processes that start at once one makes it, and none reads half of it: a link is made whole or not at all.
    """
    path = VAR_DIR / name
    if not path.exists():
        draft = VAR_DIR / f".{name}-{secrets.token_hex(8)}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(key)
        with suppress(FileExistsError):
            path.hardlink_to(draft)
        draft.unlink()
    return path.read_text().strip()


DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", "") or _made_once("secret-key", secrets.token_urlsafe(50))
# What encrypts stored passwords and tokens. The first key encrypts, all decrypt: a new one goes in front.
FIELD_KEYS = env.list("FIELD_KEYS", []) or [
    _made_once("field-key", urlsafe_b64encode(secrets.token_bytes(32)).decode())
]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]", "testserver"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
# The address under which people reach the office: used in mails written by the worker, which has no request.
PUBLIC_URL = env.str("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
# Without it, a mail written during a request links to the host of that request.
PUBLIC_URL_IS_SET = bool(env.str("PUBLIC_URL", ""))
SECURE = PUBLIC_URL.startswith("https://")

INSTALLED_APPS = [
    "tesoro.apps.TesoroConfig",
    "tesoro.geocoding",
    "accounts",
    "contacts.timeline",
    "contacts.relations",
    "contacts.imports",
    "contacts.attachments",
    "contacts.tasks",
    "contacts.meetings",
    "contacts.emails",
    "contacts.lines",
    "contacts.calls",
    "contacts.messaging",
    "contacts.inbox",
    "contacts.duplicates",
    "contacts",
    "leads",
    "leads.enquiries",
    "deals",
    "allauth",
    "allauth.account",
    "anymail",
    "import_export",
    "django_filters",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "phonenumber_field",
    "csp",
    "lucide",
    "tesoro.apps.SupportConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "tesoro.middleware.HeaderMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "tesoro.urls"
WSGI_APPLICATION = "tesoro.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tesoro.navigation.shell",
            ],
        },
    }
]
FORM_RENDERER = "tesoro.forms.Renderer"

# Data
DATABASES = {"default": env.dj_db_url("DATABASE_URL", f"sqlite:///{VAR_DIR / 'tesoro.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-20000;",
    }
    # A file, not memory: tests drive browsers and workers, which are threads and processes of their own.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
else:
    DATABASES["default"].setdefault("CONN_MAX_AGE", 60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": env.dj_cache_url("CACHE_URL", "db://tesoro_cache"),
    # What each process may remember for itself: nothing that must be right to the second.
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "process"},
}
# Rate limits count here: the default of 300 entries would push counters out.
CACHES["default"].setdefault("OPTIONS", {}).setdefault("MAX_ENTRIES", 100_000)

# People and their rights
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.Backend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
# Nobody is written to who has no account here, whoever types the address.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
# allauth's own keeps a table of addresses beside our users, and writes to it when a link is opened.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "reset_password": "accounts.forms.ResetForm",
    "reset_password_from_key": "accounts.forms.NewPasswordForm",
}
ACCOUNT_RATE_LIMITS = {
    "invite": "200/d/key",
    "open_invitation": "30/m/ip",
    # The public form by address and by office, what portals deliver by token, wrong tokens by address.
    "enquiry": "20/m/ip,200/d/ip",
    "enquiry_office": "500/h/key",
    "enquiry_api": "120/m/key",
    "enquiry_token": "30/m/ip",
    # What one user asks the geocoding service, which answers all offices together 48 times a minute.
    "place": "20/m/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 0)
INVITATION_DAYS = 7

# Places: who knows them, "nominatim" or "photon", at an address of their own or the public one. Empty: nobody is asked.
GEOCODER = env.str("GEOCODER", "").lower()
GEOCODER_URL = env.str("GEOCODER_URL", "")
GEOCODER_KEY = env.str("GEOCODER_KEY", "")
GEOCODER_USER_AGENT = env.str("GEOCODER_USER_AGENT", f"Tesoro CRM ({PUBLIC_URL})")
# What maps are drawn with: the browser asks this host, and no other. Empty: a grid of degrees.
MAP_TILES = env.str("MAP_TILES", "https://tile.openstreetmap.org/{z}/{x}/{y}.png")
MAP_ATTRIBUTION = env.str("MAP_ATTRIBUTION", "© OpenStreetMap contributors")
MAP_ATTRIBUTION_URL = env.str("MAP_ATTRIBUTION_URL", "https://www.openstreetmap.org/copyright")
MAP_MAX_ZOOM = env.int("MAP_MAX_ZOOM", 19)

# Security
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ("/support/",),
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *tile_hosts(MAP_TILES)],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("TRUST_PROXY", False) else None
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "tesoro.views.csrf_failure"
# A mapping of a file with 500 columns and a selection of rows need more than Django's thousand fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# Language, time, numbers
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish")), ("de", _("German")), ("nl", _("Dutch")), ("fr", _("French"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
# Those the screens are translated into. A person may speak any language of ISO 639-1.
INTERFACE_LANGUAGES = {"en"} | {path.name for path in LOCALE_PATHS[0].glob("[a-z][a-z]")}
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True
PHONENUMBER_DB_FORMAT = "E164"
PHONENUMBER_DEFAULT_FORMAT = "INTERNATIONAL"
PHONENUMBER_DEFAULT_REGION = None

# Files
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static", ("leaflet", leaflet.BASE_DIR)]
MEDIA_ROOT = VAR_DIR / "media"
MEDIA_URL = "media/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "tesoro.assets.HashedStorage"},
}
STATICFILES_FINDERS = ["tesoro.assets.BundleFinder", "django.contrib.staticfiles.finders.AppDirectoriesFinder"]
FILE_UPLOAD_PERMISSIONS = 0o640

# Mail: to files under var/outbox until a server is named by EMAIL_URL.
if env.str("EMAIL_URL", ""):
    vars().update(env.dj_email_url("EMAIL_URL"))
else:
    EMAIL_BACKEND = "accounts.mail.OutboxBackend"
EMAIL_FILE_PATH = VAR_DIR / "outbox"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Tesoro <no-reply@example.com>")
# Where answers come in: "in@reply.example.com" makes reply addresses "in+<token>@reply.example.com". Empty: nowhere.
INBOUND_ADDRESS = env.str("INBOUND_ADDRESS", "")
# Whether offices may name mail servers inside the service's own network, which nobody outside should reach through it.
PRIVATE_MAIL_HOSTS = env.bool("PRIVATE_MAIL_HOSTS", False)
# What mail services post to our webhooks: "user:password" for all of them, and the keys some have of their own.
_HOOK_KEYS = {
    "WEBHOOK_SECRET": env.str("MAIL_HOOK_SECRET", ""),
    "MAILGUN_WEBHOOK_SIGNING_KEY": env.str("MAILGUN_WEBHOOK_SIGNING_KEY", ""),
    "BREVO_API_KEY": env.str("BREVO_API_KEY", ""),
    "SENDGRID_TRACKING_WEBHOOK_VERIFICATION_KEY": env.str("SENDGRID_TRACKING_WEBHOOK_VERIFICATION_KEY", ""),
    "SENDGRID_INBOUND_WEBHOOK_VERIFICATION_KEY": env.str("SENDGRID_INBOUND_WEBHOOK_VERIFICATION_KEY", ""),
}
ANYMAIL = {name: key for name, key in _HOOK_KEYS.items() if key}

# Work in the background
TASKS = {
    "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "imports"]},
}

# Telephone lines: where Twilio answers. Tests put a server of their own there.
TWILIO_API_URL = env.str("TWILIO_API_URL", "https://api.twilio.com").rstrip("/")

MESSAGE_LEVEL = message_levels.INFO

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    # A form with a mistake is answered with 422, a stranger with 404: neither is news.
    # Who took data out is, at every level.
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django_tasks_db": {"level": "ERROR"},
        "contacts.views.export": {"level": "INFO"},
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "WARNING")},
}
