"""A preset: how one site generator names fields, addresses and languages."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urljoin

from newsfeed.model.site import Site

__all__ = ["ContentFile", "Preset", "below", "below_configuration", "on_site"]


class ContentFile(NamedTuple):
    """A file of a content folder, as far as it has been read."""

    path: Path
    #: Its folders below the content folder, and its name.
    parts: tuple[str, ...]
    #: The front matter, with folded keys.
    fields: Mapping[str, Any]
    #: The text below it.
    body: str
    site: Site

    @property
    def stem(self) -> str:
        """The file's name without its suffix."""
        return self.parts[-1].rpartition(".")[0]

    @property
    def content_folder(self) -> Path:
        """The content folder."""
        return self.path.parents[len(self.parts) - 1]


class Preset(NamedTuple):
    """How one site generator writes articles down."""

    #: The word for it in newsroom.toml.
    name: str
    #: The article's fields, each with the keys that mean it, folded; the first that has a value counts.
    fields: Mapping[str, tuple[str, ...]]
    #: Given a file, with its folders and its name below the newsroom's folder: its place below the content folder.
    place: Callable[[Path, tuple[str, ...]], tuple[str, ...]]
    #: Why a file isn't an article to publish; empty if it is.
    why_left_out: Callable[[ContentFile], str]
    #: What the file's place and the generator's rules add to the article's values: language, story, slug, url.
    added: Callable[[ContentFile, Mapping[str, Any]], dict[str, Any]]
    #: The body in CommonMark and HTML, without what only this generator understands, given the article's address.
    body: Callable[[ContentFile, str], str]
    #: Splits a file into its fields and its body where front matter isn't the only way to write them.
    split: Callable[[str], tuple[dict[str, Any], str]] | None = None
    #: Whether spaces separate the words of a text, as in `tags: snow ice`.
    split_at_spaces: bool = False


def below(folder: str) -> Callable[[Path, tuple[str, ...]], tuple[str, ...]]:
    """Return the function for `Preset.place` of a generator whose content lies in a folder of that name.

    >>> below("content")(Path("snow.md"), ("site", "content", "posts", "snow.md"))
    ('posts', 'snow.md')
    """

    def place(_path: Path, parts: tuple[str, ...]) -> tuple[str, ...]:
        return parts[parts.index(folder) + 1 :] if folder in parts[:-1] else parts

    return place


def below_configuration(path: Path, parts: tuple[str, ...], names: Iterable[str]) -> tuple[str, ...] | None:
    """Return a file's place below the folder with its generator's configuration; None if there is none.

    Args:
        path: The file.
        parts: Its folders and its name below the newsroom's folder.
        names: What the configuration may be called.
    """
    for number, folder in enumerate(path.parents[: len(parts)]):
        if any((folder / name).is_file() for name in names):
            return parts[len(parts) - 1 - number :]
    return None


def on_site(path: str, site: Site) -> str:
    """Return the address of a path below the site's front page, whether or not it begins with a slash.

    >>> on_site("/snow/", Site(title="Report", url="https://a.example/news/", languages=["en"]))
    'https://a.example/news/snow/'
    """
    front = site.url if site.url.endswith("/") else f"{site.url}/"
    return path if path.startswith(("http://", "https://")) else urljoin(front, f"./{path.lstrip('/')}")
