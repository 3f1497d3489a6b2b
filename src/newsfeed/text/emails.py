"""E-mail addresses, as feeds and their validators know them."""

import re

__all__ = ["is_email"]

#: The addresses that HTML's input fields take; RFC 5322 allows more, such as quoted names, that hardly any mailbox has.
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")


def is_email(text: str) -> bool:
    """Tell whether a text is the address of a mailbox, in ASCII (HTML §4.10.5.1.5, RFC 5322 §3.4.1).

    Args:
        text: Any text.

    Returns:
        Whether it is one, without a name or a space around it.

    >>> is_email("editor@report.example"), is_email("The editor"), is_email("ə@report.example")
    (True, False, False)
    """
    return _EMAIL.fullmatch(text) is not None
