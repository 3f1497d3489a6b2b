"""The elements and attributes of SVG and MathML that readers support, by the W3C Feed Validation Service's list."""

from typing import Final

from newsfeed.check.words import words

__all__ = ["ATTRIBUTES", "ELEMENTS"]

_SVG: Final = "http://www.w3.org/2000/svg"
_MATHML: Final = "http://www.w3.org/1998/Math/MathML"


ELEMENTS: Final = {
    _SVG: words(
        """
        a animate animateColor animateMotion animateTransform circle defs desc ellipse font-face font-face-name
        font-face-src g glyph hkern line linearGradient marker metadata missing-glyph mpath path polygon polyline
        radialGradient rect set stop svg switch text title tspan use
        """
    ),
    _MATHML: words(
        """
        annotation annotation-xml maction math merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts
        mroot mrow mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none semantics
        """
    ),
}
ATTRIBUTES: Final = {
    _SVG: words(
        """
        accent-height accumulate additive alphabetic arabic-form ascent attributeName attributeType baseProfile bbox
        begin by calcMode cap-height class color color-rendering content cx cy d descent display dur dx dy end fill
        fill-opacity fill-rule font-family font-size font-stretch font-style font-variant font-weight from fx fy g1 g2
        glyph-name gradientUnits hanging height horiz-adv-x horiz-origin-x id ideographic k keyPoints keySplines
        keyTimes lang marker-end marker-mid marker-start markerHeight markerUnits markerWidth mathematical max min name
        offset opacity orient origin overline-position overline-thickness panose-1 path pathLength points
        preserveAspectRatio r refX refY repeatCount repeatDur requiredExtensions requiredFeatures restart rotate rx ry
        slope stemh stemv stop-color stop-opacity strikethrough-position strikethrough-thickness stroke
        stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width
        style systemLanguage target text-anchor to transform type u1 u2 underline-position underline-thickness unicode
        unicode-range units-per-em values version viewBox visibility width widths x x-height x1 x2 y y1 y2 zoomAndPan
        """
    ),
    _MATHML: words(
        """
        actiontype align columnalign columnlines columnspacing columnspan depth display displaystyle encoding
        equalcolumns equalrows fence fontstyle fontweight frame height linethickness lspace mathbackground mathcolor
        mathvariant maxsize minsize other rowalign rowlines rowspacing rowspan rspace scriptlevel selection separator
        stretchy width
        """
    ),
}
