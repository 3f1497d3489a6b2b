"""What an article's HTML may hold in a feed: a table of elements, each with the attributes that it keeps.

| kept                                           | why                                                              |
| ---------------------------------------------- | ---------------------------------------------------------------- |
| text, headings, lists, tables, quotes, code    | they are the article                                             |
| links with `href`, `hreflang`, `rel`, `type`   | where they lead, and what the editor says of it                  |
| figures, pictures, audio, video, captions      | they are the article, too; a reader app can play them            |
| `controls` of audio and video                  | without them browsers hide audio, and nobody can start a video   |
| `dir` and `lang` everywhere, `bdi`             | half the world's text can't be read aloud or laid out without    |
| `title` everywhere                             | what an abbreviation stands for                                  |

| removed                                        | why                                                              |
| ---------------------------------------------- | ---------------------------------------------------------------- |
| scripts, styles, frames                        | other people's code would run in the reader's app                |
| forms and their controls                       | they send readers' words somewhere                               |
| `style`, `class`, `id`, `name`                 | they belong to the page; in an app they hit what isn't theirs    |
| event handlers, and every attribute not listed | they are code                                                    |
| `autoplay`                                     | no sound that nobody asked for                                   |
| `bdo`                                          | it turns the app's own words around; `dir` on `bdi` does the job |
| SVG and MathML                                 | HTML inside them is read differently by each parser              |
| comments                                       | they were written for colleagues                                 |

An element that isn't listed goes, and its text stays; the elements of `HIDDEN` take their content along. The lists
keep to what the W3C Feed Validation Service accepts.
"""

from typing import Final

__all__ = ["ATTRIBUTES", "BLOCKS", "HIDDEN", "SCHEMES", "TAGS"]

#: The schemes that any address may have.
SCHEMES: Final = frozenset({"http", "https", "mailto", "tel"})

#: Elements that go with their content: code, and controls whose words mean nothing without them.
HIDDEN: Final = frozenset(
    {
        "button",
        "datalist",
        "iframe",
        "math",
        "noembed",
        "noframes",
        "noscript",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
    }
)

_INLINE: Final = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "i",
        "ins",
        "kbd",
        "mark",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)

_EMBEDDED: Final = frozenset(["audio", "img", "picture", "source", "track", "video"])

#: Elements that end a line of text.
BLOCKS: Final = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "caption",
        "col",
        "colgroup",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)

#: Every element that stays.
TAGS: Final = _INLINE | _EMBEDDED | BLOCKS

#: The attributes that stay, by element; `*` is every element.
ATTRIBUTES: Final = {
    "*": frozenset({"dir", "lang", "title"}),
    "a": frozenset({"href", "hreflang", "rel", "type"}),
    "audio": frozenset({"controls", "loop", "muted", "preload", "src"}),
    "blockquote": frozenset({"cite"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "data": frozenset({"value"}),
    "del": frozenset({"cite", "datetime"}),
    "details": frozenset({"open"}),
    "img": frozenset({"alt", "height", "sizes", "src", "srcset", "width"}),
    "ins": frozenset({"cite", "datetime"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"reversed", "start", "type"}),
    "q": frozenset({"cite"}),
    "source": frozenset({"height", "media", "sizes", "src", "srcset", "type", "width"}),
    "td": frozenset({"colspan", "rowspan"}),
    "th": frozenset({"abbr", "colspan", "rowspan", "scope"}),
    "time": frozenset({"datetime"}),
    "track": frozenset({"default", "kind", "label", "src", "srclang"}),
    "video": frozenset(
        {"controls", "height", "loop", "muted", "playsinline", "poster", "preload", "src", "width"}
    ),
}
