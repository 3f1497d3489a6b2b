"""E-mail addresses, as feeds and their validators know them."""

import re

__all__ = ["is_email"]

#: The addresses that the W3C Feed Validation Service takes without asking the network whether their host is there.
#: RFC 5322 allows more, such as quoted names and hosts without a dot, that hardly any public mailbox has.
_LABEL = "[A-Za-z0-9](?:-*[A-Za-z0-9])*"
_EMAIL = re.compile(rf"[A-Za-z0-9_+.'-]+@(?:{_LABEL}\.)+{_LABEL}")


def is_email(text: str) -> bool:
    """Return whether a text is the address of a mailbox, in ASCII (RFC 5322 §3.4.1).

    Args:
        text: Any text.

    Returns:
        Whether it is one, without a name or a space around it.

    >>> is_email("editor@report.example"), is_email("The editor"), is_email("editor@newsroom")
    (True, False, False)
    """
    return _EMAIL.fullmatch(text) is not None
