"""Findings: what sources, builds and checks report. Each says where, what is wrong and what to do."""

from typing import Final, Literal, Protocol

import msgspec
from msgspec.structs import force_setattr

__all__ = ["CODES", "LONGEST_MESSAGE", "Finding", "Place", "Severity", "two_sentences"]

#: Characters of what a finding says of a field, a reason or a remedy.
LONGEST_MESSAGE: Final = 1_000
#: Of an article: `error` if it was left out, `warning` if it was repaired and kept. Of a feed: `error` if it breaks a
#: specification, `warning` if readers are known to stumble, `note` if it may be right but is worth a look.
Severity = Literal["error", "warning", "note"]

#: Every code of articles and newsrooms, with its rule. A code never changes its meaning.
CODES = {
    "NF101": "A record is one JSON object, or one Markdown file with front matter.",
    "NF102": "Every value has the type and the form that the data contract gives its field.",
    "NF103": "An article is written in one of the site's languages.",
    "NF104": "No two articles share an id.",
    "NF105": "A story has one edition in each language.",
    "NF106": "A row is an Article, a mapping, or an object that has an article's fields.",
    "NF107": "A key that may say that an article isn't public can be understood.",
    "NF108": "What a source gives is an article to publish, not a draft, a page or an attachment.",
    "NF111": "Text holds only characters that XML 1.0 allows and doesn't discourage (§2.2).",
    "NF112": "An article is updated when it is published, or later.",
    "NF113": "An article names categories that the site defines.",
    "NF114": "A topic has a name.",
    "NF115": "An id is an ASCII URI (RFC 3986) that keeps the rules of its scheme.",
    "NF116": "A wall-clock time occurs once in its time zone.",
    "NF117": "Different topics, authors and categories have different paths.",
    "NF118": "An article's content is short enough for readers, which refuse texts of over 10,000,000 bytes.",
    "NF119": "A title, a summary and other short texts are plain text.",
    "NF121": "An article never changes its id.",
    "NF122": "An article keeps its address, or the old one leads to the new.",
    "NF123": "An article was published once, and `published` says when.",
    "NF124": "A published article stays, or is withdrawn.",
    "NF125": "A site that moves keeps the ids of its articles.",
    "NF126": "A feed that is kept carries only articles that are still published.",
    "NF127": "A feed that is no longer planned is still as newsfeed wrote it, so it can be removed.",
    "NF128": "The record of earlier builds can be read.",
    "NF129": "A target is as the last publish from its store left it.",
    "NF120": "Programs that use one store have the same settings.",
    "NF131": "A document has room for all its articles.",
    "NF140": "A file, a record and a line are small enough to be read.",
    "NF141": "Each pattern and file name in `articles` matches a file.",
    "NF142": "An article has no more media, topics, authors or categories than are published.",
    "NF143": "A text of an article is short enough to be published.",
    "NF144": "A file has few enough problems to list them one by one.",
    "NF150": "An address is complete and has no white space around it.",
    "NF151": "An optional value has the type and the form that the data contract gives its field.",
    "NF152": "Every key is part of the data contract.",
    "NF155": "A file's address, or its `type`, says what the file is.",
    "NF156": "A file of an article is a file, not a page with a player.",
    "NF160": "Players and embedded pages are links in feeds.",
    "NF161": "Formulas are text in feeds.",
    "NF162": "Drawings are pictures, or have a title.",
    "NF163": "An article works without a form.",
    "NF164": "A picture is a file on the web.",
    "NF165": "A link leads to the web, a mailbox or a telephone.",
    "NF166": "Every character reference means a character.",
    "NF167": "The CMS has filled in its shortcodes and template tags.",
    "NF168": "An element contains what it shows.",
    "NF169": "HTML can be parsed in a moment.",
    "NF171": "Pages, listings and flags have words in each of the site's languages.",
}


class Place(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """The place of a record, or of a part of a feed.

    >>> (
    ...     str(Place(file="articles.jsonl", line=12)),
    ...     str(Place(file="articles.json", record=3)),
    ...     str(Place(record=3, name="Snow in Baku")),
    ...     str(Place(name="https://report.example/snow")),
    ...     str(Place(file="all.rss", line=14, column=5)),
    ...     str(Place(file="cms", name="12")),
    ... )
    ('articles.jsonl:12', 'articles.json, record 3', 'article 3 ("Snow in Baku")', 'https://report.example/snow', 'all.rss:14:5', 'cms ("12")')
    """

    #: The file, as the newsroom names it, or the source of a stored row; empty for an article from Python.
    file: str = ""
    #: The line, from 1; 0 if there are no lines.
    line: int = 0
    #: The record's number in its file, or among the rows passed, from 1; 0 for the whole file.
    record: int = 0
    #: The character in its line, from 1; 0 if only the line is known.
    column: int = 0
    #: The id, address or title of an article that isn't from a file, or the key of a stored row, escaped and
    #: shortened; else empty.
    name: str = ""

    def __str__(self) -> str:
        if not self.file:
            name = f' ("{self.name}")' if self.name else ""
            return f"article {self.record}{name}" if self.record else self.name or "the newsroom"
        if self.line:
            column = f":{self.column}" if self.column else ""
            return f"{self.file}:{self.line}{column}"
        if self.record:
            return f"{self.file}, record {self.record}"
        return f'{self.file} ("{self.name}")' if self.name else self.file


def two_sentences(reason: str, remedy: str) -> str:
    """Return what is wrong and what to do as two sentences.

    Args:
        reason: What is wrong, without a full stop.
        remedy: What to do, without a full stop; it may be a question.

    >>> (
    ...     two_sentences("title is empty", "write a headline"),
    ...     two_sentences("no such key", "did you mean 'title'?"),
    ... )
    ('title is empty. Write a headline.', "no such key. Did you mean 'title'?")
    """
    stop = "" if remedy.endswith(("?", "…")) else "."
    return f"{reason}. {remedy[:1].upper()}{remedy[1:]}{stop}"


class _Problem(Protocol):
    """What is wrong with a value: an `InvalidValue`."""

    field: str
    reason: str
    remedy: str


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """A single finding.

    >>> str(
    ...     Finding(
    ...         code="NF114",
    ...         severity="warning",
    ...         place=Place(file="a.jsonl", line=2),
    ...         field="topics[1]",
    ...         reason="the topic is blank",
    ...         remedy="write a topic, or remove it",
    ...     )
    ... )
    'a.jsonl:2: NF114 topics[1]: the topic is blank. Write a topic, or remove it.'
    """

    #: One of `CODES`.
    code: str
    severity: Severity
    place: Place
    #: The field, such as `media[1].url`; empty for the whole record.
    field: str = ""
    #: What is wrong.
    reason: str
    #: What to write instead.
    remedy: str

    def __post_init__(self) -> None:
        for field in ("field", "reason", "remedy"):
            text = getattr(self, field)
            if len(text) > LONGEST_MESSAGE:
                force_setattr(self, field, text[:LONGEST_MESSAGE] + "…")

    def __str__(self) -> str:
        subject = f"{self.field}: " if self.field else ""
        return f"{self.place}: {self.code} {subject}{two_sentences(self.reason, self.remedy)}"

    @classmethod
    def of(
        cls, problem: _Problem, *, place: Place, code: str = "NF102", severity: Severity = "error"
    ) -> "Finding":
        """Return the finding of a bad value.

        Args:
            problem: The error that was raised for the value.
            place: The place of its record.
            code: The code of the rule that it breaks.
            severity: Whether the article was left out or repaired.

        Returns:
            The finding.
        """
        return cls(
            code=code,
            severity=severity,
            place=place,
            field=problem.field,
            reason=problem.reason,
            remedy=problem.remedy,
        )
