"""Shortcodes and template tags that a content management system didn't replace: `[gallery ids="1,2"]`, `{% include x %}`."""

from typing import Final

from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["has_shortcodes", "without_shortcodes"]

#: WordPress shortcodes without parameters. `[sic]` and `[the mayor]` are an editor's words, and stay.
_KNOWN: Final = (
    "audio|caption|contact-form|contact-form-7|embed|gallery|playlist|toc|video|wp_caption|youtube"
)
_TEMPLATE_TAG: Final = lazy_pattern(r"\{\{[^{}]*+\}\}|\{[%#:][^{}]*\}")
#: Shortcodes of Joomla, `{youtube}x{/youtube}` and `{loadposition ads}`, and files of Drupal and Tistory.
_PAIR: Final = lazy_pattern(r"\{([a-z]+)\b[^{}]*+\}[^{}\s]*+\{/\1\}")
_PLUGIN: Final = lazy_pattern(
    r"\{/?(?:article|emailcloak|gallery|jcomments|loadmodule(?:id)?|loadposition|modal|module|mp3|slider|snippet|source|tabs?"
    r"|vimeo|youtube)(?![\w-])[^{}]*+\}"
)
_FILE: Final = lazy_pattern(r"\[\[\{.*?\}\]\]|\[##_.*?_##\]")
_CAPTION: Final = lazy_pattern(r"\[(wp_)?caption\b[^\[\]]*+\][^\[]*+\[/(wp_)?caption\]")
_SHORTCODE: Final = lazy_pattern(
    rf"\[(?:/[A-Za-z][\w-]*+\s*+|(?:{_KNOWN})(?![\w-])[^\[\]]*+|[A-Za-z][\w-]*+\s[^\[\]=]*+=[^\[\]]*+)\]"
)
_FOOTNOTE: Final = lazy_pattern(r"\[\^[^\[\]\s]++\]:?")


def has_shortcodes(text: str) -> bool:
    """Return whether a text has shortcodes, template tags or marks of Markdown footnotes.

    >>> has_shortcodes("[gallery]"), has_shortcodes("The mayor [sic] spoke.")
    (True, False)
    """
    return without_shortcodes(text) != text


def without_shortcodes(text: str) -> str:
    """Remove what a content management system should have replaced.

    Args:
        text: Plain text.

    Returns:
        The text without shortcodes, template tags and marks of Markdown footnotes.

    >>> without_shortcodes('[gallery ids="1,2"]The mayor [sic] spoke.[^1] {% ad %}')
    'The mayor [sic] spoke. '
    """
    if "{" in text:
        text = _FILE.sub("", _PLUGIN.sub("", _PAIR.sub("", _TEMPLATE_TAG.sub("", text))))
    if "[" in text:
        text = _FOOTNOTE.sub("", _SHORTCODE.sub("", _CAPTION.sub("", text)))
    return text
