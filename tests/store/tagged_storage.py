"""Object storage in memory that tags its objects, as S3 does, and notes what is asked of it.

Requests can be made to fail, or to kill who asks, before the storage has heard of them or after it has answered.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import md5
from threading import Lock, local
from typing import Any

import fsspec
from fsspec.implementations.memory import MemoryFileSystem

__all__ = ["URL", "Killed", "TaggedStorage", "objects"]

URL = "tagged://site/feeds/"
_ROOT = "/site/feeds/"


class Killed(BaseException):
    """Stands for the end of a process, which nothing can catch."""


class TaggedStorage(MemoryFileSystem):  # type: ignore[misc]
    """The storage: one for all, which `empty` empties."""

    protocol = "tagged"
    store: dict[str, Any] = {}  # noqa: RUF012 - as the class above
    pseudo_dirs = [""]  # noqa: RUF012 - as the class above
    #: What was asked, in order.
    requests: list[str] = []  # noqa: RUF012 - as above
    _lock = Lock()
    _asking = local()
    #: The number of the request that goes wrong, whether it is heard of first, and what is raised.
    _goes_wrong: tuple[int, bool, BaseException] | None = None

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        stripped: str = super()._strip_protocol(path.removeprefix("tagged:/"))
        return stripped

    @classmethod
    def empty(cls) -> None:
        """Remove all objects, and forget what was asked."""
        cls.store.clear()
        cls.requests.clear()

    @classmethod
    @contextmanager
    def wrong_at(cls, number: int, error: BaseException, *, is_heard: bool) -> Iterator[None]:
        """Let a request go wrong, and all that come after it."""
        cls.requests.clear()
        cls._goes_wrong = number, is_heard, error
        try:
            yield
        finally:
            cls._goes_wrong = None

    @classmethod
    @contextmanager
    def _request(cls, name: str, path: str) -> Iterator[None]:
        if getattr(cls._asking, "nested", False):
            yield
            return
        with cls._lock:
            cls.requests.append(
                f"{name} {cls._strip_protocol(path).removeprefix(_ROOT)}".removesuffix(" /site/feeds")
            )
            wrong = cls._goes_wrong
            number = len(cls.requests)
        if wrong is not None and number >= wrong[0] and not (wrong[1] and number == wrong[0]):
            raise wrong[2]
        cls._asking.nested = True
        try:
            yield
        finally:
            cls._asking.nested = False
        if wrong is not None and number == wrong[0]:
            raise wrong[2]

    def _tagged(self, facts: dict[str, Any]) -> dict[str, Any]:
        if facts["type"] != "file":
            return facts
        data = self.store[facts["name"]].getvalue()
        return {**facts, "ETag": f'"{md5(data, usedforsecurity=False).hexdigest()}"'}

    def find(self, path: str, *args: Any, **values: Any) -> Any:
        """List all objects below a path."""
        with self._request("list", path):
            found = super().find(path, *args, **values)
            return {name: self._tagged(facts) for name, facts in found.items()}

    def info(self, path: str, **values: Any) -> Any:
        """Return the facts of an object."""
        with self._request("head", path):
            return self._tagged(super().info(path, **values))

    def cat_file(self, path: str, *args: Any, **values: Any) -> Any:
        """Return the bytes of an object."""
        with self._request("get", path):
            return super().cat_file(path, *args, **values)

    def pipe_file(self, path: str, value: bytes, *args: Any, **values: Any) -> Any:
        """Write an object."""
        with self._request("put", path):
            super().pipe_file(path, value, *args, **values)
            return {"ETag": f'"{md5(value, usedforsecurity=False).hexdigest()}"'}

    def rm_file(self, path: str) -> None:
        """Remove an object."""
        with self._request("delete", path):
            if self._strip_protocol(path) in self.store:
                super().rm_file(path)


fsspec.register_implementation("tagged", TaggedStorage, clobber=True)


def objects() -> dict[str, bytes]:
    """What lies there, newsfeed's own files left out."""
    return {
        path.removeprefix(_ROOT): file.getvalue()
        for path, file in TaggedStorage.store.items()
        if "/.newsfeed/" not in path
    }
