"""Regular expressions that are compiled when they are first used, because most processes need few of them."""

import re
from typing import Any, AnyStr, cast

__all__ = ["lazy_pattern"]


def lazy_pattern(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what `re.compile` returns, but compile it at its first use.

    newsfeed has some three hundred patterns. Compiling them takes as long as importing everything else, and to publish
    an article takes fifty of them. It can't be given to functions of `re`, and isn't the `re` of its matches.

    >>> words = lazy_pattern("[a-z]+")
    >>> words.findall("to be"), words.pattern
    (['to', 'be'], '[a-z]+')
    """
    return cast("re.Pattern[AnyStr]", _LazyPattern(pattern, flags))


class _LazyPattern:
    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self._arguments: tuple[Any, int] = pattern, flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever patterns have
        """Return an attribute or a method of the compiled pattern, and keep it for the next time."""
        value = getattr(re.compile(*self._arguments), name)  # which has a cache of its own
        setattr(self, name, value)
        return value
