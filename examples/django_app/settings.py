"""The least that a Django site needs."""

ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
ROOT_URLCONF = "urls"
SECRET_KEY = "an example has no secrets"  # noqa: S105 - a site of yours takes it from its environment
WSGI_APPLICATION = "wsgi.application"
