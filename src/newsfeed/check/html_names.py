"""The elements, attributes and styles of HTML that feed readers support.

They follow the W3C Feed Validation Service, which lists what careful readers keep.
"""

import re
from typing import Final

from newsfeed.text.html.allowed import TAGS

__all__ = ["ATTRIBUTES", "CODE", "ELEMENTS", "FORMS", "FRAMES", "PAGE", "danger_of"]

# Several words on a line read better than two hundred lines of one word each.
CODE: Final = frozenset({"applet", "script"})
FRAMES: Final = frozenset({"embed", "frame", "frameset", "iframe", "noframes", "object", "param"})
FORMS: Final = frozenset(
    "button datalist fieldset form input label legend meter optgroup option output progress select textarea".split()  # noqa: SIM905
)
PAGE: Final = frozenset({"base", "body", "head", "html", "link", "meta", "style", "title"})
_SHOWN: Final = TAGS | set(
    "area canvas center dialog dir font map menu noscript search template".split()  # noqa: SIM905
)
#: Every element that is allowed, or that another check is about.
ELEMENTS: Final = CODE | FRAMES | FORMS | PAGE | _SHOWN

#: Attributes that readers keep or harmlessly ignore, apart from `data-…`.
ATTRIBUTES: Final = frozenset(
    """
    abbr accept accept-charset accesskey action align allow allowfullscreen alt as autocapitalize autocomplete autofocus
    autoplay axis background bgcolor border bordercolor cellpadding cellspacing char charoff charset checked cite class
    clear color cols colspan compact contenteditable controls coords crossorigin data datetime decoding default dir dirname
    disabled download draggable enctype enterkeyhint face for form formenctype frame headers height hidden high href
    hreflang hspace id inputmode is ismap itemid itemprop itemref itemscope itemtype kind label lang list loading longdesc
    loop low max maxlength media method min minlength multiple muted name nohref nonce noshade nowrap open optimum pattern
    ping placeholder playsinline point-size poster preload prompt radiogroup readonly referrerpolicy rel required rev
    reversed rows rowspan rules scope selected shape size sizes span spellcheck src srclang srcset start step style summary
    tabindex target template title translate type unselectable usemap valign value volume vspace width wrap xml:lang xmlns
    """.split()  # noqa: SIM905
)

#: Properties that change only the look of an element's own text.
_PROPERTY: Final = re.compile(
    r"background(-color)?|border(-(bottom|left|right|top))?(-(color|style|width))?|border-(collapse|spacing)|clear"
    r"|color|cursor|direction|display|elevation|float|font(-(family|size|style|variant|weight))?|height|letter-spacing"
    r"|line-height|list-style-type|(margin|padding)(-(bottom|left|right|top))?|overflow|pause(-(after|before))?"
    r"|text-(align|decoration|indent)|unicode-bidi|vertical-align|volume|white-space|width"
)
#: Properties whose values are checked word by word, because each word may name a file.
_BOXES: Final = ("background", "border", "margin", "padding")
_WORD: Final = re.compile(
    r"#[0-9a-f]+|rgb\(\d+%?,\d*%?,?\d*%?\)?|\d?\.?\d?\d(cm|em|ex|in|mm|pc|pt|px|%|,|\))?"
    r"|!important|aqua|auto|black|block|blue|bold|both|bottom|brown|center|collapse|dashed|dotted|fuchsia|gray|green"
    r"|italic|left|lime|maroon|medium|none|navy|normal|nowrap|olive|pointer|purple|red|right|silver|solid|teal|top"
    r"|transparent|underline|white|yellow"
)
_LETTERS: Final = re.compile(r"""(?:[:,;#%.\sa-zA-Z0-9!_-]|'[\s\w]*+'|"[\s\w]*+"|\([\d,\s]*+\))*+""")
_MAX_LOOKED_AT: Final = 10_000


def danger_of(style: str) -> str | None:
    """Return the part of a style attribute that changes more than the look of its element's own text.

    Args:
        style: The attribute's value.

    Returns:
        A property, a value or the whole style; None for one that is harmless.

    >>> danger_of("color: #c00; margin: 0 auto"), danger_of("position: fixed; top: 0")
    (None, 'position')
    >>> danger_of("background: url(https://track.example/1)")
    'background: url(https://track.example/1)'
    """
    if len(style) > _MAX_LOOKED_AT or not _LETTERS.fullmatch(style):
        return style
    for declaration in style.lower().split(";"):
        if not declaration.strip():
            continue
        name, colon, value = (part.strip() for part in declaration.partition(":"))
        if not colon or ":" in value:
            return style
        if not _PROPERTY.fullmatch(name):
            return name
        words = value.split() if name.startswith(_BOXES) else []
        if (word := next((word for word in words if not _WORD.fullmatch(word)), None)) is not None:
            return word
    return None
