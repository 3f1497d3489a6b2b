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
    "add_avatar",
    "add_comments",
    "add_file",
    "add_license",
    "add_licensed_content",
    "add_link",
    "add_mark",
    "add_replies",
    "add_tombstone",
]

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
DCTERMS = "{http://purl.org/dc/terms/}"
MEDIA = "{http://search.yahoo.com/mrss/}"
RSL = "{https://rslstandard.org/rsl}"
XML = "{http://www.w3.org/XML/1998/namespace}"
#: Namespaces that few entries need, so that elements declare them where they stand.
GD = "{http://schemas.google.com/g/2005}"
SLASH = "{http://purl.org/rss/1.0/modules/slash/}"
THREAD = "{http://purl.org/syndication/thread/1.0}"
WFW = "{http://wellformedweb.org/CommentAPI/}"

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


def add_replies(parent: etree._Element, entry: EntryModel) -> None:
    """Add the links to the comments on an entry, and their number (RFC 4685 §4, §5), with their namespace."""
    for address, media_type in (
        (entry.comments_url, "text/html"),
        (entry.comments_feed, entry.comments_feed_type),
    ):
        if address is not None:
            attributes = {"href": address, "rel": "replies"} | ({"type": media_type} if media_type else {})
            link = etree.SubElement(parent, "link", attributes, nsmap={"thr": THREAD[1:-1]})
            if entry.comments_count is not None:
                link.set(f"{THREAD}count", entry.comments_count)
    if entry.comments_count is not None:
        total = etree.SubElement(parent, f"{THREAD}total", nsmap={"thr": THREAD[1:-1]})
        total.text = entry.comments_count


def add_comments(parent: etree._Element, entry: EntryModel) -> None:
    """Add the number and the feed of the comments on an item; the elements declare their namespaces."""
    for space, prefix, name, text in (
        (SLASH, "slash", "comments", entry.comments_count),
        (WFW, "wfw", "commentRss", entry.comments_feed),
    ):
        if text is not None:
            etree.SubElement(parent, f"{space}{name}", nsmap={prefix: space[1:-1]}).text = text


def add_avatar(parent: etree._Element, address: str) -> None:
    """Add a picture of a person, as Blogger has it in its feeds (Google Data APIs, `gd:image`), with its namespace."""
    attributes = {"rel": f"{GD[1:-1]}#thumbnail", "src": address}
    etree.SubElement(parent, f"{GD}image", attributes, nsmap={"gd": GD[1:-1]})


def add_file(parent: etree._Element, file: MediaFile) -> None:
    """Add Media RSS for a file: in a group with its renditions, else directly in its entry (Media RSS 1.5.1)."""
    if not file.renditions:
        _add_texts(_add_content(parent, file), file)
        return
    group = add(parent, f"{MEDIA}group")
    _add_content(group, file, is_default="true")
    for rendition in file.renditions:
        _add_texts(_add_content(group, rendition), rendition)
    _add_texts(group, file)


def _add_content(parent: etree._Element, file: MediaFile, *, is_default: str | None = None) -> etree._Element:
    return add(
        parent,
        f"{MEDIA}content",
        url=file.url,
        fileSize=file.size,
        type=file.type,
        medium=file.medium,
        duration=file.duration,
        height=file.height,
        width=file.width,
        isDefault=is_default,
    )


def _add_texts(parent: etree._Element, file: MediaFile) -> None:
    if file.title is not None:
        add(parent, f"{MEDIA}title", file.title, type="plain")
    if file.description is not None:
        add(parent, f"{MEDIA}description", file.description, type="plain")
    if file.thumbnail is not None:
        add(parent, f"{MEDIA}thumbnail", url=file.thumbnail)
    if file.credit is not None:
        add(parent, f"{MEDIA}credit", file.credit)
