"""Feeds on the web: applications for WSGI and ASGI servers over a published folder or a live newsroom.

>>> from newsfeed import web
>>> app = web.wsgi_app("public", max_age=60)

What HTTP asks of a server of documents is answered in one room that knows no server, `responder`; `wsgi` and `asgi`
translate. Brotli and Zstandard come with the extra `web`; gzip is always there.
"""

from newsfeed.web.applications import Source, asgi_app, wsgi_app
from newsfeed.web.precompressed import precompress
from newsfeed.web.published import gone_from

__all__ = ["Source", "asgi_app", "gone_from", "precompress", "wsgi_app"]
