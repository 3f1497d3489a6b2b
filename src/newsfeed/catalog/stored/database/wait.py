"""How long to wait for others that use a store."""

from typing import Final

__all__ = ["WAIT"]

#: How many seconds to wait, unless somebody says otherwise.
WAIT: Final = 60
