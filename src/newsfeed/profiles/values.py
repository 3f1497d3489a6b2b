"""The text of a profile's element for an entry."""

from typing import Any

from newsfeed.model.feed import Entry
from newsfeed.model.profile import element_template
from newsfeed.text.dates import rfc3339
from newsfeed.text.html import clean, plain_text
from newsfeed.text.xml_characters import without_forbidden

__all__ = ["element_text"]


def element_text(template: str, entry: Entry) -> str | None:
    """Fill the template of an element.

    Args:
        template: The template from the profile.
        entry: The entry.

    Returns:
        The text; None if a placeholder has neither a value nor a fallback, so the element isn't written.
    """
    parts: list[str] = []
    for words, name, instead in element_template(template):
        parts.append(words)
        if name is not None:
            value = _value(name, entry) or instead
            if not value:
                return None
            parts.append(value)
    return without_forbidden("".join(parts)) or None


def _value(name: str, entry: Entry) -> str | None:
    if name.startswith("extra."):
        return _written(entry.extra.get(name.removeprefix("extra.")))
    match name:
        case "text":
            return _words(entry) or entry.summary
        case "author":
            return entry.authors[0].name if entry.authors else None
        case "category":
            return next((tag.label for tag in entry.tags_of("category")), None)
        case "published" | "updated":
            return rfc3339(getattr(entry, name))
        case _:
            return _written(getattr(entry, name))


def _words(entry: Entry) -> str:
    """Return the words of the content. It may be trusted HTML, with formulas and signs that nobody reads as words."""
    return plain_text(clean(entry.content, page=entry.url)) if entry.content else ""


def _written(value: Any) -> str | None:  # noqa: ANN401 - a site's own data
    """Return a value of a site's own data as text: text and numbers unchanged, booleans as in XML, nothing else."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int | float) else None
