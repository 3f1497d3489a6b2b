"""Hugo: `content/az/posts/snow.md`, `content/posts/snow.az.md`, page bundles, shortcodes."""

from collections.abc import Mapping
from typing import Any

from newsfeed.sources.content_folders.file_dates import day_in_name, moment_of
from newsfeed.sources.content_folders.hugo_configuration import HugoConfiguration, configuration_of
from newsfeed.sources.content_folders.hugo_shortcodes import without_hugo_shortcodes
from newsfeed.sources.content_folders.preset import ContentFile, Preset, below, on_site
from newsfeed.sources.content_folders.written_values import folded, is_yes, text_of
from newsfeed.sources.site_languages import language_code, site_language
from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["HUGO"]

#: Pages that aren't in lists: keys that say so, if they mean yes.
_NOT_LISTED = ("headless", "private", "hidden", "unlisted", "hiddenfromrss", "excludefromfeed", "norss")
#: The layouts of pages that hold no article.
_LAYOUTS = frozenset(
    {"search", "archives", "archive", "about", "contact", "home", "links", "tags", "categories"}
)
#: Characters that Hugo takes out of a path.
_NOT_IN_PATHS = lazy_pattern(r"[^\w./\\#+~@-]+")
_HEADING_ID = lazy_pattern(r"(?m)^(#{1,6}\s.*?)[ \t]*\{[#.][^{}\n]*\}[ \t]*$")
_ALERT = lazy_pattern(r"(?m)^([ \t]*(?:>[ \t]?)++)\[!(?P<word>[A-Za-z]+)\][+-]?[ \t]*(?P<title>.*)$")
_ATTRIBUTES = lazy_pattern(r"(?m)^\{[.#][^{}\n]*\}[ \t]*$")
#: Pictures that themes show at the head of a page bundle, by the beginning of their names.
_LEAD_PICTURES = ("featured", "feature", "cover", "thumbnail", "banner")
_PICTURE_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif")
_TWO_LETTERS = 2
_TAG = lazy_pattern(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*")
#: A token of a pattern of addresses.
_TOKEN = lazy_pattern(r":([a-z]+)")


def _why_left_out(file: ContentFile) -> str:
    fields = file.fields
    build = fields.get("build")
    listed = {folded(key): value for key, value in build.items()} if isinstance(build, Mapping) else {}
    is_unlisted = any(is_yes(fields.get(key)) for key in _NOT_LISTED) or any(
        str(listed.get(key)).casefold() in {"never", "false", "local"} for key in ("list", "render")
    )
    has_date = any(fields.get(key) for key in HUGO.fields["published"]) or day_in_name(file.path)
    reasons = (
        (file.stem.partition(".")[0] == "_index", "it's the page of a section"),
        (is_yes(fields.get("draft")), "it's a draft"),
        (is_unlisted, "its front matter keeps it out of lists"),
        (text_of(fields.get("password")), "it has a password"),
        (not fields, "it has no front matter"),
        (not has_date, "it has no date, so it's a page"),
        (text_of(fields.get("layout")).casefold() in _LAYOUTS, "its layout is that of a page"),
    )
    return next((why for is_so, why in reasons if is_so), "")


def _added(file: ContentFile, values: Mapping[str, Any]) -> dict[str, Any]:
    configuration = configuration_of(file.content_folder.parent)
    language, folders, name = _place(file, configuration)
    is_bundle = name == "index" and bool(folders)
    steps = [*folders] if is_bundle else [*folders, name]
    slug = text_of(values.get("slug")) or steps[-1]
    said = configuration.language
    default = site_language(said, file.site) or language_code(said) or file.site.default_language
    added: dict[str, Any] = {
        "language": language or default,
        "story": text_of(values.get("story")) or "/".join(steps),
        "slug": _in_path(slug),
    }
    is_plain = added["language"] == default and not configuration.is_in_folder
    prefix = "" if is_plain else f"{_folder_of(added['language'], file)}/"
    if written := text_of(file.fields.get("url")):
        added["url"] = on_site(written if written.startswith("/") else prefix + written, file.site)
    elif steps[:-1] and (pattern := configuration.permalinks.get(steps[0])):
        added["url"] = on_site(prefix + _by_pattern(pattern, steps, values, file).lstrip("/"), file.site)
    else:
        end = ".html" if configuration.is_ugly else "/"
        added["url"] = on_site(prefix + "/".join(map(_in_path, [*steps[:-1], slug])) + end, file.site)
    if is_bundle and not values.get("media") and (picture := _lead_picture(file)):
        added["media"] = [{"url": picture}]
    return added


def _place(file: ContentFile, configuration: HugoConfiguration) -> tuple[str | None, tuple[str, ...], str]:
    """Return a file's language, its folders without that of the language, and its name without suffixes."""
    *folders, _ = file.parts
    for folder, language in configuration.folders.items():
        steps = folder.split("/")[1:]  # below the content folder: content/english
        if steps and folders[: len(steps)] == steps:
            return site_language(language, file.site) or language, tuple(folders[len(steps) :]), file.stem
    name, _, last = file.stem.rpartition(".")
    named = _language(last, file) if name else None
    name = name if named else file.stem
    in_folder = _language(folders[0], file) if folders else None
    if in_folder:
        folders = folders[1:]
    return named or in_folder, tuple(folders), name


def _language(word: str, file: ContentFile) -> str | None:
    """Return the language that a folder or the end of a name means.

    Two letters are a language too that the site doesn't have, if a neighbouring folder is one that it has.
    """
    known = site_language(word, file.site)
    if known is not None or len(word.split("-", maxsplit=1)[0]) != _TWO_LETTERS:
        return known
    is_one = any((file.content_folder / tag).is_dir() for tag in file.site.languages)
    return language_code(word) if is_one or word != file.parts[0] else None


def _by_pattern(pattern: str, steps: list[str], values: Mapping[str, Any], file: ContentFile) -> str:
    """Return a path by a pattern of `permalinks` (gohugo.io, URL management)."""
    title, slug = text_of(values.get("title")), text_of(values.get("slug"))
    day = moment_of(file.fields.get("date") or values.get("published"), file.site)
    meanings = {
        "section": steps[0],
        "sections": "/".join(steps[:-1]),
        "title": title,
        "slug": slug or title,
        "filename": steps[-1],
        "contentbasename": steps[-1],
        "slugorfilename": slug or steps[-1],
        "slugorcontentbasename": slug or steps[-1],
    }
    if day is not None:
        meanings |= {
            "year": f"{day:%Y}",
            "month": f"{day:%m}",
            "day": f"{day:%d}",
            "monthname": f"{day:%B}".lower(),
        }
    path = _TOKEN.sub(lambda found: "/".join(map(_in_path, meanings.get(found[1], "").split("/"))), pattern)
    return path if path.endswith(("/", ".html")) else f"{path}/"


def _folder_of(language: str, file: ContentFile) -> str:
    """Return a language as Hugo writes it into addresses: as the folder or the name does, in lower case."""
    words = (file.parts[0], file.stem.rpartition(".")[2])
    tags = (
        word.lower() for word in words if _TAG.fullmatch(word) and site_language(word, file.site) == language
    )
    return next(tags, language.lower())


def _in_path(step: str) -> str:
    """Return a step of a path as Hugo writes it.

    >>> _in_path("First Snow, 2025")
    'first-snow-2025'
    """
    return _NOT_IN_PATHS.sub("", "-".join(step.lower().split()))


def _lead_picture(file: ContentFile) -> str:
    try:
        names = sorted(each.name for each in file.path.parent.iterdir())
    except OSError:
        return ""
    fitting = [name for name in names if name.lower().endswith(_PICTURE_SUFFIXES)]
    return next((name for start in _LEAD_PICTURES for name in fitting if name.lower().startswith(start)), "")


def _body(file: ContentFile, page: str) -> str:  # noqa: ARG001 - relative links are resolved against the page later
    text = _HEADING_ID.sub(r"\1", file.body)
    text = _ATTRIBUTES.sub("", text)
    text = _ALERT.sub(lambda found: f"{found[1]}**{found['title'] or found['word'].capitalize()}**\\", text)
    return without_hugo_shortcodes(text)


HUGO = Preset(
    name="hugo",
    fields={
        "title": ("title", "linktitle"),
        "published": ("publishdate", "pubdate", "date", "published", "lastmod", "modified"),
        "updated": ("lastmod", "modified", "updated", "lastmodified"),
        "expires": ("expirydate", "unpublishdate"),
        "summary": ("summary", "description", "excerpt", "subtitle"),
        "categories": ("categories", "category"),
        "topics": ("tags", "tag", "keywords"),
        "authors": ("authors", "author", "byline"),
        "media": (
            "images",
            "image",
            "cover",
            "featuredimage",
            "featureimage",
            "thumbnail",
            "banner",
            "hero",
            "resources",
        ),
        "story": ("translationkey",),
        "slug": ("slug",),
        "external_url": ("externalurl", "externallink", "linkurl"),
        "rights": ("copyright",),
    },
    place=below("content"),
    why_left_out=_why_left_out,
    added=_added,
    body=_body,
)
