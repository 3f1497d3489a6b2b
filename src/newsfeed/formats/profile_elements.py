"""An `Extension` that makes feedgen write the elements of a profile."""

from functools import lru_cache
from typing import Any

import msgspec
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from lxml import etree

from newsfeed.model.feed import Entry, Extension
from newsfeed.model.profile import Profile, element_template
from newsfeed.text.dates import rfc3339
from newsfeed.text.html.cleaning import clean
from newsfeed.text.html.words import plain_text
from newsfeed.text.xml_characters import without_forbidden

__all__ = ["extension_of"]

#: More profiles than any site has.
_MOST_KEPT = 256


def extension_of(profile: Profile) -> Extension:
    """Return the extension that adds a profile's elements to each entry, in the formats that the partner reads.

    Equal profiles share an extension, so an entry is rendered once for all feeds of a profile.

    Args:
        profile: A profile with elements.
    """
    return _extension(msgspec.json.encode(profile))


@lru_cache(maxsize=_MOST_KEPT)
def _extension(encoded: bytes) -> Extension:
    profile = Profile.from_mapping(msgspec.json.decode(encoded))
    name = f"profile {profile.name}"

    class Namespaces(BaseExtension):  # type: ignore[misc] # feedgen ships no types
        """Declares a profile's namespaces."""

        def extend_ns(self) -> dict[str, str]:
            return dict(profile.namespaces)

    class Elements(BaseEntryExtension):  # type: ignore[misc] # feedgen ships no types
        """Adds a profile's elements to an entry."""

        entry: Entry

        def extend_rss(self, element: Any) -> Any:  # noqa: ANN401 - an lxml element
            return self._add_to(element)

        def extend_atom(self, element: Any) -> Any:  # noqa: ANN401 - an lxml element
            return self._add_to(element)

        def _add_to(self, element: Any) -> Any:  # noqa: ANN401 - an lxml element
            for prefixed, template in profile.elements.items():
                prefix, _, local = prefixed.partition(":")
                text = _text(template, self.entry)
                if text is not None:
                    etree.SubElement(element, f"{{{profile.namespaces[prefix]}}}{local}").text = text
            return element

    def hand_over(filled: Any, entry: Entry) -> None:  # noqa: ANN401 - feedgen ships no types
        getattr(filled, name).entry = entry

    return Extension(
        name=name,
        feed_class=Namespaces,
        entry_class=Elements,
        entry=hand_over,
        atom="atom" in profile.formats,
        rss="rss" in profile.formats,
    )


def _text(template: str, entry: Entry) -> str | None:
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
