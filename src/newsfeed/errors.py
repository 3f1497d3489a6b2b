"""The tree of errors.

```text
NewsfeedError
├── InvalidValue       a value breaks a rule of the data contract (also a ValueError)
├── InvalidRecord      an article, a category, a site … has such values, all listed (also a ValueError)
├── InvalidNewsroom    newsroom.toml, or a file or folder that it names, can't be used
├── InvalidTemplate    a site's own template, or its folder, can't be used
├── InvalidPlugin      an installed plug-in can't be loaded or used
├── SourceError        a source of articles can't be reached, or not read to its end
├── InvalidPlan        the planned feeds can't all be written, for example because two have the same path
├── ProblemsFound      all articles had to be left out, or any of them under `strict`
├── LossRefused        a build or a sync would lose more articles, or feeds, than the site allows
├── FeedsRefused       a build with `check` found errors in the feeds, and wrote nothing
├── FeedNotFound       no feed with that name is planned (also a LookupError)
├── MissingExtra       a package of one of newsfeed's extras is missing (also an ImportError)
├── PublishError       the output folder can't be written
└── StoreError         a store can't be opened, read or written
```

Every message says what is wrong and what to do. An error about one value has both as `reason` and `remedy`, too.
"""

from collections.abc import Sequence

from newsfeed.findings import Finding, two_sentences

__all__ = [
    "FeedNotFound",
    "FeedsRefused",
    "InvalidNewsroom",
    "InvalidPlan",
    "InvalidPlugin",
    "InvalidRecord",
    "InvalidTemplate",
    "InvalidValue",
    "LossRefused",
    "MissingExtra",
    "NewsfeedError",
    "ProblemsFound",
    "PublishError",
    "SourceError",
    "StoreError",
]


class NewsfeedError(Exception):
    """The base class of every error that newsfeed raises on purpose."""


class InvalidValue(NewsfeedError, ValueError):
    """A value breaks a rule of the data contract.

    Attributes:
        field: The field's name, such as `media[1].url`; empty if only the caller knows it.
        reason: What is wrong, without a full stop.
        remedy: What to write instead, without a full stop.
        steps: The parts of the field, from the outside in: `("media", "[1]", "url")`.

    >>> str(InvalidValue("there is no title", "give the article a title", field="title"))
    'title: there is no title. Give the article a title.'
    """

    def __init__(self, reason: str, remedy: str, *, field: str = "") -> None:
        self.field = field
        self.reason = reason
        self.remedy = remedy
        self.steps: tuple[str, ...] = (field,) if field else ()
        super().__init__(
            f"{field}: {two_sentences(reason, remedy)}" if field else two_sentences(reason, remedy)
        )

    def at(self, field: str) -> "InvalidValue":
        """Return the same problem inside a field, with that field's name before its own.

        >>> InvalidValue("no host", "write the full address", field="url").at("media[1]").field
        'media[1].url'
        """
        dot = "." if self.field and not self.field.startswith("[") else ""
        placed = InvalidValue(self.reason, self.remedy, field=f"{field}{dot}{self.field}")
        placed.steps = (field, *self.steps)
        return placed


class InvalidRecord(NewsfeedError, ValueError):
    """A record has values that break the data contract.

    Attributes:
        noun: The kind of record: `Article`, `Category` …
        problems: Every bad value, in the order of the fields.
    """

    def __init__(self, noun: str, problems: Sequence[InvalidValue]) -> None:
        self.noun = noun
        self.problems = tuple(problems)
        super().__init__(f"{noun}: " + " · ".join(str(problem) for problem in self.problems))


class InvalidNewsroom(NewsfeedError):
    """The file newsroom.toml, or a file or folder that it names, can't be used."""


class InvalidTemplate(NewsfeedError):
    """A site's own template, or its folder, can't be used; the message names the file and the line."""


class InvalidPlan(NewsfeedError):
    """The planned feeds can't all be written."""


class InvalidPlugin(NewsfeedError):
    """An installed plug-in can't be loaded or used; the message names its entry point and its distribution."""


class SourceError(NewsfeedError):
    """A source of articles can't be reached, or not read to its end; the message names it. Nothing is published."""


class ProblemsFound(NewsfeedError):
    """All articles had to be left out, or any of them under `strict`. Nothing was written.

    Args:
        findings: All findings, including repairs.
        message: The whole message. Default: the number of articles left out.

    Attributes:
        findings: All findings, including repairs.
        found: The same, by the name that it has in the other errors of a build that was refused.
    """

    def __init__(self, findings: Sequence[Finding], message: str = "") -> None:
        self.findings = self.found = tuple(findings)
        count = len({finding.place for finding in self.findings if finding.severity == "error"})
        super().__init__(
            message
            or f"{count} article{'s' if count != 1 else ''} left out. Strict mode allows none, so nothing was written."
        )


class LossRefused(NewsfeedError):
    """A build would lose more published articles, or feeds, than the site's `max_loss` allows. Nothing was written.

    Or the sync of a store would remove more articles than that, and nothing was changed.

    Attributes:
        lost: The addresses of the articles that would be lost; of a store's, their ids.
        found: What was found in the articles that the build looked at.
    """

    def __init__(self, message: str, lost: Sequence[str], found: Sequence[Finding] = ()) -> None:
        self.lost = tuple(lost)
        self.found = tuple(found)
        super().__init__(message)


class FeedsRefused(NewsfeedError):
    """A build with `check` found errors in the feeds, and wrote nothing.

    Attributes:
        findings: All findings of the check, including warnings and notes.
        found: What was found in the articles that the build looked at.
    """

    def __init__(self, findings: Sequence[Finding], found: Sequence[Finding] = ()) -> None:
        self.findings = tuple(findings)
        self.found = tuple(found)
        count = sum(finding.severity == "error" for finding in self.findings)
        super().__init__(f"The check found {count} error{'s' if count != 1 else ''}. Nothing was written.")


class FeedNotFound(NewsfeedError, LookupError):
    """No feed with that name is planned."""


class MissingExtra(NewsfeedError, ImportError):
    """A package of one of newsfeed's extras is missing.

    >>> str(MissingExtra("Markdown articles", "markdown"))
    "Markdown articles need packages that aren't installed. Run: pip install 'newsroom-feeds[markdown]'"
    """

    def __init__(self, purpose: str, extra: str) -> None:
        super().__init__(
            f"{purpose} need packages that aren't installed. Run: pip install 'newsroom-feeds[{extra}]'"
        )


class PublishError(NewsfeedError):
    """The output folder can't be written."""


class StoreError(NewsfeedError):
    """A store can't be opened, read or written; the message names its file."""
