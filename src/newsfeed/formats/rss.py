"""RSS 2.0, with the RSS Advisory Board's Best Practices Profile: what feedgen doesn't write.

feedgen writes `title`, `link`, `description`, `content:encoded`, `guid`, `category`, `copyright`, `image`,
`language` and `generator` (`feedgen_mapping.py` fills them); this module adds the rest. What RSS has no
element for comes from Atom (links), Dublin Core (authors, language, rights, change) and Media RSS (files).
"""

from lxml import etree

from newsfeed.formats.elements import (
    ATOM,
    DC,
    DCTERMS,
    XML,
    add,
    add_comments,
    add_file,
    add_license,
    add_licensed_content,
    add_link,
    add_mark,
)
from newsfeed.formats.render_model import EntryModel, FeedModel, LinkModel
from newsfeed.text.html.notation import MARKUP

__all__ = ["complete_channel", "complete_item"]


def complete_channel(channel: etree._Element, feed: FeedModel) -> None:
    """Add the date, the language, the links and the mark of a channel; end with a line break.

    Some readers support `xml:lang` but not RSS's own `language`.
    """
    channel.set(f"{XML}lang", feed.language)
    if feed.looks_like_markup:
        for title in channel.iter("title"):  # its own, and its picture's
            _number_markup(title)
    if (
        feed.last_build_date is not None and channel.find("lastBuildDate") is None
    ):  # unless the user set another
        add(channel, "lastBuildDate", feed.last_build_date)
    if feed.ttl is not None and channel.find("ttl") is None:
        add(channel, "ttl", feed.ttl)
    if feed.license is not None:
        add_license(channel, feed.license)
    for link in feed.links:
        add_link(channel, f"{ATOM}link", link)
    add_mark(channel, feed)
    channel[-1].tail = "\n"


def complete_item(item: etree._Element, entry: EntryModel) -> None:
    """Add an entry's authors, dates, language, rights, source, links and files; end with a line break."""
    for author in entry.authors:
        add(item, f"{DC}creator", author.name)
    _add_dates(item, entry)
    add(item, f"{DC}language", entry.language)
    if entry.rights is not None:
        add(item, f"{DC}rights", entry.rights)
    if entry.source_url is not None:
        add(item, "source", entry.source_title or entry.source_url, url=entry.source_url)
    if entry.external_url is not None:
        add_link(item, f"{ATOM}link", LinkModel(entry.url, "related", "text/html", entry.language))
    for link in entry.translations:
        add_link(item, f"{ATOM}link", link)
    add_comments(item, entry)
    if entry.enclosure_url is not None:
        add(
            item,
            "enclosure",
            url=entry.enclosure_url,
            length=entry.enclosure_length,
            type=entry.enclosure_type,
        )
    for file in entry.files:
        add_file(item, file)
    add_licensed_content(item, entry)
    if entry.looks_like_markup:
        _number_markup(item.find("title"))
    item.tail = "\n"


def _add_dates(item: etree._Element, entry: EntryModel) -> None:
    if item.find("pubDate") is None:  # unless the user set another in feedgen
        add(item, "pubDate", entry.pub_date)
    if entry.modified is not None:
        add(item, f"{DCTERMS}modified", entry.modified)


def _number_markup(title: etree._Element | None) -> None:
    """Write what readers may take for markup as a numeric reference, `&#x3C;` (RSS Best Practices Profile, Character data)."""
    if title is None or not title.text:
        return
    parts = MARKUP.split(title.text)
    title.text = parts[0]
    for sign, behind in zip(parts[1::2], parts[2::2], strict=True):
        number = etree.Entity(f"#x{ord(sign):X}")
        number.tail = behind
        title.append(number)
