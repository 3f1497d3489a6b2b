"""Our feedgen extension: what feedgen can't write, or gets wrong.

feedgen calls an extension at the end of each feed's head and of each entry, in RSS and in Atom, with the lxml element
so far. The format's module (`rss.py`, `atom.py`) completes it.
"""

from typing import Any

from feedgen.ext.base import BaseEntryExtension, BaseExtension

from newsfeed.formats import atom, rss
from newsfeed.formats.elements import NAMESPACES
from newsfeed.formats.render_model import EntryModel, FeedModel

__all__ = ["NewsfeedEntryExtension", "NewsfeedExtension"]


class NewsfeedExtension(BaseExtension):  # type: ignore[misc] # feedgen ships no types
    """Completes the head of a feed."""

    #: What RSS says about the feed, and what Atom says.
    rss: FeedModel
    atom: FeedModel

    def extend_ns(self) -> dict[str, str]:
        """Declare the same namespaces in every feed, so that entries can be moved between feeds as they are."""
        return dict(NAMESPACES)

    def extend_rss(self, root: Any) -> Any:  # noqa: ANN401 - an lxml element
        """Complete `channel`."""
        rss.complete_channel(root[0], self.rss)
        return root

    def extend_atom(self, root: Any) -> Any:  # noqa: ANN401 - an lxml element
        """Complete `feed`."""
        atom.complete_feed(root, self.atom)
        return root


class NewsfeedEntryExtension(BaseEntryExtension):  # type: ignore[misc] # feedgen ships no types
    """Completes an entry. An entry that the user added to a filled generator is left as it is."""

    entry: EntryModel | None = None

    def extend_rss(self, item: Any) -> Any:  # noqa: ANN401 - an lxml element
        """Complete `item`."""
        if self.entry is not None:
            rss.complete_item(item, self.entry)
        return item

    def extend_atom(self, element: Any) -> Any:  # noqa: ANN401 - an lxml element
        """Complete `entry`."""
        if self.entry is not None:
            atom.complete_entry(element, self.entry)
        return element
