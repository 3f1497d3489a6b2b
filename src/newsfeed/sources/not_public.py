"""Keys of other systems that mark an article as not public: `draft`, `status`, a misspelt `expires`.

An unknown key is ignored, unless it may mean that the article is a draft, has expired, or isn't for everybody. Then
the article is left out, because nothing is published on a guess.
"""

from collections.abc import Mapping
from functools import lru_cache

from newsfeed.text.lazy_pattern import lazy_pattern
from newsfeed.text.nearest import nearest
from newsfeed.text.synonyms import synonym

__all__ = ["may_close", "may_hold_back"]

#: Unknown keys that may mark drafts and ends, in lower case and without `_` and `-`.
_HOLDS_BACK = lazy_pattern(
    r"withdr|withrd|expir|^exp(ires?|ries)|embargo|retract|draft|trash|delete|hidden|private|unpublish|unlisted|"
    r"(publish|valid|visible|active|online|live|available)(ed)?(until|end|to$)|endson|^enddate|"
    r"(publish|valid|visible|active|online|live|available)(ed)?(from|after|start)|"
    r"notbefore|^golive|^schedul|^(is)?hide$|^(post)?password$|^passwordprotected$"
)
#: The fields that end an article. A key that means one of them, according to the message about it, ends it, too.
_ENDS = ("expires", "withdrawn")
#: The field that says who may read an article. A key that means it closes the article, unless it says that all may.
_ACCESS = ("access",)
#: Keys that look like it, and say something else.
_NO_ACCESS = frozenset({"accessed", "accesses", "success"})
_READERS = r"(members?|subscribers?|subscriptions?|memberships?|logins?|sign(ed)?in|payments?|accounts?|registrations?)"
#: Other keys that may close an article to all but some readers.
_CLOSES = lazy_pattern(
    r"^(is|has|for)?(paywall(ed)?|premium|paid|restricted|locked|gated|metered|exclusive)"
    r"(content|article|post|story|only|access)?$|"
    rf"(members?|subscribers?|paid|paying|premium|registered|loggedin)only$|onlyfor|^(is|for){_READERS}$|"
    rf"(requires?|needs?|required){_READERS}$|{_READERS}(is)?(required|needed)$|requirespaid|"
    r"^(post|content|article|member|membership|subscription|subscriber|reader)?"
    r"(access|tier|paywall|audience)(s|levels?|types?|groups?|tiers?|roles?|rights?|rules?|status|model|restrictions?|restricted)?$|"
    r"^accessib(le|ility)(to|for)|^restrict(ed|ions?|s)?(to|access|content)?$|^subscription$|^conditionsofaccess$|"
    r"^(required|min(imum)?)?(membership|member|subscription|subscriber|reader)(levels?|tiers?|plans?|types?)$"
)
#: Keys that close an article if they say no.
_IS_FREE = lazy_pattern(
    r"^(is)?(free|accessible(for)?free|freelyaccessible|freely?(access|content|article|toread)|freeofcharge|openaccess)$"
)
_OPEN = frozenset(
    {
        "free",
        "public",
        "open",
        "everybody",
        "everyone",
        "anyone",
        "all",
        "any",
        "general",
        "general public",
        "unrestricted",
        "unlocked",
    }
)
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
_YES = frozenset({"", "1", "true", "yes", "on"})
_SEPARATORS = str.maketrans("", "", "_- ")
#: No publishing system has longer keys than this.
_LONGEST_KEY = 60
#: No site has more kinds of readers than this.
_MOST_TIERS = 100


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
    >>> may_hold_back("isAccessibleForFree", False), may_hold_back("acess", "members")
    (True, True)
    """
    match _meaning(key[: _LONGEST_KEY + 1]):
        case "ends":
            return not _says_no(value)
        case "closes":
            return not (_says_no(value) or _is_open(value))
        case "is free":
            return not (value == 1 or _is_open(value) or (isinstance(value, str) and _word(value) in _YES))
        case "is public":
            return _says_no(value)
        case "state":
            return isinstance(value, str) and _word(value) not in _PUBLIC_STATES
        case _:
            return False


def may_close(key: str, value: object) -> bool:
    """Return whether a key may mean that only some readers may read an article.

    >>> may_close("paywall", True), may_close("expires_at", "2026-01-01")
    (True, False)
    """
    is_access = (
        _meaning(key[: _LONGEST_KEY + 1]) in {"closes", "is free"} or synonym(key, _ACCESS) is not None
    )
    return is_access and may_hold_back(key, value)


@lru_cache(maxsize=1024)
def _meaning(key: str) -> str:
    """Return what a key may say of an article; empty for a key that costs it nothing."""
    name = key.casefold().translate(_SEPARATORS)
    if len(key) > _LONGEST_KEY:
        return ""
    if _HOLDS_BACK.search(name) or synonym(key, _ENDS) or nearest(key, _ENDS, likeness=0.75):
        return "ends"
    if _IS_PUBLIC.search(name):
        return "is public"
    if _IS_FREE.search(name):
        return "is free"
    if _STATE.search(name) and not _CLOSES.search(name):
        return "state"
    is_access = synonym(key, _ACCESS) or nearest(name, _ACCESS, likeness=0.8)
    return "closes" if _CLOSES.search(name) or (is_access and name not in _NO_ACCESS) else ""


def _is_open(value: object) -> bool:
    """Return whether a value lets everybody read, as a word, or as one of several: `["free", "gold"]`."""
    if isinstance(value, str):
        return _word(value) in _OPEN
    if isinstance(value, Mapping):
        return any(isinstance(each, str) and _is_open(each) for each in value.values())
    return isinstance(value, list | tuple) and any(map(_is_open, value[:_MOST_TIERS]))


def _says_no(value: object) -> bool:
    if isinstance(value, str):
        return _word(value) in _NO
    return value == 0 or (isinstance(value, Mapping | list | tuple) and not value)


def _word(value: str) -> str:
    return value.strip().casefold()
