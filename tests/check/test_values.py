"""Values in feeds: what is an address, a language, a media type, a number."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from newsfeed.check import check_document
from newsfeed.check.values import (
    email_problem,
    integer_problem,
    is_absolute,
    language_problem,
    mime_type_problem,
    port_problem,
    uri_problem,
)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("function", "right", "wrong"),
    [
        (
            uri_problem,
            [
                "https://report.example/",
                "https://xn--80a.example/%D1%81",
                "tag:report.example,2025:1",
                "tag:editor@report.example,2025-12-19:1",
                "urn:isbn:0451450523",
                "urn:uuid:60a76c80-d399-11d9-b93C-0003939e0af6",
                "/en/",
                "mailto:a@b.example",
                "https://report.example:8080/",
                "https://editor:word@[::1]:80/",
            ],
            [
                "https://report.example/a b",
                "https://report.example/qış",
                "https://report.example/100%",
                "https:///en",
                "https://report.example/<b>",
                "https://report.example/[x]",
                "tag:report.example:1",
                "urn:isbn",
                "urn:uuid:1",
            ],
        ),
        (
            language_problem,
            ["en", "en-US", "az-Latn", "zh-Hant-TW", "x-none", "i-klingon", "de-1996", "en-GB-oed"],
            ["english", "en_US", "", "e", "en-", "xx", "zz-Latn", "x", "x-"],
        ),
        (
            mime_type_problem,
            ["image/jpeg", "audio/ogg; codecs=opus", "image/svg+xml"],
            ["jpeg", "image/", "image/jpeg;", "a b/c"],
        ),
        (
            email_problem,
            ["a@report.example", "first.last+news@report.example"],
            ["Leyla", "a@", "@b", "a b@report.example", "a@report.example (Leyla)"],
        ),
        (integer_problem, ["0", "48200", "-1"], ["", "1.5", "48 KB", "٣", "9" * 5_000]),
    ],
)
def test_what_is_right_and_what_is_wrong(
    function: Callable[[str], str | None], right: list[str], wrong: list[str]
) -> None:
    assert {text: function(text) for text in right} == dict.fromkeys(right)
    assert all(function(text) for text in wrong)


def test_an_iri_may_hold_letters_of_any_script() -> None:
    assert uri_problem("https://report.example/qış", iri=True) is None
    assert uri_problem("https://report.example/a b", iri=True)
    assert uri_problem("https://ə]/", iri=True)


def test_what_is_absolute() -> None:
    assert [
        is_absolute(text) for text in ("https://a.example/", "urn:x:y", "//a.example/", "/en", "a/b:c")
    ] == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_what_was_meant_stands_after_what_is_wrong() -> None:
    feed = b'<rss version="2.0" versoin="2.0"><channel><titel>x</titel></channel></rss>'
    told = {
        finding.code: finding.reason
        for finding in check_document(feed, name="a.rss", as_of=datetime(2026, 1, 1, tzinfo=UTC))
    }
    assert told["NF216"] == "rss has no attribute versoin (did you mean 'version'?)"
    assert told["NF215"] == "channel has no element titel (did you mean 'title'?)"


def test_the_port_of_a_web_address_is_a_number() -> None:
    right = [
        "https://report.example:8080/",
        "https://editor:word@[::1]:80/",
        "https://report.example/a:b",
        "urn:x:y",
    ]
    wrong = ["https://report.example:80x/", "https://[::1]:http/", "ftp://report.example:-1"]
    assert [text for text in right + wrong if port_problem(text)] == wrong
