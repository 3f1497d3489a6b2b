"""Media RSS 1.5.1: its elements and attributes. Most of them may be anywhere in an item or a file."""

from typing import Final

from newsfeed.check.structure import Grammar, element, occurrences

__all__ = ["MEDIA", "MEDIA_SPACE"]

MEDIA_SPACE: Final = "http://search.yahoo.com/mrss/"
#: The elements that describe a file, a group of files, an item or a whole feed.
_DESCRIBING: Final = (
    "adult? category* comments* community* copyright? credit* description? embed* hash* keywords* license* location*"
    " peerLink* player* price* rating* restriction* responses* backLinks* rights* scenes* status* subTitle* text*"
    " thumbnail* title?"
)
#: The elements inside scenes, communities and lists.
_INNER: Final = "backLink comment param response sceneDescription sceneEndTime sceneStartTime sceneTitle starRating statistics tags"
_ATTRIBUTES: Final = {
    "adult": "",
    "category": "label? scheme?",
    "copyright": "url?",
    "credit": "role? scheme?",
    "description": "type?",
    "hash": "algo?",
    "keywords": "",
    "license": "href? type?",
    "location": "description? end? lat? lng? start?",
    "peerLink": "href? type?",
    "price": "currency? info? price? type?",
    "rating": "scheme?",
    "restriction": "relationship? type?",
    "rights": "status?",
    "status": "reason? state?",
    "subTitle": "href? lang? type?",
    "text": "end? lang? start? type?",
    "title": "type?",
}

MEDIA: Final = Grammar(
    codes={
        "repeated": "NF266",
        "unknown": "NF280",
        "misplaced": "NF265",
        "no namespace": "NF269",
        "attribute": "NF280",
        "missing attribute": "NF281",
    },
    elements={
        **{
            name: element(attributes=attributes, content="anything")
            for name, attributes in _ATTRIBUTES.items()
        },
        "content": element(
            _DESCRIBING,
            "bitrate? channels? duration? expression? fileSize? framerate? height? isDefault? lang? medium?"
            " samplingrate? type? url? width?",
            "anything",
        ),
        "embed": element("param*", "url+ height? width?", "anything"),
        "group": element(f"content* {_DESCRIBING}", content="anything"),
        "player": element("", "url+ height? width?", "anything"),
        "thumbnail": element("", "url+ height? time? width?", "anything"),
        "backLinks": element("backLink*", content="anything"),
        "comments": element("comment*", content="anything"),
        "community": element("starRating* statistics* tags*", content="anything"),
        "responses": element("response*", content="anything"),
        "scenes": element("scene*", content="anything"),
        "scene": element("sceneTitle* sceneDescription* sceneStartTime* sceneEndTime*", content="anything"),
        **dict.fromkeys(
            _INNER.split(),
            element("*", "*", "anything"),
        ),
    },
    hosts={
        "channel": occurrences(_DESCRIBING),
        "feed": occurrences(_DESCRIBING),
        "item": occurrences(f"content* group* {_DESCRIBING}"),
        "entry": occurrences(f"content* group* {_DESCRIBING}"),
    },
    is_complete=True,
)
