"""HTML in short texts other than title and summary: topics, names, rights, texts of files."""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

import msgspec

from newsfeed.model.article import Article
from newsfeed.model.record import needed_fields
from newsfeed.model.shown_values import shown
from newsfeed.text.html.teasers import before_members_only
from newsfeed.text.markup_in_text import markup_in, without_markup

__all__ = ["REMEDY", "plain_values"]

#: Reports a repair: its code, the field, the reason and the remedy.
_Warn: TypeAlias = Callable[[str, str, str, str], None]

REMEDY: Final = "write plain text; if your site writes about HTML, set plain_texts = true in newsroom.toml"
#: The fields of an article, and for records and lists of records, the plain texts in each.
_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "topics": (),
    "rights": (),
    "authors": ("name",),
    "source": ("title",),
    "media": ("title", "credit", "description"),
}


def plain_values(article: Article, cleaned: Mapping[str, Any], warn: _Warn) -> dict[str, Any]:
    """Convert HTML in an article's short texts to plain text.

    Args:
        article: The article.
        cleaned: Values that replace some of the article's.
        warn: Reports a repair.

    Returns:
        The values that changed, by field.
    """
    if not cleaned and not _may_hold_html(article):
        return {}
    changes = {}
    for field, names in _FIELDS.items():
        value = cleaned.get(field, getattr(article, field))
        plain = _plain(value, field, names, warn)
        if plain is not value:
            changes[field] = tuple(dict.fromkeys(plain)) if field == "topics" else plain
    return changes


def _may_hold_html(article: Article) -> bool:
    """Return whether any text has markup, checking all texts at once; nearly all articles have none."""
    texts = [*article.topics, article.rights or "", *[person.name for person in article.authors]]
    for file in article.media:
        texts += file.title or "", file.credit or "", file.description or ""
    if article.source is not None:
        texts.append(article.source.title or "")
    together = "".join(texts)
    return "<" in together or "&" in together


def _plain(value: Any, field: str, names: tuple[str, ...], warn: _Warn) -> Any:  # noqa: ANN401 - any value of these fields
    match value:
        case str():
            return _plain_text(value, field, warn)
        case tuple() | list():
            items = tuple(_plain(item, f"{field}[{index}]", names, warn) for index, item in enumerate(value))
            is_same = all(new is old for new, old in zip(items, value, strict=True))
            return value if is_same else tuple(item for item in items if item is not None)
        case msgspec.Struct():
            texts = {name: getattr(value, name) for name in names}
            plain = {name: _plain(text, f"{field}.{name}", (), warn) for name, text in texts.items()}
            changed = {name: text for name, text in plain.items() if text is not texts[name]}
            if any(not text for name, text in changed.items() if name in needed_fields(type(value))):
                return None  # nobody may read who or what it is
            return msgspec.structs.replace(value, **changed) if changed else value
        case _:
            return value


def _plain_text(written: str, field: str, warn: _Warn) -> str:
    if "<" not in written and "&" not in written:
        return written
    plain = without_markup(written)
    if plain is written or not (plain.strip() or before_members_only(written) is not None):
        return written
    reason = f"it contains {shown(markup_in(written))!r}; published as plain text, {shown(plain)!r}"
    warn("NF119", field, reason, REMEDY)
    return plain
