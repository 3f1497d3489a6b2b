"""Serve feeds over HTTP: WSGI and ASGI applications for a published folder or a live newsroom.

>>> from newsfeed import web
>>> app = web.wsgi_app("public", max_age=60)

`responder` implements HTTP without knowing about any server; `wsgi` and `asgi` are adapters for it. gzip is always
available; Brotli and Zstandard need the extra `web`.
"""

from newsfeed.web.applications import Servable, asgi_app, wsgi_app
from newsfeed.web.folder import gone_from
from newsfeed.web.precompressed import precompress

__all__ = ["Servable", "asgi_app", "gone_from", "precompress", "wsgi_app"]
