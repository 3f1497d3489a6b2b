"""How large a feed may be."""

from typing import Final

__all__ = ["LARGEST"]

#: Bytes; a larger feed is refused unread, because feed readers don't take it either.
LARGEST: Final = 64 * 1024 * 1024
