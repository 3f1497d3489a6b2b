"""A site's settings for serving its documents."""

import re
from collections.abc import Callable

import msgspec

from newsfeed.errors import InvalidValue

__all__ = ["Policy"]

_ORIGIN = re.compile(r"https?://[A-Za-z0-9.:\[\]-]+")


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """How documents are served.

    Raises:
        InvalidValue: If `max_age` is negative, or an origin isn't valid.

    Example:
        >>> Policy(max_age=60).cache_control(), Policy(max_age=0).cache_control()
        ('public, max-age=60', 'no-cache')
        >>> Policy(max_age=60).cache_control(private=True), Policy(max_age=0).cache_control(private=True)
        ('private, max-age=60', 'private, no-cache')
    """

    #: For how many seconds clients may use a copy without asking again; with 0, they always ask.
    max_age: int = 300
    #: Whether an address without a suffix returns the format that the client prefers.
    negotiate: bool = False
    #: The origins whose scripts may read documents: `*` for all, or addresses without a path.
    origins: tuple[str, ...] = ("*",)
    #: Whether clients that ask for it get only the entries that they don't have.
    deltas: bool = True
    #: Returns whether the feed at a path, `en/topic/snow.rss`, was withdrawn.
    gone: Callable[[str], bool] | None = None

    def __post_init__(self) -> None:
        if self.max_age < 0:
            raise InvalidValue(
                f"{self.max_age} is negative", "write a number of seconds, or 0", field="max_age"
            )
        for origin in self.origins:
            if origin != "*" and not _ORIGIN.fullmatch(origin):
                remedy = "write an origin such as https://report.example, or *"
                raise InvalidValue(f"{origin!r} isn't an origin", remedy, field="origins")

    def cache_control(self, *, private: bool = False) -> str:
        """Return the value of the header `Cache-Control` (RFC 9111 §5.2).

        Args:
            private: Whether the document isn't for everybody.
        """
        if not self.max_age:
            return "private, no-cache" if private else "no-cache"
        return f"{'private' if private else 'public'}, max-age={self.max_age}"

    @property
    def varies(self) -> tuple[str, ...]:
        """The request headers that every response depends on: `Origin`, unless all sites may read it.

        >>> Policy().varies, Policy(origins=("https://report.example",)).varies
        ((), ('Origin',))
        """
        return () if "*" in self.origins else ("Origin",)

    def cross_origin(self, origin: str | None, *, private: bool = False) -> tuple[tuple[str, str], ...]:
        """Return the headers that let scripts of a site read a response (the Fetch standard, CORS protocol).

        Args:
            origin: The request's `Origin`; `None` if it has none.
            private: Whether the document isn't for everybody, so that `*` doesn't allow scripts to read it.
        """
        if "*" in self.origins:
            allowed = None if private else "*"
        else:
            allowed = origin if origin in self.origins else None
        if allowed is None:
            return ()
        return (
            ("Access-Control-Allow-Origin", allowed),
            ("Access-Control-Expose-Headers", "Delta-Base, ETag, IM, Link"),
        )
