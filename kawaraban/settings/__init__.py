"""Django's settings, made from the home that KAWARABAN_HOME names."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

import dj_database_url

from kawaraban.conf import Configuration, listed, load

KAWARABAN: Configuration = load(Path(os.environ["KAWARABAN_HOME"]).resolve())
PACKAGE = Path(__file__).resolve().parent.parent

DEBUG = False
SECRET_KEY = KAWARABAN.secrets.key
ALLOWED_HOSTS = (
    ["127.0.0.1", "localhost", "[::1]"]
    + [host for address in (KAWARABAN.readers_address, KAWARABAN.desk_address) if (host := urlsplit(address).hostname)]
    + [KAWARABAN.serve.host]
)
CSRF_TRUSTED_ORIGINS = [KAWARABAN.desk_address]

INSTALLED_APPS = [
    "wagtail.contrib.redirects",  # first: a moved page has its redirect when the press is told
    "kawaraban.desk",
    "kawaraban.wires",
    "kawaraban.readership",
    "kawaraban.search",
    "kawaraban.pages",
    "kawaraban.newsletters",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",  # Wagtail's own admin templates ask for it; its menu entry is hidden
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": KAWARABAN.data / "kawaraban.sqlite3",
    "OPTIONS": {
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000;",
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
    },
}
DATABASES = {"default": dj_database_url.parse(KAWARABAN.database.url, conn_max_age=60) if KAWARABAN.database.url else SQLITE}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [KAWARABAN.theme / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

LANGUAGE_CODE = KAWARABAN.site.language
LANGUAGES = [("ja", "日本語"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = KAWARABAN.site.time_zone
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [KAWARABAN.theme / "static"] if (KAWARABAN.theme / "static").is_dir() else []
MEDIA_URL = "/media/"
MEDIA_ROOT = KAWARABAN.media
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if KAWARABAN.desk_address.startswith("https:"):  # then something in front of the desk speaks TLS, and only that reaches it
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"

MAIL = urlsplit(KAWARABAN.mail.server)
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL.hostname else 'dummy'}.EmailBackend"
EMAIL_HOST, EMAIL_PORT = MAIL.hostname or "", MAIL.port or (465 if MAIL.scheme == "smtps" else 587)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(MAIL.username or ""), unquote(MAIL.password or "")
EMAIL_USE_SSL, EMAIL_USE_TLS = MAIL.scheme == "smtps", MAIL.scheme == "smtp"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = KAWARABAN.mail.sender or f"desk@{urlsplit(KAWARABAN.readers_address).hostname}"

WAGTAIL_SITE_NAME = "瓦版"
WAGTAILADMIN_BASE_URL = KAWARABAN.desk_address
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_APPEND_SLASH = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILREDIRECTS_AUTO_CREATE = True
WAGTAILIMAGES_IMAGE_MODEL = "desk.Picture"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_WEBP_QUALITY = 78
WAGTAILIMAGES_AVIF_QUALITY = 60
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILSEARCH_BACKENDS = {
    "database": {"default": {"BACKEND": "kawaraban.search.backend"}},
    "opensearch": {
        "default": {
            "BACKEND": "kawaraban.search.opensearch",
            "URLS": listed(KAWARABAN.search.opensearch),
            "INDEX_PREFIX": KAWARABAN.search.opensearch_prefix,
        }
    },
}[KAWARABAN.search.engine]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}

KAWARABAN_PROCESS = os.environ.get("KAWARABAN_PROCESS", "desk")
MIDDLEWARE = {
    "desk": [
        "django.middleware.security.SecurityMiddleware",
        "whitenoise.middleware.WhiteNoiseMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.locale.LocaleMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    "readers": [
        "kawaraban.pages.requests.without_nul",
        "django.middleware.security.SecurityMiddleware",
        "django.middleware.gzip.GZipMiddleware",
        "whitenoise.middleware.WhiteNoiseMiddleware",
        "django.middleware.common.CommonMiddleware",
        "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    ],
}[KAWARABAN_PROCESS]
APPEND_SLASH = False
ROOT_URLCONF = {"desk": "kawaraban.urls", "readers": "kawaraban.pages.urls"}[KAWARABAN_PROCESS]
WSGI_APPLICATION = "kawaraban.wsgi.application"
