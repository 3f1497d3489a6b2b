"""Keys of other systems that mark an article as not public: `draft`, `status`, a misspelt `expires`.

An unknown key is ignored, unless it may mean that the article is a draft or has expired. Then the article is left
out, because nothing is published on a guess.
"""

from collections.abc import Mapping

from newsfeed.text.lazy_pattern import lazy_pattern
from newsfeed.text.nearest import nearest
from newsfeed.text.synonyms import synonym

__all__ = ["may_hold_back"]

#: Unknown keys that may mark drafts and ends, in lower case and without `_` and `-`.
_HOLDS_BACK = lazy_pattern(
    r"withdr|withrd|expir|^exp(ires?|ries)|embargo|retract|draft|trash|delete|hidden|private|unpublish|unlisted|"
    r"(publish|valid|visible|active|online|live|available)(ed)?(until|end|to$)|endson|^enddate|"
    r"(publish|valid|visible|active|online|live|available)(ed)?(from|after|start)|"
    r"notbefore|^golive|^schedul|^(is)?hide$|^(post)?password$|^passwordprotected$"
)
#: The fields that end an article. A key that means one of them, according to the message about it, ends it, too.
_ENDS = ("expires", "withdrawn")
#: Keys that may close an article to all but some readers.
_CLOSES = lazy_pattern(
    r"^(is|has)?(paywall(ed)?|premium|restricted|locked)(content|article|only)?$|(members?|subscribers?|paid)only$"
)
_OPEN = frozenset({"free", "public", "open", "everybody", "everyone", "all"})
#: The same for keys that name the state of an article.
_STATE = lazy_pattern(r"(status|state|visibility)$")
_PUBLIC_STATES = frozenset(
    {"publish", "published", "public", "live", "visible", "active", "online", "approved", "final", "usable"}
)
#: The same for keys that say whether an article is public.
_IS_PUBLIC = lazy_pattern(
    r"^(is)?(publish|published|public|listed|live|visible|active|online|approved|enabled)$"
)
_NO = frozenset({"", "0", "false", "no", "off", "none", "null"})
_SEPARATORS = str.maketrans("", "", "_- ")
#: No publishing system has longer keys than this.
_LONGEST_KEY = 60


def may_hold_back(key: str, value: object) -> bool:
    """Return whether an unknown key may mean that an article isn't public, or no longer is.

    Args:
        key: The key.
        value: Its value; not None.

    Returns:
        Whether the article should be left out.

    >>> may_hold_back("draft", True), may_hold_back("draft", False), may_hold_back("layout", "post")
    (True, False, False)
    >>> may_hold_back("expire", "2026-01-01"), may_hold_back("post_status", "pending")
    (True, True)
    >>> may_hold_back("members_only", True), may_hold_back("paywall", "free")
    (True, False)
    """
    if len(key) > _LONGEST_KEY:
        return False
    name = key.casefold().translate(_SEPARATORS)
    if _HOLDS_BACK.search(name) or synonym(key, _ENDS) or nearest(key, _ENDS, likeness=0.75):
        return not _says_no(value)
    if _CLOSES.search(name):
        return not _says_no(value) and not (isinstance(value, str) and _word(value) in _OPEN)
    if _IS_PUBLIC.search(name):
        return _says_no(value)
    return bool(_STATE.search(name)) and isinstance(value, str) and _word(value) not in _PUBLIC_STATES


def _says_no(value: object) -> bool:
    if isinstance(value, str):
        return _word(value) in _NO
    return value == 0 or (isinstance(value, Mapping | list | tuple) and not value)


def _word(value: str) -> str:
    return value.strip().casefold()
