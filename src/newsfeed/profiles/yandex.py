"""Yandex News: what it requires of a feed.

Source: a stored copy of Yandex Webmaster's page "Latest and most important news": RSS 2.0 with title, link, date
and `yandex:full-text`. The limit of 10 MB and the words of `yandex:genre` are unverified. An article names its genre in
`extra`, `{"genre": "article"}`; without one it is a message. Several `enclosure`s without a length, which are usual
there, break RSS 2.0 and aren't written: Media RSS carries the pictures.
"""

from newsfeed.model.profile import Profile

__all__ = ["PROFILE"]

PROFILE = Profile(
    name="yandex",
    title="Yandex",
    source="https://yandex.ru/support/webmaster/en/search-appearance/fresh-content",
    namespaces={"yandex": "http://news.yandex.ru"},
    elements={"yandex:genre": "{extra.genre:message}", "yandex:full-text": "{text}"},
    needs=("title", "link", "published"),
    feed_needs=("title", "link", "description"),
    max_bytes=10_000_000,
)
