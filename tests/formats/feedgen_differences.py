"""Where newsfeed says something else than feedgen alone would: the whole list, as data.

Each difference can be undone: `mend` turns what feedgen wrote into what we write. So the list is held to the code in
both directions: a difference that isn't listed shows, and so does one that is gone.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from newsfeed import Feed, Media
from newsfeed.text.dates import rfc3339

__all__ = ["DIFFERENCES", "Difference", "main_file"]

_ATOM = "{http://www.w3.org/2005/Atom}"
_DCTERMS = "{http://purl.org/dc/terms/}"
_MEDIA = "{http://search.yahoo.com/mrss/}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One thing that feedgen says differently.

    Attributes:
        formats: Where it shows: `rss`, `atom` or both.
        element: The elements or attributes that it shows in.
        feedgen: What feedgen alone writes there.
        newsfeed: What newsfeed writes.
        why: Why newsfeed does.
        issue: The issue or pull request of python-feedgen about it; None where none was found.
        mend: Turns feedgen's document into newsfeed's, in this one respect.
    """

    formats: tuple[str, ...]
    element: str
    feedgen: str
    newsfeed: str
    why: str
    issue: int | None
    mend: Callable[[etree._Element, Feed], None]


def _rss_dates(root: etree._Element, _feed: Feed) -> None:
    for date in root.iter("pubDate", "lastBuildDate"):
        date.text = (date.text or "").replace(" +0000", " GMT")


def _channel_links(root: etree._Element, feed: Feed) -> None:
    for link in feed.links("rss")[1:]:
        _add(
            root[0],
            f"{_ATOM}link",
            href=link.url,
            rel=link.rel,
            type=link.type,
            hreflang=link.language,
            title=link.title,
        )


def _mail_addresses(root: etree._Element, _feed: Feed) -> None:
    for author in list(root.iterfind("channel/item/author")):
        _remove(author)


def main_file(media: Sequence[Media]) -> Media:
    """The file for readers that know of one only."""
    recordings = [file for file in media if file.type.partition("/")[0] in {"audio", "video"}]
    return [*recordings, *media][0]


def _main_enclosure(root: etree._Element, feed: Feed) -> None:
    for item, entry in zip(root.iter("item"), feed.entries, strict=True):
        for enclosure in item.iter("enclosure"):
            chosen = main_file(entry.media)
            enclosure.attrib.update(
                {"url": chosen.url, "type": chosen.type, "length": str(chosen.length or 0)}
            )


def _modified(root: etree._Element, feed: Feed) -> None:
    for item, entry in zip(root.iter("item"), feed.entries, strict=True):
        if entry.updated != entry.published:
            _add(item, f"{_DCTERMS}modified").text = rfc3339(entry.updated)


def _item_links(root: etree._Element, feed: Feed) -> None:
    for item, entry in zip(root.iter("item"), feed.entries, strict=True):
        for edition in entry.translations:
            _add(
                item,
                f"{_ATOM}link",
                href=edition.url,
                rel=feed.site.translations,
                type="text/html",
                hreflang=edition.language,
                title=edition.title,
            )


def _media_groups(root: etree._Element, _feed: Feed) -> None:
    for group in list(root.iter(f"{_MEDIA}group")):
        parent = group.getparent()
        assert parent is not None
        for content in list(group):
            group.addprevious(content)
        parent.remove(group)


def _media_words(root: etree._Element, feed: Feed) -> None:
    files = [media for entry in feed.entries for media in entry.media]
    for content, media in zip(root.iter(f"{_MEDIA}content"), files, strict=True):
        if media.description is not None:
            _add(content, f"{_MEDIA}description", type="plain").text = media.description
        if media.credit is not None:
            _add(content, f"{_MEDIA}credit").text = media.credit


def _entry_links(root: etree._Element, feed: Feed) -> None:
    for element, entry in zip(root.iter(f"{_ATOM}entry"), feed.entries, strict=True):
        links = element.iterfind(f"{_ATOM}link")
        _set(next(links), rel="alternate", type="text/html", hreflang=entry.language)
        for edition in entry.translations:
            rel = feed.site.translations
            _set(next(links), rel=rel, type="text/html", hreflang=edition.language, title=edition.title)
        for media in entry.media:
            length = None if media.length is None else str(media.length)
            _set(next(links), rel="enclosure", type=media.type, length=length, title=media.description)


def _via(root: etree._Element, feed: Feed) -> None:
    for element, entry in zip(root.iter(f"{_ATOM}entry"), feed.entries, strict=True):
        for source in list(element.iterfind(f"{_ATOM}source")):
            _remove(source)
        if entry.source is not None:
            _add(element, f"{_ATOM}link", href=entry.source.url, rel="via", title=entry.source.title)


def _atom_dates(root: etree._Element, _feed: Feed) -> None:
    for date in root.iter(f"{_ATOM}updated", f"{_ATOM}published"):
        date.text = (date.text or "").replace("+00:00", "Z")


def _clock(root: etree._Element, feed: Feed) -> None:
    if feed.updated is None:
        for date in list(root.iter("lastBuildDate")):
            _remove(date)
        for date in root.iter(f"{_ATOM}updated"):
            date.text = "2000-01-01T00:00:00Z"


def _channel_language(root: etree._Element, feed: Feed) -> None:
    root[0].set(_LANG, feed.language)


def _languages(root: etree._Element, feed: Feed) -> None:
    for element, entry in zip(root.iter(f"{_ATOM}entry"), feed.entries, strict=True):
        element.set(_LANG, entry.language)


def _email_last(root: etree._Element, _feed: Feed) -> None:
    for author in root.iter(f"{_ATOM}author"):
        for email in author.findall(f"{_ATOM}email"):
            author.append(email)


def _add(parent: etree._Element, name: str, **attributes: str | None) -> etree._Element:
    element = etree.SubElement(parent, name, nsmap={"dcterms": _DCTERMS[1:-1]} if _DCTERMS in name else None)
    _set(element, **attributes)
    return element


def _set(element: etree._Element, **attributes: str | None) -> None:
    element.attrib.update({key: value for key, value in attributes.items() if value is not None})


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)


def _differences() -> Iterator[Difference]:
    yield Difference(
        formats=("rss",),
        element="`pubDate`, `lastBuildDate`",
        feedgen="`+0000`",
        newsfeed="`GMT`",
        why="Some readers pass over offsets. For each of these dates feedgen sets the locale of the whole process, which other threads feel.",
        issue=26,
        mend=_rss_dates,
    )
    yield Difference(
        formats=("rss",),
        element="`channel/atom:link`",
        feedgen="`self` alone",
        newsfeed="also `hub`, and the feed in other formats and languages",
        why="Subscribers find the hub by it (WebSub §4), and readers the other feeds.",
        issue=122,
        mend=_channel_links,
    )
    yield Difference(
        formats=("rss",),
        element="`item/author`",
        feedgen="`address (name)` of those who have an address",
        newsfeed="nothing; the names are in `dc:creator`",
        why="Readers show the address to everybody as it stands, and whoever has none is left out.",
        issue=57,
        mend=_mail_addresses,
    )
    yield Difference(
        formats=("rss",),
        element="`item/enclosure`",
        feedgen="the last file",
        newsfeed="the first recording, or the first file where there is none",
        why="An item has one enclosure. A reader can do without the picture, but not without what is to be heard or seen.",
        issue=None,
        mend=_main_enclosure,
    )
    yield Difference(
        formats=("rss",),
        element="`item/dcterms:modified`",
        feedgen="nothing",
        newsfeed="the time of the last change, where it isn't that of publication",
        why="RSS has no element for it, and feedgen no extension that has.",
        issue=None,
        mend=_modified,
    )
    yield Difference(
        formats=("rss",),
        element="`item/atom:link`",
        feedgen="nothing",
        newsfeed="the story in other languages",
        why="The links are given to feedgen; it writes those of entries in Atom alone.",
        issue=None,
        mend=_item_links,
    )
    yield Difference(
        formats=("rss", "atom"),
        element="`media:group`",
        feedgen="around every `media:content`",
        newsfeed="nothing",
        why="A group is for one thing in several forms (Media RSS 1.5.1); one file is no group.",
        issue=None,
        mend=_media_groups,
    )
    yield Difference(
        formats=("rss", "atom"),
        element="`media:content/media:description`, `media:content/media:credit`",
        feedgen="nothing",
        newsfeed="what the file shows, and who made it",
        why="feedgen's extension knows only `media:content` and `media:thumbnail`.",
        issue=None,
        mend=_media_words,
    )
    yield Difference(
        formats=("atom",),
        element="`entry/link @rel @type @hreflang @length @title`",
        feedgen="`href` alone",
        newsfeed="all of them",
        why="Without `rel` every file and translation is the article's own page (RFC 4287 §4.2.7.2). Enclosures suffer most, see also issue 143.",
        issue=135,
        mend=_entry_links,
    )
    yield Difference(
        formats=("atom",),
        element="`entry/source`",
        feedgen="a title and a link",
        newsfeed="`link @rel=via`",
        why="`source` describes a feed that the entry was copied from, with its id and date (RFC 4287 §4.2.11); an article's source is a page.",
        issue=None,
        mend=_via,
    )
    yield Difference(
        formats=("atom",),
        element="`updated`, `published`",
        feedgen="`+00:00`",
        newsfeed="`Z`",
        why="Both are right; some readers pass over offsets.",
        issue=None,
        mend=_atom_dates,
    )
    yield Difference(
        formats=("rss", "atom"),
        element="`lastBuildDate`, `feed/updated` of a feed without entries",
        feedgen="the time of the build",
        newsfeed="RSS: nothing, Atom: `2000-01-01T00:00:00Z`",
        why="A file that says nothing new would change at every build.",
        issue=None,
        mend=_clock,
    )
    yield Difference(
        formats=("rss",),
        element="`channel @xml:lang`",
        feedgen="nothing",
        newsfeed="the feed's language",
        why="Some readers know `xml:lang`, and not RSS's own `language`.",
        issue=None,
        mend=_channel_language,
    )
    yield Difference(
        formats=("atom",),
        element="`entry @xml:lang`",
        feedgen="nothing",
        newsfeed="the article's language",
        why="Readers choose fonts and direction by it, and a feed may mix languages.",
        issue=None,
        mend=_languages,
    )
    yield Difference(
        formats=("atom",),
        element="`author/email`",
        feedgen="before `uri`",
        newsfeed="after `uri`",
        why="The order means nothing. newsfeed's extension adds the address, for feedgen, told of it, would write `author` in RSS.",
        issue=None,
        mend=_email_last,
    )


DIFFERENCES = tuple(_differences())
