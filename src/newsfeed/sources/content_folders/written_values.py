"""The shapes in which people write authors, words and pictures into front matter."""

from collections.abc import Iterator, Mapping

from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["address_in", "as_date", "folded", "is_yes", "people", "pictures", "text_of", "words"]

_LINK = lazy_pattern(r"\[(?P<name>[^\[\]]+)\]\((?P<url>[^()\s]+)\)")
_MAILBOX = lazy_pattern(r"(?P<name>[^<>]+?)\s*<(?P<email>[^<>\s]+@[^<>\s]+)>")
_BETWEEN_PEOPLE = lazy_pattern(r"\s*;\s*")
_BETWEEN_NAMES = lazy_pattern(r"\s*,\s*(?:and\s+)?|\s+and\s+|\s+&\s+")
#: A template or an inline picture isn't the address of a file.
_NO_ADDRESS = lazy_pattern(r"\{[{%]|[\n<>\"]|\A\s*data:", 0)
_NAME_KEYS = ("name", "title", "display_name", "displayname", "label", "nick", "nickname", "id")
_URL_KEYS = ("url", "link", "homepage", "website", "web", "uri")
_FILE_KEYS = (
    "url",
    "src",
    "image",
    "path",
    "feature",
    "teaser",
    "thumbnail",
    "file",
    "href",
    "img",
    "og_image",
)
_TEXT_KEYS = {
    "description": ("alt", "alttext", "caption", "description"),
    "credit": ("credit", "credits", "copyright"),
}
_YES = frozenset({"true", "yes", "on", "1"})


def folded(key: object) -> str:
    """Return a key as generators compare them: in lower case, without `_` and `-`.

    >>> folded("featured_image"), folded("expiryDate")
    ('featuredimage', 'expirydate')
    """
    return str(key).casefold().replace("_", "").replace("-", "")


def is_yes(value: object) -> bool:
    """Return whether a value means yes."""
    return value.strip().casefold() in _YES if isinstance(value, str) else value is True or value == 1


def text_of(value: object) -> str:
    r"""Return a value of front matter as text on one line; empty for anything but text and numbers.

    >>> text_of(" First\n snow "), text_of(2025), text_of(True), text_of(["a"])
    ('First snow', '2025', '', '')
    """
    if isinstance(value, str):
        return " ".join(value.split())
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def words(value: object, *, split_at_spaces: bool = False) -> list[str]:
    """Return the words of a list, or of a text that lists them.

    Args:
        value: The list, or the text.
        split_at_spaces: Whether spaces separate the words of a text without commas.

    >>> words(["snow", 2025]), words("snow, ice"), words("snow ice"), words("snow ice", split_at_spaces=True)
    (['snow', '2025'], ['snow', 'ice'], ['snow ice'], ['snow', 'ice'])
    """
    if isinstance(value, str):
        has_separator = "," in value or ";" in value
        separator = ("," if "," in value else ";") if has_separator or not split_at_spaces else None
        found = [text_of(word).strip("[]\"'") for word in value.split(separator)]
    elif isinstance(value, list | tuple):
        found = [text_of(_named(item)) for item in value]
    else:
        found = [text_of(value)]
    return list(dict.fromkeys(word for word in found if word))


def people(value: object) -> list[dict[str, object]]:
    """Return the people that a value names: texts, tables, lists of them; several in one text.

    >>> people("[Leyla Abbasova](https://a.example/leyla)")
    [{'name': 'Leyla Abbasova', 'url': 'https://a.example/leyla'}]
    >>> people("Leyla Abbasova, Rauf Aliyev and Nigar Guliyeva")
    [{'name': 'Leyla Abbasova'}, {'name': 'Rauf Aliyev'}, {'name': 'Nigar Guliyeva'}]
    >>> people(["Abbasova, Leyla", {"name": "Rauf", "email": "rauf@a.example"}])
    [{'name': 'Abbasova, Leyla'}, {'name': 'Rauf', 'email': 'rauf@a.example'}]
    """
    found = [
        person for item in (value if isinstance(value, list | tuple) else [value]) for person in _person(item)
    ]
    return list({str(person["name"]): person for person in found if person["name"]}.values())


def _person(value: object) -> Iterator[dict[str, object]]:
    if isinstance(value, Mapping):
        keys = {folded(key): item for key, item in value.items()}
        name = next((text_of(keys[key]) for key in _NAME_KEYS if text_of(keys.get(key))), "")
        if isinstance(keys.get("name"), list | tuple):
            yield from people(keys["name"])
            return
        person: dict[str, object] = {"name": name}
        url = next((text_of(keys[key]) for key in _URL_KEYS if text_of(keys.get(key))), "")
        if url.startswith(("http://", "https://")):
            person["url"] = url
        if "@" in (email := text_of(keys.get("email"))):
            person["email"] = email
        yield person
        return
    text = text_of(value)
    if link := _LINK.search(text):
        linked: dict[str, object] = {"name": link["name"]}
        if link["url"].startswith(("http://", "https://")):
            linked["url"] = link["url"]
        yield linked
        if rest := _LINK.sub("", text, count=1).strip(" ,;&"):
            yield from _person(rest.removeprefix("and "))
        return
    for part in _BETWEEN_PEOPLE.split(text):
        if mailbox := _MAILBOX.fullmatch(part):
            yield {"name": mailbox["name"], "email": mailbox["email"]}
            continue
        names = _BETWEEN_NAMES.split(part)
        # "Abbasova, Leyla" is one person
        several = len(names) > 1 and all(" " in name.strip() for name in names)
        yield from ({"name": name.strip()} for name in (names if several else [part]) if name.strip())


def pictures(value: object) -> list[dict[str, object]]:
    """Return the pictures that a value names: addresses, tables with one, lists of either.

    >>> pictures("snow.jpg"), pictures({"image": "snow.jpg", "alt": "Snow", "relative": True})
    ([{'url': 'snow.jpg'}], [{'url': 'snow.jpg', 'description': 'Snow'}])
    >>> pictures([None, "{{ site.image }}"])
    []
    """
    found = []
    for item in value if isinstance(value, list | tuple) else [value]:
        if isinstance(item, Mapping):
            keys = {folded(key): each for key, each in item.items()}
            address = next((address_in(keys[key]) for key in _FILE_KEYS if address_in(keys.get(key))), "")
            picture: dict[str, object] = {"url": address}
            for field, names in _TEXT_KEYS.items():
                if said := next((text_of(keys[key]) for key in names if text_of(keys.get(key))), ""):
                    picture[field] = said
        else:
            picture = {"url": address_in(item)}
        if picture["url"]:
            found.append(picture)
    return found


def address_in(value: object) -> str:
    """Return the address of a file that a value is; empty if it isn't one."""
    address = value.strip() if isinstance(value, str) else ""
    return address if address and not _NO_ADDRESS.search(address) else ""


def as_date(value: object) -> object:
    """Return a date of front matter in a form that is read everywhere; None if it's blank.

    >>> as_date("2025-12-19 18:24:00 +0400"), as_date(" "), as_date("2025-12-19 18:24:00.0 +04:00 ")
    ('2025-12-19 18:24:00 +0400', None, '2025-12-19 18:24:00.0 +04:00')
    """
    if isinstance(value, str):
        return value.strip() or None
    return value


def _named(value: object) -> object:
    """Return the name of a word that is written as a table."""
    if isinstance(value, Mapping):
        keys = {folded(key): item for key, item in value.items()}
        return next((keys[key] for key in ("name", "title", "label", "slug") if text_of(keys.get(key))), None)
    return value
