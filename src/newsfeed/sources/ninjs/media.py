"""The pictures and recordings of a ninjs item: of each the rendition that suits a feed."""

from collections.abc import Iterator

from newsfeed.sources.ninjs.items import NinjsItem
from newsfeed.text.html.teasers import for_everybody
from newsfeed.text.html.words import plain_text

__all__ = ["media_of", "page_of"]

_TYPES = frozenset({"picture", "graphic", "video", "audio", "animation"})
#: Names of renditions that aren't for readers.
_POOR = ("thumb", "watermark", "icon", "small")
#: Larger pictures are for print.
_WIDEST, _MOST_BYTES = 2_400, 5_000_000
_GONE = frozenset({"canceled", "cancelled", "withheld"})


def media_of(item: NinjsItem) -> list[dict[str, object]]:
    """Return the media of an item, those that go with it first."""
    media = [found for each in item.parts("associations") for found in _of_association(each)]
    if not media and (own := _best(item)) is not None:
        media.append(own)
    return media


def page_of(item: NinjsItem) -> str | None:
    """Return the address of an item's page, which is one of its renditions, if any is."""
    for rendition in item.parts("renditions"):
        if "html" in (rendition.text("contenttype", "mimetype") or ""):
            return rendition.text("href")
    return None


def _of_association(item: NinjsItem) -> Iterator[dict[str, object]]:
    if (item.text("type") or "picture").lower() not in _TYPES:
        return
    if (item.text("pubstatus") or "").lower() in _GONE:
        return
    found = _best(item)
    if found is not None:
        captions = [*item.texts("description"), *item.texts("headline")]
        caption = next((text for text in captions if text.form != "other"), None)
        if caption is not None:
            found["description"] = (
                plain_text(for_everybody(caption.value)) if caption.form == "html" else caption.value
            )
        found["credit"] = item.text("byline", "by", "creditline", "copyrightholder")
        yield found


def _best(item: NinjsItem) -> dict[str, object] | None:
    """Return the largest rendition that isn't too large, else the smallest of those."""
    usable = [each for each in item.parts("renditions") if each.text("href") and _is_file(each)]
    fine = [each for each in usable if not any(word in _names(each) for word in _POOR)] or usable
    if not fine:
        return None
    fitting = [
        each
        for each in fine
        if _number(each, "width") <= _WIDEST and _number(each, "sizeinbytes") <= _MOST_BYTES
    ]
    chosen = (
        max(fitting, key=lambda each: _number(each, "width"))
        if fitting
        else min(fine, key=lambda each: _number(each, "width"))
    )
    fields = {"width": "width", "height": "height", "length": "sizeinbytes", "duration": "duration"}
    media = {"url": chosen.text("href"), "type": chosen.text("contenttype", "mimetype")}
    return media | {field: chosen.get(name) for field, name in fields.items()}


def _is_file(rendition: NinjsItem) -> bool:
    media_type = rendition.text("contenttype", "mimetype") or "image/"
    return media_type.startswith(("image/", "video/", "audio/"))


def _names(rendition: NinjsItem) -> str:
    words = (rendition.text("name", "title"), rendition.text("usage"), rendition.text("variant"))
    return " ".join(word.lower() for word in words if word)


def _number(rendition: NinjsItem, name: str) -> float:
    value = rendition.get(name)
    return float(value) if isinstance(value, int | float) else 0.0
