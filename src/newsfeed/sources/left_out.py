"""The note about a record that isn't an article to publish: a draft, a page, an attachment."""

from newsfeed.findings import Finding, Place

__all__ = ["left_out"]


def left_out(why: str, place: Place) -> Finding:
    """Return the note that a record isn't an article to publish, such as a draft.

    >>> from newsfeed.findings import Place
    >>> str(left_out("it's a draft", Place(file="snow.md")))
    "snow.md: NF108 it's a draft. Nothing to do, unless it belongs in the feeds."
    """
    return Finding(
        code="NF108",
        severity="note",
        place=place,
        reason=why,
        remedy="nothing to do, unless it belongs in the feeds",
    )
