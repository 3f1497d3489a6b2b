"""A Flask site whose feeds lie below /feeds, from a folder that `newsfeed build` wrote.

newsfeed build ../report -o public
flask --app app run
"""

from pathlib import Path

from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from newsfeed.web import wsgi_app

PUBLIC = Path(__file__).parent / "public"

app = Flask(__name__)
app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {"/feeds": wsgi_app(PUBLIC)})


@app.get("/")
def home() -> str:
    """Give the front page."""
    return '<link rel="alternate" type="application/rss+xml" href="/feeds/en/all.rss"><h1>Report</h1>'
