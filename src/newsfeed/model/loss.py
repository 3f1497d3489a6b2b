"""How much may vanish from the sources on any day without anybody having said so."""

from typing import Final

__all__ = ["SUSPICIOUS_LOSS", "is_suspicious"]

#: Fewer may always go missing, unless they are all.
SUSPICIOUS_LOSS: Final = 10


def is_suspicious(lost: int, of: int, max_loss: float) -> bool:
    """Return whether a loss of some of many is more than may go missing.

    Args:
        lost: How many are missing.
        of: How many there were.
        max_loss: The share that may go missing.

    >>> is_suspicious(9, 10, 0.2), is_suspicious(12, 100, 0.2), is_suspicious(12, 100, 0.1)
    (False, False, True)
    """
    return lost >= SUSPICIOUS_LOSS and lost > max_loss * of
