"""Object storage as a target: S3 and the like, and anything else that fsspec reaches.

Documents wait in a temporary file until all are rendered. Then those that changed are sent, several at once, those that
are obsolete are removed, and the record is sent last. Object storage replaces an object whole or not at all, but it has
no locks and can't change several objects at once.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import Any

from newsfeed.errors import MissingExtra, PublishError
from newsfeed.model.formats import feed_suffixes
from newsfeed.model.media_types import with_charset
from newsfeed.publish.record import FOLDER, RECORD_PATH, Stamp
from newsfeed.publish.temp_spool import Spooled, TempSpool
from newsfeed.publish.unfinished import UNFINISHED_PATH
from newsfeed.publish.write_errors import HALFWAY, UNCHANGED, publish_errors
from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["CACHE_CONTROL", "ObjectStorage", "ObjectStore"]

#: How long caches may keep a document by default: five minutes.
CACHE_CONTROL = "public, max-age=300"
_PRIVATE = "private, no-store"
#: The extra `remote` has the packages for these.
_OF_THE_EXTRA = ("s3://", "s3a://")
_RECORD_TYPE = "application/jsonl"

#: What services call the digest of an object's bytes or the number of its version, either of which changes with them.
_TAGS = ("ETag", "etag", "md5Hash")
_PASSWORD = lazy_pattern(r"(?<=://)[^/@]*@")


class ObjectStorage:
    """Object storage that fsspec reaches: a `Target` for `Newsroom.publish`.

    Publishing to its URL alone does the same with these defaults.

    Args:
        url: The URL below which everything is published, `s3://bucket/feeds/`.
        cache_control: The header `Cache-Control` of documents, where the storage keeps headers.
        workers: How many objects are sent at once.
        options: For fsspec's file system: `{"endpoint_url": "https://…", "profile": "news"}` for S3.
            Without, it reads its own configuration: for S3 that of AWS's tools.

    Raises:
        MissingExtra: If fsspec, or its package for this storage, is not installed.
        PublishError: If fsspec doesn't know the URL.

    Example:
        >>> import newsfeed
        >>> storage = ObjectStorage("memory://news/feeds/", cache_control="public, max-age=60")
        >>> report = newsfeed.open("examples/report").publish(storage)
        >>> report.folder, report.written[:2]
        ('memory://news/feeds/', ('en/all.rss', 'en/all.atom'))
    """

    def __init__(
        self,
        url: str,
        *,
        cache_control: str = CACHE_CONTROL,
        workers: int = 8,
        options: Mapping[str, Any] | None = None,
    ) -> None:
        self._url = url
        self._cache_control = cache_control
        self._workers = workers
        self._files, root = _opened(url, options or {})
        self._root = root.rstrip("/")

    @property
    def name(self) -> str:
        """Its URL, without the password that may be in it."""
        return _PASSWORD.sub("", self._url)

    @contextmanager
    def for_build(self, *, wait: float = 0) -> Iterator["OpenObjectStorage"]:  # noqa: ARG002 - there is no lock to wait for
        """Open it for one build. Two builds at once don't wait for each other: the last record wins."""
        with TempSpool() as spool:
            yield OpenObjectStorage(self._files, self._root, spool, self._cache_control, self._workers)

    def for_reading(self) -> AbstractContextManager["OpenObjectStorage"]:
        """Open it to look at its documents; before its `commit` a build does no more."""
        return self.for_build()


#: The name of `ObjectStorage` before the word *store* was needed for databases.
ObjectStore = ObjectStorage


class OpenObjectStorage:
    """The objects below a URL, open for one build: an `OpenTarget`.

    Args:
        files: fsspec's file system.
        root: What names begin with, without a slash at the end.
        spool: Where documents wait.
        cache_control: The header `Cache-Control` of documents.
        workers: How many objects are sent at once.
    """

    def __init__(self, files: Any, root: str, spool: TempSpool, cache_control: str, workers: int) -> None:  # noqa: ANN401 - fsspec ships no types
        self._files = files
        self._root = root
        self._spool = spool
        self._cache_control = cache_control
        self._workers = workers
        self._staged: dict[str, tuple[Spooled, str]] = {}
        self._obsolete: list[str] = []
        #: None for objects that aren't there.
        self._stamps: dict[str, Stamp | None] = {}
        self._is_listed = False
        self._is_looked_at_singly = False
        self._files.invalidate_cache()
        #: Nothing unfinished can be left behind.
        self.cleared: list[str] = []

    def read(self, path: str) -> bytes | None:
        """Return the bytes of an object; None if there is none."""
        is_known = self._is_listed or path in self._stamps
        if is_known and self._stamps.get(path) is None:
            return None
        with self._errors("read", path, UNCHANGED):
            try:
                data: bytes = self._files.cat_file(self._name(path))
            except FileNotFoundError:
                return None
            return data

    def stamp(self, path: str) -> Stamp | None:
        """Return an object's size and tag, as the storage told when it was first asked, or when the object was sent."""
        if path not in self._stamps and self._is_looked_at_singly:
            self._look_at(path)
        elif path not in self._stamps:
            self._list()
        return self._stamps.get(path)

    def expect(self, paths: Collection[str]) -> None:
        """Ask for the stamps of some objects, several at once, and list no others."""
        self._is_looked_at_singly = True
        run_concurrently(
            (partial(self._look_at, path) for path in paths if path not in self._stamps), self._workers
        )

    def may_be_feeds(self) -> Iterable[str]:
        """Return the names that end like those of RSS and Atom feeds. Most JSON files aren't feeds, and all would be read."""
        self._list()
        suffixes = feed_suffixes("rss", "atom")
        return [path for path, stamp in self._stamps.items() if stamp is not None and path.endswith(suffixes)]

    def put(self, path: str, document: bytes, media_type: str) -> None:
        """Keep a document until `commit` sends it."""
        self._staged[path] = self._spool.keep(document), media_type

    def remove(self, path: str) -> None:
        """Mark an object, which `commit` will remove."""
        self._obsolete.append(path)

    def commit(self, record: Callable[[], bytes], *, unfinished: bytes) -> None:
        """Send every document, remove what is obsolete, and send the record."""
        if not self._is_looked_at_singly:
            self._list()  # which tells whether a build that died has left something
        if self._staged and unfinished:
            self._send_own(UNFINISHED_PATH, unfinished, UNCHANGED)
        run_concurrently(
            (partial(self._send, path, *staged) for path, staged in self._staged.items()), self._workers
        )
        run_concurrently((partial(self._remove, path) for path in self._obsolete), self._workers)
        self._send_own(RECORD_PATH, record(), HALFWAY)
        if self._stamps.get(UNFINISHED_PATH) is not None:
            self._remove(UNFINISHED_PATH)
        self._staged.clear()

    def _list(self) -> None:
        """Learn the stamps of all objects, once."""
        if self._is_listed:
            return
        with self._errors("list", "", UNCHANGED):
            try:
                found = self._files.find(self._root, detail=True)
            except FileNotFoundError:
                found = {}
        listed = {name.removeprefix(self._root).lstrip("/"): _found(facts) for name, facts in found.items()}
        self._stamps = listed | self._stamps
        self._is_listed = True

    def _look_at(self, path: str) -> None:
        """Learn the stamp of one object."""
        with self._errors("read", path, UNCHANGED):
            try:
                self._stamps[path] = _found(self._files.info(self._name(path)))
            except FileNotFoundError:
                self._stamps[path] = None

    def _send(self, path: str, document: Spooled, media_type: str) -> None:
        data = self._spool.read(document)
        cache_control = _PRIVATE if path.startswith(f"{FOLDER}/") else self._cache_control
        self._put(path, data, with_charset(media_type), cache_control, HALFWAY)

    def _send_own(self, name: str, data: bytes, state: str) -> None:
        self._put(name, data, _RECORD_TYPE, _PRIVATE, state)

    def _put(self, path: str, data: bytes, media_type: str, cache_control: str, state: str) -> None:
        headers = _headers(self._files, media_type, cache_control)
        with self._errors("write", path, state):
            answer = self._files.pipe_file(self._name(path), data, **headers)
        facts = answer if isinstance(answer, Mapping) else {}
        self._stamps[path] = _stamp({**facts, "size": len(data)})

    def _remove(self, path: str) -> None:
        with self._errors("remove", path, HALFWAY):
            try:
                self._files.rm_file(self._name(path))
            except FileNotFoundError:
                return

    def _name(self, path: str) -> str:
        return f"{self._root}/{path}"

    def _errors(self, verb: str, path: str, state: str) -> AbstractContextManager[None]:
        """Turn whatever the storage raises into one error that says what was being done to which object."""
        address = self._files.unstrip_protocol(self._name(path))
        return publish_errors(verb, address, state, errors=Exception, hint=_hint)


def run_concurrently(tasks: Iterable[Callable[[], object]], workers: int) -> None:
    """Run tasks in threads. When one fails, those that haven't begun are dropped, and its error is raised.

    Args:
        tasks: What to do.
        workers: How many at once.

    >>> done = []
    >>> run_concurrently([lambda: done.append("snow"), lambda: done.append("rain")], workers=1)
    >>> done
    ['snow', 'rain']
    """
    with ThreadPoolExecutor(workers) as pool:
        futures = [pool.submit(task) for task in tasks]
        try:
            wait(futures, return_when=FIRST_EXCEPTION)
        finally:
            pool.shutdown(cancel_futures=True)
    for future in futures:
        if not future.cancelled():
            future.result()


def _opened(url: str, options: Mapping[str, Any]) -> tuple[Any, str]:
    """Return fsspec's file system for a URL, and the URL's root on it."""
    name = _PASSWORD.sub("", url)
    try:
        from fsspec.core import url_to_fs

        files, root = url_to_fs(url, **options)
    except ImportError as error:
        if str(error.name).startswith("fsspec") or url.startswith(_OF_THE_EXTRA):
            raise MissingExtra("outputs on object storage", "remote") from error
        raise PublishError(f"can't publish to {name}: {error}.") from error
    except Exception as error:
        raise PublishError(
            f"can't publish to {name}: {error}. Write the path of a folder, or a URL that fsspec knows."
        ) from error
    return files, root


def _found(facts: Mapping[str, Any]) -> Stamp | None:
    """Return the stamp of what the storage found at a path; None if that isn't an object."""
    return _stamp(facts) if facts.get("type") == "file" else None


def _stamp(facts: Mapping[str, Any]) -> Stamp:
    """Return the stamp of an object. Without a tag it isn't sure, so the object is read."""
    tag = next((str(facts[name]).strip('"') for name in _TAGS if facts.get(name)), "")
    return Stamp(int(facts.get("size") or 0), tag)


def _headers(files: Any, media_type: str, cache_control: str) -> dict[str, Any]:  # noqa: ANN401 - fsspec ships no types
    """Return the arguments that set the headers of an object; empty if the storage keeps none."""
    names = {files.protocol} if isinstance(files.protocol, str) else set(files.protocol)
    if "s3" in names:
        return {"ContentType": media_type, "CacheControl": cache_control}
    if "gs" in names:
        return {"content_type": media_type, "fixed_key_metadata": {"cache_control": cache_control}}
    return {}


def _hint(error: Exception) -> str:
    """Return a sentence that says what to do about an error; empty if nothing is known to help."""
    if isinstance(error, PermissionError):
        return "Let these credentials list, read, write and remove objects there."
    if isinstance(error, FileNotFoundError):
        return "Create the bucket, or correct its name."
    if "credentials" in str(error).lower():
        return "Set up credentials as the storage's own tools expect them: a profile, a role, or environment variables."
    if "connect" in str(error).lower() or isinstance(error, TimeoutError):
        return "Check the network and the address."
    return ""
