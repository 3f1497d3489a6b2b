"""A FastAPI site whose feeds lie below /feeds, straight from a newsroom that its own code holds.

uvicorn app:app
"""

from pathlib import Path

from fastapi import FastAPI

import newsfeed
from newsfeed.web import asgi_app

newsroom = newsfeed.open(Path(__file__).parents[1] / "report")

app = FastAPI()
app.mount(
    "/feeds", asgi_app(lambda: newsroom)
)  # the newsroom of the moment: put another in its place when news come


@app.get("/")
def home() -> dict[str, str]:
    """Give the front page."""
    return {"title": newsroom.site.title, "feed": "/feeds/en/all.rss"}
