"""The vocabularies that extend feeds: their namespaces, their prefixes, and the places of their elements."""

import re
from typing import Final, NamedTuple

from newsfeed.check.documents import ATOM
from newsfeed.check.elements import XmlElement

__all__ = ["KNOWN", "OLDER", "ONCE", "PLACES", "PREFIXES", "Places", "near_miss", "prefixed"]

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
#: Vocabularies that were replaced by others.
OLDER: Final = {
    "http://www.usemod.com/cgi-bin/mb.pl?ModWiki": "http://purl.org/rss/1.0/modules/wiki/",
}
#: Vocabularies without a usual prefix, or that only some partners read.
KNOWN: Final = {
    *PREFIXES,
    *OLDER,
    "",
    "http://news.yandex.ru",
    "http://purl.org/atompub/tombstones/1.0",
    "http://schemas.ingestion.microsoft.com/common/",
    "http://www.google.com/schemas/sitemap-news/0.9",
    "http://www.w3.org/XML/1998/namespace",
    "https://podcastindex.org/namespace/1.0",
}

_DC = "contributor coverage creator date description format identifier language publisher relation rights source"
_DC += " subject title type"
_DCTERMS = (
    "abstract accessRights accrualMethod accrualPeriodicity accrualPolicy alternative audience available"
)
_DCTERMS += (
    " bibliographicCitation conformsTo created dateAccepted dateCopyrighted dateSubmitted educationLevel"
)
_DCTERMS += (
    " extent hasFormat hasPart hasVersion instructionalMethod isFormatOf isPartOf isReferencedBy isReplacedBy"
)
_DCTERMS += (
    " isRequiredBy isVersionOf issued license mediator modified provenance references replaces requires"
)
_DCTERMS += " rightsHolder spatial tableOfContents temporal valid"
_GEORSS = "box circle elev featureName featureTypeTag floor line point polygon radius relationshipTag where"


class Places(NamedTuple):
    """A vocabulary's elements in a feed, and those in an item or entry."""

    feed: frozenset[str]
    item: frozenset[str]


def _places(everywhere: str = "", *, feed: str = "", item: str = "") -> Places:
    both = everywhere.split()
    return Places(frozenset([*both, *feed.split()]), frozenset([*both, *item.split()]))


#: The places of the elements of each vocabulary that specifies them, by prefix.
PLACES: Final = {
    "admin": _places(feed="errorReportsTo generatorAgent"),
    "ag": _places(item="source sourceURL timestamp"),
    "annotate": _places(item="reference"),
    "app": _places(feed="collection", item="control edited"),
    "blogChannel": _places(feed="blink blogRoll changes mySubscriptions"),
    "cc": _places("license"),
    "cf": _places(feed="listinfo treatAs"),
    "content": _places(item="encoded items"),
    "conversationsNetwork": _places(
        item="image introMilliseconds ratingAverage ratingCount ratingIndividual ratingTimestamp"
    ),
    "cp": _places(feed="server"),
    "creativeCommons": _places("license"),
    "dc": _places(_DC),
    "dcterms": _places(_DCTERMS),
    "ev": _places(item="enddate location organizer startdate type"),
    "feedburner": _places(
        "awareness",
        feed="browserFriendly emailServiceId feedFlare feedburnerHostname info",
        item="origEnclosureLink origLink",
    ),
    "foaf": _places("maker", item="primaryTopic"),
    "geo": _places("Point alt lat long"),
    "georss": _places(_GEORSS),
    "geourl": _places("latitude longitude"),
    "icbm": _places("latitude longitude"),
    "itunes": _places(
        "author block explicit image keywords subtitle summary",
        feed="category complete name new-feed-url owner pubDate title type",
        item="duration episode episodeType isClosedCaptioned order season title transcript",
    ),
    "opensearch": _places(feed="Query itemsPerPage startIndex totalResults"),
    "opensearch10": _places(feed="itemsPerPage startIndex totalResults"),
    "opml": _places("dateCreated dateModified ownerEmail ownerId ownerName"),
    "slash": _places(item="comments department hit_parade section"),
    "sx": _places(feed="sharing", item="sync"),
    "sy": _places(feed="updateBase updateFrequency updatePeriod"),
    "taxo": _places("topics"),
    "thr": _places("in-reply-to", item="total"),
    "trackback": _places(item="about ping"),
    "wfw": _places(item="comment commentRSS commentRss"),
}

_ONCE: Final = {
    "admin": "errorReportsTo generatorAgent",
    "ag": "source sourceURL timestamp",
    "annotate": "reference",
    "app": "collection control edited",
    "blogChannel": "blink blogRoll changes mySubscriptions",
    "content": "encoded items",
    "conversationsNetwork": "image introMilliseconds ratingAverage ratingCount ratingIndividual ratingTimestamp",
    "dc": "date description format language rights source title type",
    "dcterms": "abstract created dateAccepted dateCopyrighted dateSubmitted extent issued mediator modified"
    " tableOfContents",
    "ev": "enddate startdate type",
    "feedburner": "awareness browserFriendly emailServiceId feedburnerHostname origEnclosureLink origLink",
    "itunes": "author block complete duration episode episodeType explicit image keywords new-feed-url owner pubDate"
    " season subtitle summary title type",
    "media": "adult copyright description title",
    "opensearch": "itemsPerPage startIndex totalResults",
    "opensearch10": "itemsPerPage startIndex totalResults",
    "opml": "dateCreated dateModified ownerEmail ownerId ownerName",
    "slash": "comments hit_parade",
    "sy": "updateBase updateFrequency updatePeriod",
    "thr": "total",
    "trackback": "ping",
    "wfw": "comment commentRSS commentRss",
}
#: Elements that occur at most once in their parent: `dc:title`.
ONCE: Final = frozenset(f"{prefix}:{name}" for prefix, names in _ONCE.items() for name in names.split())


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
