"""A Django site whose feeds lie below /feeds, in a folder that `newsfeed build` wrote.

They are answered before Django is asked, so no middleware of the site slows them down or changes them.

    newsfeed build ../report -o public
    python manage.py runserver
"""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from wsgiref.util import shift_path_info

from django.core.wsgi import get_wsgi_application

from newsfeed.web import wsgi_app

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")
site = get_wsgi_application()
feeds = wsgi_app(Path(__file__).parent / "public")


def application(environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
    """Answer one request."""
    if environ["PATH_INFO"].startswith("/feeds/"):
        shift_path_info(environ)
        return feeds(environ, start_response)
    return site(environ, start_response)
