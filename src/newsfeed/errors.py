"""What can go wrong, as a tree.

```text
NewsfeedError
├── InvalidValue       one value breaks a rule of the data contract (also a ValueError)
├── InvalidRecord      an article, a category, a site … has such values: all of them at once (also a ValueError)
├── InvalidNewsroom    newsroom.toml, or something that it names, can't be used
├── InvalidTemplate    a site's own template, or the folder of them, can't be used
├── InvalidPlan        the feeds asked for can't all be written, say because two have one path
├── ProblemsFound      articles had to be left out: all of them, or any, where `strict` was asked for
├── LossRefused        the build would lose more published articles, or feeds, than the site allows
├── FeedsRefused       the check of a build found errors in what it was about to write
├── FeedNotFound       no feed of that name is planned (also a LookupError)
├── MissingExtra       a package is needed that comes with an extra (also an ImportError)
└── PublishError       the output folder can't be written
```

Every error says what is wrong in its message; what to do instead is part of the message, and stands in `remedy`
where the error is about one value.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsfeed.model.finding import Finding

__all__ = [
    "FeedNotFound",
    "FeedsRefused",
    "InvalidNewsroom",
    "InvalidPlan",
    "InvalidRecord",
    "InvalidTemplate",
    "InvalidValue",
    "LossRefused",
    "MissingExtra",
    "NewsfeedError",
    "ProblemsFound",
    "PublishError",
]


class NewsfeedError(Exception):
    """Whatever newsfeed raises on purpose."""


class InvalidValue(NewsfeedError, ValueError):
    """One value breaks a rule of the data contract.

    Attributes:
        field: The field's name, `media[1].url` for one inside a list; empty where the caller knows it better.
        reason: What is wrong, without a full stop.
        remedy: What to write instead, without a full stop.
        steps: The field taken apart, from the outside in: `("media", "[1]", "url")`.

    >>> str(InvalidValue("there is no title", "give the article a title", field="title"))
    'title: there is no title; give the article a title'
    """

    def __init__(self, reason: str, remedy: str, *, field: str = "") -> None:
        self.field = field
        self.reason = reason
        self.remedy = remedy
        self.steps: tuple[str, ...] = (field,) if field else ()
        super().__init__(f"{field}: {reason}; {remedy}" if field else f"{reason}; {remedy}")

    def at(self, field: str) -> "InvalidValue":
        """Give the same problem with its place: `field`, and what the value's own place adds to it.

        >>> InvalidValue("no host", "write the whole address", field="url").at("media[1]").field
        'media[1].url'
        """
        dot = "." if self.field and not self.field.startswith("[") else ""
        placed = InvalidValue(self.reason, self.remedy, field=f"{field}{dot}{self.field}")
        placed.steps = (field, *self.steps)
        return placed


class InvalidRecord(NewsfeedError, ValueError):
    """A record has values that break the data contract.

    Attributes:
        noun: What the record is: `Article`, `Category` …
        problems: Every bad value, in the order of the fields.
    """

    def __init__(self, noun: str, problems: Sequence[InvalidValue]) -> None:
        self.noun = noun
        self.problems = tuple(problems)
        super().__init__(f"{noun}: " + " · ".join(str(problem) for problem in self.problems))


class InvalidNewsroom(NewsfeedError):
    """The file newsroom.toml, or something that it names, can't be used."""


class InvalidTemplate(NewsfeedError):
    """A site's own template, or the folder of them, can't be used; the message names the file and the line."""


class InvalidPlan(NewsfeedError):
    """The feeds asked for can't all be written."""


class ProblemsFound(NewsfeedError):
    """Articles had to be left out: all of them, or any, where `strict` was asked for. Nothing was written.

    Args:
        findings: What was found, repairs included.
        message: The whole message; default: how many problems there are, and that strict was asked for.

    Attributes:
        findings: What was found, repairs included.
    """

    def __init__(self, findings: "Sequence[Finding]", message: str = "") -> None:
        self.findings = tuple(findings)
        count = sum(finding.severity == "error" for finding in self.findings)
        super().__init__(
            message
            or f"{count} problem{'s' if count != 1 else ''} found, and strict was asked for: nothing was written"
        )


class LossRefused(NewsfeedError):
    """A build would lose more published articles, or feeds, than the site's `max_loss` allows. Nothing was written.

    Attributes:
        lost: The addresses of the articles that would be lost.
    """

    def __init__(self, message: str, lost: "Sequence[str]") -> None:
        self.lost = tuple(lost)
        super().__init__(message)


class FeedsRefused(NewsfeedError):
    """The check of a build found errors in what it was about to write.

    Attributes:
        findings: What was found, warnings and notes included.
    """

    def __init__(self, findings: "Sequence[Finding]") -> None:
        self.findings = tuple(findings)
        count = sum(finding.severity == "error" for finding in self.findings)
        super().__init__(f"the check found {count} error{'s' if count != 1 else ''}: nothing was written")


class FeedNotFound(NewsfeedError, LookupError):
    """No feed of that name is planned."""


class MissingExtra(NewsfeedError, ImportError):
    """A package is needed that comes with one of newsfeed's extras.

    >>> str(MissingExtra("Markdown articles", "markdown"))
    "Markdown articles need packages that are not installed; run: pip install 'newsroom-feeds[markdown]'"
    """

    def __init__(self, purpose: str, extra: str) -> None:
        super().__init__(
            f"{purpose} need packages that are not installed; run: pip install 'newsroom-feeds[{extra}]'"
        )


class PublishError(NewsfeedError):
    """The output folder can't be written."""
