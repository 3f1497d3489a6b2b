"""What the admin needs, and at the end what the feeds need."""

from pathlib import Path

BASE_DIR = Path(__file__).parent

ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
DEBUG = True
ROOT_URLCONF = "urls"
SECRET_KEY = "an example has no secrets"  # noqa: S105 - a site of yours takes it from its environment
STATIC_URL = "static/"
TIME_ZONE = "Asia/Baku"
USE_TZ = True
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "db.sqlite3"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "newsfeed.contrib.django",
    "news",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
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

NEWSFEED = {
    "SITE": BASE_DIR.parent / "report" / "newsroom.toml",
    "STORE": BASE_DIR / "news.db",
    "OUTPUT": BASE_DIR / "public",
}
