"""`functools.cached_property` without the lock that it has before Python 3.12.

That lock belongs to the class, not to the object. While a thread computes a property of one object, no other thread
can compute it for any object, and a process that is forked at that time waits for the lock forever.
"""

import functools
import sys
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any, TypeVar

__all__ = ["cached_property"]

_Value_co = TypeVar("_Value_co", covariant=True)


class cached_property(functools.cached_property[_Value_co]):  # noqa: N801 - named as what it stands for
    """A property that is computed once per object; perhaps twice, if two threads ask for it at the same time.

    >>> class Snow:
    ...     @cached_property
    ...     def flakes(self):
    ...         print("counted")
    ...         return 6
    >>> snow = Snow()
    >>> snow.flakes, snow.flakes
    counted
    (6, 6)
    """

    def __init__(self, func: Callable[[Any], _Value_co]) -> None:
        super().__init__(func)
        if sys.version_info < (3, 12):
            self.lock = nullcontext()
