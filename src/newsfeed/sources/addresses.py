"""Repairs of addresses that a browser would understand: relative ones, and ones with white space around them."""

from collections.abc import Iterator

from newsfeed.errors import InvalidValue
from newsfeed.text.url_references import absolute
from newsfeed.text.urls import is_web_address

__all__ = ["repair_addresses"]

_REMEDY = "write the full address and nothing else"
#: An address with this beginning is relative by the standard, but means a host.
_WITHOUT_SCHEME = "www."


def repair_addresses(values: dict[str, object], site_url: str) -> Iterator[InvalidValue]:
    """Replace addresses that have only one possible meaning with full ones.

    The addresses of the article and its source are trimmed, and get a scheme before `//`. Those of files and people
    may be relative to the article's page.

    Args:
        values: The values of an article by field; the lists and mappings in it may be shared with the caller. It is changed.
        site_url: The site's address, whose scheme is used.

    Yields:
        The repairs. Their reasons show no values, so equal repairs have equal reasons.
    """
    for field in ("id", "url"):
        yield from _repair(values, field, None if field == "id" else site_url)
    page = next((str(values[field]) for field in ("url", "id") if is_web_address(values.get(field))), None)
    for field in ("authors", "media"):
        items = values.get(field)
        if page is not None and isinstance(items, list):
            for index, item in enumerate(items):
                if isinstance(item, dict):
                    for repair in _repair(item, "url", page, may_be_relative=True):
                        yield repair.at(f"[{index}]").at(field)
    source = values.get("source")
    if isinstance(source, dict):
        for repair in _repair(source, "url", site_url):
            yield repair.at("source")


def _repair(
    values: dict[str, object], field: str, page: str | None, *, may_be_relative: bool = False
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
        if resolved is None or resolved.partition("#")[0] == absolute(
            "", page=page
        ):  # the page isn't a file of its own
            return
        address = resolved
        reason = "it is a relative address, and was resolved against the article's page"
    values[field] = address
    yield InvalidValue(reason, _REMEDY, field=field)
