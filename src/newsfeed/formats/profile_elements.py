"""An `Extension` that makes feedgen write the elements of a profile."""

from functools import lru_cache
from typing import Any

import msgspec
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from lxml import etree

from newsfeed.model.feed import Entry, Extension
from newsfeed.model.profile import Profile
from newsfeed.profiles.values import element_text

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
                text = element_text(template, self.entry)
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
