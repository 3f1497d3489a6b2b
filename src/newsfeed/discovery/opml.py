"""The list of all feeds that feed readers import, `feeds.opml` (OPML 2.0, http://opml.org/spec2.opml).

It has no date, so it changes only when the feeds do.
"""

from typing import TYPE_CHECKING

from newsfeed.discovery.directory import Directory, Group, ListedFeed, Section
from newsfeed.model.site import Site
from newsfeed.text.one_line import one_line
from newsfeed.text.urls import ascii_uri

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["write"]

_SPECIFICATION = "http://opml.org/spec2.opml"


def write(directory: Directory) -> bytes:
    """Write the list of all feeds of a site, by language and by what they are about.

    Each feed is listed once, in the format that most programs read, because importers subscribe to everything they find.

    Args:
        directory: The feeds, by language.

    Returns:
        The document in UTF-8.

    Example:
        >>> import newsfeed
        >>> plan = newsfeed.open("examples/report").plan
        >>> for line in write(Directory(plan)).decode().splitlines()[9:12]:
        ...     print(line.strip())
        <outline text="English" title="English">
        <outline text="Report" title="Report" type="rss" xmlUrl="https://report.example/feeds/en/all.rss" htmlUrl="https://report.example/" language="en"/>
        <outline text="Categories" title="Categories">
    """
    from lxml import etree

    root = etree.Element("opml", version="2.0")
    _add_head(root, directory.site)
    body = etree.SubElement(root, "body")
    for section in directory.sections:
        _add_section(body, section, directory.site)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _add_head(root: "_Element", site: Site) -> None:
    from lxml import etree

    language = site.default_language
    name = one_line(site.text(site.title, language))
    head = etree.SubElement(root, "head")
    for tag, text in (
        ("title", f"{name} – {one_line(site.label('feeds', language))}"),
        ("ownerName", name),
        ("ownerId", ascii_uri(site.url)),
        ("docs", _SPECIFICATION),
    ):
        etree.SubElement(head, tag).text = text


def _add_section(body: "_Element", section: Section, site: Site) -> None:
    outline = _outline(body, section.name)
    for group in section.groups:
        _add_group(outline, group, section.language, site)


def _add_group(section: "_Element", group: Group, language: str, site: Site) -> None:
    """Add the feeds of a group under its heading; feeds of everything are directly below their language."""
    parent = section if group.kind == "all" else _outline(section, group.label)
    for feed in group.feeds:
        _add_feed(parent, feed, language, site)


def _add_feed(parent: "_Element", feed: ListedFeed, language: str, site: Site) -> None:
    outline = _outline(parent, feed.title)
    outline.set("type", "rss")  # what importers expect, even for Atom and JSON Feed
    outline.set("xmlUrl", feed.best_known.url)
    outline.set("htmlUrl", ascii_uri(site.url))
    outline.set("language", language)


def _outline(parent: "_Element", title: str) -> "_Element":
    from lxml import etree

    return etree.SubElement(parent, "outline", text=title, title=title)
