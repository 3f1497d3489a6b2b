"""JSON Feed 1.1: the members of its objects, and their types."""

from typing import Final

from newsfeed.check.structure import element

__all__ = ["JSON_OBJECTS", "JSON_TYPES"]

_AUTHOR: Final = element("avatar? name? url?")
#: The objects by the member that contains them, alone or in an array; the feed itself has no name.
JSON_OBJECTS: Final = {
    "": element(
        "version title items author? authors? description? expired? favicon? feed_url? home_page_url? hubs? icon?"
        " language? next_url? user_comment?"
    ),
    "attachments": element("url mime_type duration_in_seconds? size_in_bytes? title?"),
    "author": _AUTHOR,
    "authors": _AUTHOR,
    "hubs": element("type url"),
    "items": element(
        "id attachments? author? authors? banner_image? content_html? content_text? date_modified? date_published?"
        " external_url? image? language? summary? tags? title? url?"
    ),
}
#: The types of members that aren't strings.
JSON_TYPES: Final = {
    **dict.fromkeys(("attachments", "authors", "hubs", "items", "tags"), "array"),
    **dict.fromkeys(("duration_in_seconds", "size_in_bytes"), "number"),
    "author": "object",
    "expired": "boolean",
}
