"""The vocabularies that extend feeds: where their elements belong, how often they occur, and what they contain."""

from collections.abc import Mapping
from typing import Final

from newsfeed.check.namespaces import PREFIXES
from newsfeed.check.structure import ElementGrammar, Flaw, Grammar, element, occurrences

__all__ = ["VOCABULARIES"]

_CODES: Final[Mapping[Flaw, str]] = {
    "repeated": "NF266",
    "unknown": "NF265",
    "misplaced": "NF265",
    "no namespace": "NF269",
    "attribute": "NF258",
    "text": "NF265",
}
_DC: Final = (
    "contributor* coverage* creator* date? description? format? identifier* language? publisher* relation* rights?"
    " source? subject* title? type?"
)
_DCTERMS: Final = (
    "abstract? accessRights* accrualMethod* accrualPeriodicity* accrualPolicy* alternative* audience* available*"
    " bibliographicCitation* conformsTo* created? dateAccepted? dateCopyrighted? dateSubmitted? educationLevel* extent?"
    " hasFormat* hasPart* hasVersion* instructionalMethod* isFormatOf* isPartOf* isReferencedBy* isReplacedBy*"
    " isRequiredBy* isVersionOf* issued? license* mediator? modified? provenance* references* replaces* requires*"
    " rightsHolder* spatial* tableOfContents? temporal* valid*"
)
_SEARCH: Final = "itemsPerPage? startIndex? totalResults?"
#: Text, and nothing else.
_TEXT: Final = element(content="text")
#: GeoRSS Simple's elements may say what the place is.
_PLACE: Final = element("", "elev? featurename? featuretypetag? floor? radius? relationshiptag?", "text")


def _vocabulary(
    everywhere: str = "",
    *,
    feed: str = "",
    item: str = "",
    others: ElementGrammar | None = None,
    hosts: Mapping[str, str] | None = None,
    codes: Mapping[Flaw, str] | None = None,
    **elements: ElementGrammar,
) -> Grammar:
    """Return a vocabulary's grammar.

    Args:
        everywhere: Its elements in a feed and in an item or entry, with their signs.
        feed: Those in a feed.
        item: Those in an item or entry.
        others: What its elements contain, except those with a row.
        hosts: Elements that occur more or less often in one of the four.
        codes: Codes of checks that differ from the usual ones.
        elements: Rows; `_` in a name stands for `-`.
    """
    in_feed, in_item = occurrences(f"{everywhere} {feed}"), occurrences(f"{everywhere} {item}")
    places = {"channel": in_feed, "feed": in_feed, "item": in_item, "entry": in_item}
    for host, more in (hosts or {}).items():
        places[host] = {**places[host], **occurrences(more)}
    rows = {name.replace("_", "-"): row for name, row in elements.items()}
    return Grammar({**_CODES, **(codes or {})}, rows, hosts=places, others=others)


_BY_PREFIX: Final = {
    "admin": _vocabulary(feed="errorReportsTo? generatorAgent?"),
    "ag": _vocabulary(item="source? sourceURL? timestamp?", others=_TEXT),
    "annotate": _vocabulary(item="reference?"),
    "app": _vocabulary(
        "collection?",
        item="control? edited?",
        collection=element("accept* categories*", "href"),
        control=element("draft?"),
        draft=_TEXT,
        edited=_TEXT,
    ),
    "blogChannel": _vocabulary(feed="blink? blogRoll? changes? mySubscriptions?", others=_TEXT),
    "cc": _vocabulary("license*"),
    "cf": _vocabulary(feed="listinfo* treatAs*"),
    "content": _vocabulary(item="encoded? items?", encoded=_TEXT),
    "conversationsNetwork": _vocabulary(
        item="image? introMilliseconds? ratingAverage? ratingCount? ratingIndividual? ratingTimestamp?",
        others=_TEXT,
    ),
    "cp": _vocabulary(feed="server*"),
    "creativeCommons": _vocabulary("license*", others=_TEXT),
    "dcterms": _vocabulary(_DCTERMS),
    "ev": _vocabulary(item="enddate? location* organizer* startdate? type?"),
    "feedburner": _vocabulary(
        "awareness?",
        feed="browserFriendly? emailServiceId? feedFlare* feedburnerHostname? info*",
        item="origEnclosureLink? origLink?",
    ),
    "foaf": _vocabulary("maker*", item="primaryTopic*"),
    "geo": _vocabulary("Point* alt* lat* long*"),
    "georss": _vocabulary(
        "box* circle* elev* featureName* featureTypeTag* featurename* featuretypetag* floor* line* point* polygon*"
        " radius* relationshipTag* relationshiptag* where*",
        others=_PLACE,
        where=element(
            content="anything",
            attributes="elev? featurename? featuretypetag? floor? radius? relationshiptag?",
        ),
    ),
    "geourl": _vocabulary("latitude* longitude*", others=_TEXT),
    "icbm": _vocabulary("latitude* longitude*", others=_TEXT),
    "itunes": _vocabulary(
        "author? block? explicit? image? keywords? subtitle? summary?",
        feed="applepodcastsverify? category* complete? name* new-feed-url? owner? pubDate? title? type?",
        item="duration? episode? episodeType? isClosedCaptioned* order* season? title? transcript*",
        others=_TEXT,
        category=element("category*", "text", codes={"missing attribute": "NF293"}),
        image=element("", "href", codes={"missing attribute": "NF295"}),
        owner=element("email name?", codes={"missing": "NF295"}),
    ),
    "opensearch": _vocabulary(
        feed=f"Query* {_SEARCH}",
        others=_TEXT,
        Query=element(
            "",
            "role count? inputEncoding? language? outputEncoding? searchTerms? startIndex? startPage? title?"
            " totalResults?",
            codes={"missing attribute": "NF259"},
        ),
    ),
    "opensearch10": _vocabulary(feed=_SEARCH, others=_TEXT),
    "opml": _vocabulary("dateCreated? dateModified? ownerEmail? ownerId? ownerName?", others=_TEXT),
    "slash": _vocabulary(item="comments? department* hit_parade? section*", others=_TEXT),
    "sx": _vocabulary(feed="sharing*", item="sync*"),
    "sy": _vocabulary(feed="updateBase? updateFrequency? updatePeriod?", others=_TEXT),
    "taxo": _vocabulary("topics*"),
    "thr": _vocabulary(
        "in-reply-to*", item="total?", total=_TEXT, in_reply_to=element("", "href? id? ref? source? type?")
    ),
    "trackback": _vocabulary(item="about* ping?", others=_TEXT),
    "wfw": _vocabulary(item="comment? commentRSS? commentRss?", others=_TEXT),
}
#: Dublin Core may be qualified, as in dc:date.created. An item may have several dates, an entry only one.
_DUBLIN_CORE: Final = Grammar(
    _CODES,
    {},
    hosts={
        **dict.fromkeys(("channel", "entry", "feed"), occurrences(_DC)),
        "item": {**occurrences(_DC), "date": "*"},
    },
    others=_TEXT,
    is_qualified=True,
)
#: Every vocabulary that specifies its elements, by namespace.
VOCABULARIES: Final = {
    space: _DUBLIN_CORE if prefix == "dc" else _BY_PREFIX[prefix]
    for space, prefix in PREFIXES.items()
    if prefix == "dc" or prefix in _BY_PREFIX
}
