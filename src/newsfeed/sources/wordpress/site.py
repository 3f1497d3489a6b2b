"""The posts of a WordPress site, through its REST API (`/wp-json/wp/v2/posts`): page by page, only what changed."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from newsfeed.errors import SourceError
from newsfeed.findings import Finding, Place
from newsfeed.model.article_source import ArticleSource
from newsfeed.model.shown_values import kind, shown
from newsfeed.model.site import Site
from newsfeed.sources.fetching import Answer, Fetcher
from newsfeed.sources.json_values import REFUSED, decoded
from newsfeed.sources.left_out import left_out
from newsfeed.sources.source_records import SourceRecord, Unchanged
from newsfeed.sources.wordpress.posts import id_of, post_values, why_post_left_out
from newsfeed.text.lazy_pattern import lazy_pattern
from newsfeed.text.shown_addresses import shown_address

__all__ = ["rows"]

#: Posts on a page: as many as WordPress gives, and as many as every site does.
_PER_PAGE = (100, 10)
#: Pages of one site that are read.
_MOST_PAGES = 100_000
_EMBED = "author,wp:featuredmedia,wp:term"
_API = lazy_pattern(r"/wp-json(?:/.*)?\Z")
#: Statuses that say something about the request, and not about the site as a whole.
_BAD_REQUEST, _NOT_FOUND = 400, 404
#: What a post names by number, the collection that has it, and where `_embed` puts it.
_COLLECTIONS = {
    "categories": ("categories", "wp:term"),
    "tags": ("tags", "wp:term"),
    "author": ("users", "author"),
    "featured_media": ("media", "wp:featuredmedia"),
}
_PLURAL_LANGUAGES = 2


def rows(
    source: ArticleSource,
    site: Site,
    root: Path,  # noqa: ARG001 - nothing is in a folder
    since: datetime | None,
) -> Iterator[SourceRecord | Unchanged | Finding]:
    """Read the posts of a site.

    Args:
        source: The source; its `url` is the site's address, with a user and an application password if it needs them.
        site: The newsroom's site.
        root: The newsroom's folder.
        since: Read only posts that changed since this moment, and tell which others are still there; None: all.

    Yields:
        Each public post, and a note for each other one.

    Raises:
        SourceError: If the site can't be reached, or answers something else.
    """
    with Fetcher(source.name, site) as fetcher:
        posts = _Posts(source, site, fetcher)
        number = 0
        read: set[str] = set()
        for post, language in posts.changed(since):
            key = id_of(post)
            if key in read:  # a page grew while it was read
                continue
            read.add(key)
            number += 1
            place = Place(file=source.name, record=number)
            if why := why_post_left_out(post):
                yield left_out(why, place)
            else:
                yield SourceRecord(post_values(post, source, site, language), place, raw=post)
        if since is not None:
            yield from (Unchanged(key) for key in posts.ids() if key not in read)


class _Posts:
    """The collection of a site's posts."""

    def __init__(self, source: ArticleSource, site: Site, fetcher: Fetcher) -> None:
        self._source = source
        self._site = site
        self._fetcher = fetcher
        self._base = _API.sub("", str(source.url).rstrip("/"))
        #: Whether the site has no permalinks, so that the API is a parameter of its front page.
        self._is_plain = False
        self._names: dict[tuple[str, int], Mapping[str, Any]] = {}

    def changed(self, since: datetime | None) -> Iterator[tuple[Mapping[str, Any], str | None]]:
        """Yield the posts that changed, each with the language that was asked for."""
        params: dict[str, str | int] = {"_embed": _EMBED, "orderby": "id", "order": "asc"}
        if since is not None:
            params["modified_after"] = f"{since.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        for language in self._languages():
            asked = params if language is None else {**params, "lang": language.partition("-")[0]}
            for page in self._pages("posts", asked):
                yield from ((post, language) for post in self._with_names(page))

    def ids(self) -> Iterator[str]:
        """Yield the ids of all posts."""
        params: dict[str, str | int] = {"_fields": "id,guid,link", "orderby": "id", "order": "asc"}
        for language in self._languages():
            asked = params if language is None else {**params, "lang": language.partition("-")[0]}
            for page in self._pages("posts", asked):
                yield from map(id_of, page)

    def _languages(self) -> tuple[str | None, ...]:
        """Return the languages that have to be asked for one by one, as WPML wants it; else one None."""
        if len(self._site.languages) < _PLURAL_LANGUAGES:
            return (None,)
        try:
            answer = self._answer("", {"_fields": "namespaces"}, also=range(400, 600))
            said = decoded(answer.content)
        except (SourceError, *REFUSED):
            return (None,)
        namespaces = said.get("namespaces") if isinstance(said, Mapping) else None
        has_wpml = isinstance(namespaces, list) and any(str(name).startswith("wpml") for name in namespaces)
        return tuple(self._site.languages) if has_wpml else (None,)

    def _pages(self, collection: str, params: Mapping[str, str | int]) -> Iterator[list[Mapping[str, Any]]]:
        """Yield the pages of a collection, each a list of objects."""
        sizes = iter(_PER_PAGE)
        size, page = next(sizes), 1
        known: set[str] = set()
        while page <= _MOST_PAGES:
            answer = self._answer(
                f"wp/v2/{collection}",
                {**params, "per_page": size, "page": page},
                also={_BAD_REQUEST, _NOT_FOUND},
            )
            if answer.status == _NOT_FOUND and not self._is_plain and page == 1:
                self._is_plain = True
                continue
            said = self._decoded(answer)
            if answer.status == _BAD_REQUEST and page > 1 and _is_after_last_page(said):
                return
            if answer.status == _BAD_REQUEST and page == 1 and (smaller := next(sizes, None)):
                size = smaller
                continue
            if not isinstance(said, list) or answer.status in {_BAD_REQUEST, _NOT_FOUND}:
                raise self._error(_told(said))
            posts = [each for each in said if isinstance(each, Mapping)]
            new = set(map(id_of, posts)) - known
            if not new:  # the server gives the same page again and again
                return
            known |= new
            yield posts
            pages = _count(answer.headers.get("x-wp-totalpages", ""))
            if page >= pages if pages is not None else len(said) < size:
                return
            page += 1

    def _answer(self, path: str, params: Mapping[str, str | int], also: Any = ()) -> Answer:  # noqa: ANN401 - a collection
        address = f"{self._base}/" if self._is_plain else f"{self._base}/wp-json/{path}"
        asked = {"rest_route": f"/{path}", **params} if self._is_plain else params
        return self._fetcher.get(address, params=asked, accept="application/json", also=also)

    def _decoded(self, answer: Answer) -> object:
        content = answer.content
        try:
            return decoded(content)
        except REFUSED:
            start = content.find(b'[{"')  # PHP may print its warnings before
        try:
            if start > 0:
                return decoded(content[start:])
        except REFUSED:
            pass
        raise self._error(
            f"answered {answer.status} with something that isn't JSON: {shown(content[:60].decode('utf-8', 'replace'))!r}"
        )

    def _error(self, what: str) -> SourceError:
        address = shown_address(self._base)
        remedy = "Check its url, and that a browser shows JSON at /wp-json/wp/v2/posts below it."
        return SourceError(f"{self._source.name}: {address} {what}. {remedy}")

    def _with_names(self, page: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """Return posts with what they name by number, which `_embed` brings, but not on every site."""
        bare = [post for post in page if not isinstance(post.get("_embedded"), Mapping)]
        if not bare:
            return page
        for key, (collection, _) in _COLLECTIONS.items():
            self._learn(collection, {number for post in bare for number in _numbers(post.get(key))})
        return [
            post
            if isinstance(post.get("_embedded"), Mapping)
            else {**post, "_embedded": self._embedded(post)}
            for post in page
        ]

    def _learn(self, collection: str, numbers: set[int]) -> None:
        unknown = sorted(number for number in numbers if (collection, number) not in self._names)
        for start in range(0, len(unknown), _PER_PAGE[0]):
            some = unknown[start : start + _PER_PAGE[0]]
            params: dict[str, str | int] = {"include": ",".join(map(str, some)), "per_page": _PER_PAGE[0]}
            try:
                answer = self._answer(f"wp/v2/{collection}", params, also={400, 401, 403, 404})
                said = decoded(answer.content)
            except (SourceError, *REFUSED):
                said = []
            found = said if isinstance(said, list) else []
            self._names |= {(collection, number): {} for number in some}
            self._names |= {
                (collection, each["id"]): each
                for each in found
                if isinstance(each, Mapping) and type(each.get("id")) is int
            }

    def _embedded(self, post: Mapping[str, Any]) -> Mapping[str, Any]:
        embedded: dict[str, list[Any]] = {}
        for key, (collection, place) in _COLLECTIONS.items():
            known = [self._names[collection, number] for number in _numbers(post.get(key))]
            named = [
                {"taxonomy": "category" if key == "categories" else "post_tag", **each}
                for each in known
                if each
            ]
            embedded.setdefault(place, []).extend([named] if place == "wp:term" else named)
        return embedded


def _numbers(value: object) -> list[int]:
    items = value if isinstance(value, list) else [value]
    return [item for item in items if type(item) is int and item > 0]


def _count(header: str) -> int | None:
    """Return a number of pages; None if a server doesn't say it, or says something that can't be one."""
    return int(header) if header.isdecimal() and len(header) <= len(str(_MOST_PAGES)) else None


def _is_after_last_page(said: object) -> bool:
    """Return whether WordPress says that there are fewer pages."""
    return isinstance(said, Mapping) and said.get("code") == "rest_post_invalid_page_number"


def _told(said: object) -> str:
    """Return what an answer that isn't a list says."""
    if isinstance(said, Mapping) and isinstance(said.get("message"), str):
        return f"answered: {shown(said['message'])!r}"
    return f"answered with {kind(said)} in place of a list of posts"
