"""E-mail addresses that feeds and their validators accept."""

from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["is_email"]

#: The addresses that the W3C Feed Validation Service accepts, apart from its look-up of the host. RFC 5322 allows
#: more, such as quoted names and hosts without a dot, which public mailboxes hardly ever have.
_LABEL = "[A-Za-z0-9](?:-*[A-Za-z0-9])*"
_EMAIL = lazy_pattern(rf"[A-Za-z0-9_+.'-]+@(?:{_LABEL}\.)+{_LABEL}")


def is_email(text: str) -> bool:
    """Return whether a text is the address of a mailbox, in ASCII (RFC 5322 §3.4.1).

    Args:
        text: Any text.

    Returns:
        Whether it is an address without a name or white space around it.

    >>> is_email("editor@report.example"), is_email("The editor"), is_email("editor@newsroom")
    (True, False, False)
    """
    return _EMAIL.fullmatch(text) is not None
