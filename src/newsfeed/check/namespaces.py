"""The vocabularies that extend feeds: their namespaces and their prefixes."""

import re
from typing import Final

from newsfeed.check.elements import XmlElement

__all__ = ["ATOM", "KNOWN", "OLDER", "PREFIXES", "SMARTFORMAT", "near_miss", "prefixed"]

ATOM: Final = "http://www.w3.org/2005/Atom"

#: The usual prefix of each vocabulary. Two of them share `thr`.
PREFIXES: Final = {
    "http://a9.com/-/spec/opensearch/1.1/": "opensearch",
    "http://a9.com/-/spec/opensearchrss/1.0/": "opensearch10",
    "http://backend.userland.com/blogChannelModule": "blogChannel",
    "http://backend.userland.com/creativeCommonsRssModule": "creativeCommons",
    "http://base.google.com/ns/1.0": "g",
    "http://conversationsnetwork.org/rssNamespace-1.0/": "conversationsNetwork",
    "http://feedsync.org/2007/feedsync": "sx",
    "http://geourl.org/rss/module/": "geourl",
    "http://hacks.benhammersley.com/rss/streaming/": "str",
    "http://madskills.com/public/xml/rss/module/trackback/": "trackback",
    "http://media.tangent.org/rss/1.0/": "audio",
    "http://my.theinfo.org/changed/1.0/rss/": "cp",
    "http://openid.net/xmlns/1.0": "openid",
    "http://postneo.com/icbm": "icbm",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/aggregation/": "ag",
    "http://purl.org/rss/1.0/modules/annotate/": "annotate",
    "http://purl.org/rss/1.0/modules/company": "company",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/rss/1.0/modules/email/": "email",
    "http://purl.org/rss/1.0/modules/event/": "ev",
    "http://purl.org/rss/1.0/modules/image/": "image",
    "http://purl.org/rss/1.0/modules/link/": "l",
    "http://purl.org/rss/1.0/modules/reference/": "ref",
    "http://purl.org/rss/1.0/modules/richequiv/": "reqv",
    "http://purl.org/rss/1.0/modules/rss091#": "rss091",
    "http://purl.org/rss/1.0/modules/search/": "search",
    "http://purl.org/rss/1.0/modules/servicestatus/": "ss",
    "http://purl.org/rss/1.0/modules/slash/": "slash",
    "http://purl.org/rss/1.0/modules/subscription/": "sub",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://purl.org/rss/1.0/modules/taxonomy/": "taxo",
    "http://purl.org/rss/1.0/modules/threading/": "thr",
    "http://purl.org/rss/1.0/modules/wiki/": "wiki",
    "http://purl.org/syndication/history/1.0": "fh",
    "http://purl.org/syndication/thread/1.0": "thr",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://search.yahoo.com/mrss/": "media",
    "http://web.resource.org/cc/": "cc",
    "http://webns.net/mvcb/": "admin",
    "http://wellformedweb.org/CommentAPI/": "wfw",
    "http://www.bloglines.com/about/specs/fac-1.0": "access",
    "http://www.georss.org/georss": "georss",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://www.microsoft.com/schemas/rss/core/2005": "cf",
    "http://www.opengis.net/gml": "gml",
    "http://www.opml.org/spec2": "opml",
    "http://www.w3.org/1998/Math/MathML": "mathml",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/1999/xlink": "xlink",
    "http://www.w3.org/2000/01/rdf-schema#": "rdfs",
    "http://www.w3.org/2000/svg": "svg",
    "http://www.w3.org/2003/01/geo/wgs84_pos#": "geo",
    "http://www.w3.org/2007/app": "app",
    "http://xmlns.com/foaf/0.1/": "foaf",
    ATOM: "atom",
    "urn:atom-extension:indexing": "indexing",
}
#: Addresses that programs write for another one.
OLDER: Final = {
    "http://cyber.law.harvard.edu/rss/creativeCommonsRssModule.html": (
        "http://backend.userland.com/creativeCommonsRssModule"
    ),
    "http://www.rssboard.org/media-rss": "http://search.yahoo.com/mrss/",
    "http://www.usemod.com/cgi-bin/mb.pl?ModWiki": "http://purl.org/rss/1.0/modules/wiki/",
}
#: SmartNews writes elements without a namespace inside its own.
SMARTFORMAT: Final = "http://www.smartnews.be/snf"
#: Vocabularies without a usual prefix, or that only some readers, partners and programs know.
_OTHERS: Final = f"""
    {SMARTFORMAT}
    com-wordpress:feed-additions:1
    http://activitystrea.ms/spec/1.0/
    http://news.yandex.ru
    http://podlove.org/simple-chapters
    http://portablecontacts.net/spec/1.0
    http://prismstandard.org/namespaces/basic/2.0/
    http://prismstandard.org/namespaces/basic/3.0/
    http://purl.org/atompub/tombstones/1.0
    http://schema.org/
    http://schemas.google.com/blogger/2008
    http://schemas.google.com/g/2005
    http://schemas.ingestion.microsoft.com/common/
    http://source.scripting.com/
    http://turbo.yandex.ru
    http://webfeeds.org/rss/1.0
    http://wordpress.org/export/1.2/
    http://www.andymatuschak.org/xml-namespaces/sparkle
    http://www.bing.com/schema/media/
    http://www.google.com/schemas/play-podcasts/1.0
    http://www.google.com/schemas/sitemap-image/1.1
    http://www.google.com/schemas/sitemap-news/0.9
    http://www.google.com/schemas/sitemap-video/1.1
    http://www.itunesu.com/feed
    http://www.livejournal.org/rss/lj/1.0/
    http://www.rawvoice.com/rawvoiceRssModule/
    http://www.spotify.com/ns/rss
    http://www.w3.org/2001/XMLSchema-instance
    http://www.w3.org/2006/vcard/ns
    http://www.w3.org/XML/1998/namespace
    http://www.w3.org/ns/tdm/
    http://www.w3.org/ns/tdmrep
    http://www.youtube.com/xml/schemas/2015
    https://anchor.fm/xmlns
    https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md
    https://omny.fm/rss-extensions
    https://podcastindex.org/namespace/1.0
    https://rslstandard.org/rsl
    https://schema.acast.com/1.0/
    https://www.google.com/schemas/rss-licensed-news/
"""
KNOWN: Final = frozenset({*PREFIXES, *OLDER, "", *_OTHERS.split()})


def prefixed(element: XmlElement) -> str:
    """Return an element's name with the usual prefix; without a prefix if there is none.

    >>> prefixed(XmlElement("http://purl.org/dc/elements/1.1/", "title", prefix="dublin"))
    'dc:title'
    """
    prefix = PREFIXES.get(element.space)
    return element.name if prefix is None else f"{prefix}:{element.name}"


def near_miss(space: str) -> str:
    """Normalize what is often wrong in a namespace: the scheme, the case, and the trailing slash.

    >>> near_miss("https://search.yahoo.com/MRSS") == near_miss("http://search.yahoo.com/mrss/")
    True
    """
    return re.sub(r"^https?://|[/#]+$", "", space.lower())
