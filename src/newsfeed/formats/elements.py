"""XML namespaces, and the elements that RSS and Atom share: links, and Media RSS."""

from datetime import UTC, datetime

from lxml import etree

from newsfeed.formats.render_model import DeletedEntry, EntryModel, FeedModel, LinkModel, MediaFile

__all__ = [
    "ATOM",
    "DC",
    "DCTERMS",
    "MEDIA",
    "NAMESPACES",
    "RSL",
    "SOME_DATE",
    "XML",
    "add",
    "add_file",
    "add_license",
    "add_licensed_content",
    "add_link",
    "add_mark",
    "add_tombstone",
]

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
DCTERMS = "{http://purl.org/dc/terms/}"
MEDIA = "{http://search.yahoo.com/mrss/}"
RSL = "{https://rslstandard.org/rsl}"
XML = "{http://www.w3.org/XML/1998/namespace}"

_TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
_CREATIVE_COMMONS = "http://backend.userland.com/creativeCommonsRssModule"
_HISTORY = "http://purl.org/syndication/history/1.0"

#: A placeholder that keeps feedgen from using the current time; our extension writes every date.
SOME_DATE = datetime(2000, 1, 1, tzinfo=UTC)
#: The namespaces that every feed declares; feedgen adds `atom` and `content` to RSS.
NAMESPACES = {"dc": DC[1:-1], "dcterms": DCTERMS[1:-1], "media": MEDIA[1:-1]}


def add(
    parent: etree._Element, name: str, text: str | None = None, **attributes: str | None
) -> etree._Element:
    """Add an element, with the attributes that have a value."""
    element = etree.SubElement(
        parent, name, {key: value for key, value in attributes.items() if value is not None}
    )
    element.text = text
    return element


def add_link(parent: etree._Element, name: str, link: LinkModel) -> None:
    """Add a link (RFC 4287 §4.2.7), under the element name that the format has for it."""
    add(
        parent,
        name,
        href=link.href,
        rel=link.rel,
        type=link.type,
        hreflang=link.hreflang,
        length=link.length,
        title=link.title,
    )


def add_tombstone(parent: etree._Element, tombstone: DeletedEntry) -> None:
    """Add the tombstone of an entry (RFC 6721 §3). It declares its namespace, because few feeds have any."""
    name = f"{{{_TOMBSTONES}}}deleted-entry"
    attributes = {"ref": tombstone.ref, "when": tombstone.when}
    etree.SubElement(parent, name, attributes, nsmap={"at": _TOMBSTONES})


def add_mark(parent: etree._Element, feed: FeedModel) -> None:
    """Mark a feed as an archive or as complete (RFC 5005 §2, §4).

    The element declares its namespace, so that the roots of all feeds declare the same ones.
    """
    for name, is_so in (("archive", feed.is_archive), ("complete", feed.is_complete)):
        if is_so:
            etree.SubElement(parent, f"{{{_HISTORY}}}{name}", nsmap={"fh": _HISTORY})


def add_license(channel: etree._Element, address: str) -> None:
    """Add the licence of a channel (creativeCommons RSS module). It declares its namespace, because few feeds have any."""
    name = f"{{{_CREATIVE_COMMONS}}}license"
    etree.SubElement(channel, name, nsmap={"creativeCommons": _CREATIVE_COMMONS}).text = address


def add_licensed_content(item: etree._Element, entry: EntryModel) -> None:
    """Add the licence of an entry in machine-readable terms (RSL 1.0 §4.7), if there is one.

    RSL knows what Creative Commons licences ask for. Of others it is only said where their terms are.
    """
    if entry.license is None or entry.licensed is None:
        return
    licensed = etree.SubElement(item, f"{RSL}content", {"url": entry.licensed}, nsmap={"rsl": RSL[1:-1]})
    if entry.license_payment is None:
        add(licensed, f"{RSL}terms", entry.license)
    else:
        paid = add(add(licensed, f"{RSL}license"), f"{RSL}payment", type=entry.license_payment)
        add(paid, f"{RSL}standard", entry.license)


def add_file(parent: etree._Element, file: MediaFile) -> None:
    """Add Media RSS for a file, directly in its entry: a group of one is an error (Media RSS 1.5.1)."""
    content = add(
        parent,
        f"{MEDIA}content",
        url=file.url,
        fileSize=file.size,
        type=file.type,
        medium=file.medium,
        duration=file.duration,
        height=file.height,
        width=file.width,
    )
    if file.description is not None:
        add(content, f"{MEDIA}description", file.description, type="plain")
    if file.credit is not None:
        add(content, f"{MEDIA}credit", file.credit)
