"""Repairs of addresses that a browser would understand: relative ones, and ones with white space around them."""

from collections.abc import Iterator

from newsfeed.errors import InvalidValue
from newsfeed.text.url_references import absolute
from newsfeed.text.urls import is_web_address

__all__ = ["repair_addresses"]

_REMEDY = "write the full address and nothing else"
#: The addresses in lists of people and of files.
_ADDRESSES = {"authors": ("url", "avatar"), "media": ("url", "thumbnail")}
#: An address with this beginning is relative by the standard, but means a host.
_WITHOUT_SCHEME = "www."


def repair_addresses(values: dict[str, object], site_url: str) -> Iterator[InvalidValue]:
    """Replace addresses that have only one possible meaning with full ones.

    The addresses of the article and its source are trimmed, and get a scheme before `//`. Those of files, people
    and comments may be relative to the article's page.

    Args:
        values: The values of an article by field; the lists and mappings in it may be shared with the caller. It is changed.
        site_url: The site's address, whose scheme is used.

    Yields:
        The repairs. Their reasons show no values, so equal repairs have equal reasons.
    """
    for field in ("id", "url", "external_url"):
        yield from _repair(values, field, None if field == "id" else site_url)
    source = values.get("source")
    if isinstance(source, dict):
        for repair in _repair(source, "url", site_url):
            yield repair.at("source")
    page = next((str(values[field]) for field in ("url", "id") if is_web_address(values.get(field))), None)
    if page is not None:
        yield from _repair_parts(values, page)


def _repair_parts(values: dict[str, object], page: str) -> Iterator[InvalidValue]:
    """Repair the addresses of people, files and comments, which may be relative to the article's page."""
    for field, parts in _ADDRESSES.items():
        items = values.get(field)
        for index, item in enumerate(items if isinstance(items, list) else ()):
            for part in parts if isinstance(item, dict) else ():
                for repair in _repair(item, part, page, may_be_relative=True):
                    yield repair.at(f"[{index}]").at(field)
    comments = values.get("comments")
    if isinstance(comments, dict):
        for part in ("url", "feed"):
            for repair in _repair(comments, part, page, may_be_relative=True, may_be_page=True):
                yield repair.at("comments")


def _repair(
    values: dict[str, object],
    field: str,
    page: str | None,
    *,
    may_be_relative: bool = False,
    may_be_page: bool = False,
) -> Iterator[InvalidValue]:
    written = values.get(field)
    if not isinstance(written, str) or is_web_address(written):
        return
    address = written.strip()
    reason = "it has white space around it, which was removed"
    if not is_web_address(address):
        if page is None or not (may_be_relative or address.startswith("//")):
            return
        resolved = None if address.startswith(_WITHOUT_SCHEME) else absolute(address, page=page)
        is_page = resolved is not None and resolved.partition("#")[0] == absolute("", page=page)
        if resolved is None or (is_page and not may_be_page):  # the page isn't a file of its own
            return
        address = resolved
        reason = "it is a relative address, and was resolved against the article's page"
    values[field] = address
    yield InvalidValue(reason, _REMEDY, field=field)
