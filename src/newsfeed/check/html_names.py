"""The elements, attributes and styles of HTML that feed readers support.

They follow the W3C Feed Validation Service, which lists what careful readers keep.
"""

import re
from typing import Final

from newsfeed.check.words import words
from newsfeed.text.html.allowed import TAGS

__all__ = ["ATTRIBUTES", "CODE", "ELEMENTS", "FORMS", "FRAMES", "PAGE", "danger_of"]

CODE: Final = frozenset({"applet", "script"})
FRAMES: Final = frozenset({"embed", "frame", "frameset", "iframe", "noframes", "object", "param"})
FORMS: Final = words(
    "button datalist fieldset form input label legend meter optgroup option output progress select textarea"
)
PAGE: Final = frozenset({"base", "body", "head", "html", "link", "meta", "style", "title"})
_SHOWN: Final = TAGS | words("area canvas center dialog dir font map menu noscript search template")
#: Every element that is allowed, or that another check is about.
ELEMENTS: Final = CODE | FRAMES | FORMS | PAGE | _SHOWN

#: The attributes of HTML, of RDFa and ARIA, and older ones that browsers still know, apart from `aria-…` and `data-…`.
ATTRIBUTES: Final = words(
    """
    abbr about accept accept-charset accesskey action align allow allowfullscreen allowpaymentrequest allowtransparency
    alt as async autocapitalize autocomplete autocorrect autofocus autoplay axis background balance bgcolor bgproperties
    blocking border bordercolor bordercolordark bordercolorlight cellpadding cellspacing ch char charoff charset checked
    cite class clear closedby color colorspace cols colspan command commandfor compact content contenteditable controls
    controlslist coords credentialless crossorigin csp data datafld dataformatas datapagesize datasrc datatype datetime
    decoding default defer dir dirname disabled disablepictureinpicture disableremoteplayback download draggable dynsrc
    elementtiming enctype enterkeyhint exportparts face fetchpriority for form formenctype formmethod formnovalidate
    formtarget frame frameborder galleryimg headers height hidden hidefocus high href hreflang hspace http-equiv id
    imageanchor
    imagesizes imagesrcset inert inlist inputmode integrity is ismap itemid itemprop itemref itemscope itemtype keytype
    kind label lang language leftmargin list loading longdesc loop low lowsrc marginheight marginwidth max maxlength
    media method min minlength mozallowfullscreen multiple muted name nohref nomodule nonce noresize noshade novalidate
    nowrap open optimum part pattern ping placeholder playsinline point-size popover popovertarget popovertargetaction
    poster prefix preload profile prompt property radiogroup readonly referrerpolicy rel required resource rev reversed
    role rows rowspan rules sandbox scope scrolling selected shadowrootmode shape size sizes slot span spellcheck src
    srclang srcset standby start step style summary tabindex target template text title translate type typemustmatch
    typeof unselectable usemap valign value valuetype version vocab volume vspace webkitallowfullscreen width wrap
    writingsuggestions xmlns
    """
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
