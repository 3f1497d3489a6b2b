"""newsfeed: every feed of a newsroom, in several languages and many categories.

>>> import newsfeed
>>> newsroom = newsfeed.open("examples/report")
>>> newsroom.feed("en/category/media").title
'Report – Media'

Importing newsfeed loads neither lxml nor feedgen, Jinja2, Babel or sqlite3; what needs them does.
"""

from newsfeed.errors import (
    FeedNotFound,
    FeedsRefused,
    InvalidNewsroom,
    InvalidPlan,
    InvalidPlugin,
    InvalidRecord,
    InvalidTemplate,
    InvalidValue,
    LossRefused,
    MissingExtra,
    NewsfeedError,
    ProblemsFound,
    PublishError,
    SourceError,
    StoreError,
)
from newsfeed.feed import Feed, from_feedgen
from newsfeed.findings import Finding, Place
from newsfeed.model.article import Article, Comments, Media, Person, Source
from newsfeed.model.feed import Entry, Extension
from newsfeed.model.rule import FeedRule
from newsfeed.model.site import Category, Site
from newsfeed.newsroom import Newsroom
from newsfeed.opening import open  # noqa: A004 - read as newsfeed.open
from newsfeed.publish.report import Report
from newsfeed.store import PutReport, Store, SyncReport

__all__ = [
    "Article",
    "Category",
    "Comments",
    "Entry",
    "Extension",
    "Feed",
    "FeedNotFound",
    "FeedRule",
    "FeedsRefused",
    "Finding",
    "InvalidNewsroom",
    "InvalidPlan",
    "InvalidPlugin",
    "InvalidRecord",
    "InvalidTemplate",
    "InvalidValue",
    "LossRefused",
    "Media",
    "MissingExtra",
    "NewsfeedError",
    "Newsroom",
    "Person",
    "Place",
    "ProblemsFound",
    "PublishError",
    "PutReport",
    "Report",
    "Site",
    "Source",
    "SourceError",
    "Store",
    "StoreError",
    "SyncReport",
    "from_feedgen",
    "open",
]
