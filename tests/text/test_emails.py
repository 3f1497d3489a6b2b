"""E-mail addresses: what the W3C Feed Validation Service takes for one."""

import pytest

from newsfeed.text.emails import is_email


@pytest.mark.parametrize(
    "address",
    [
        "desk@report.example",
        "first.last+news@mail.report.example",
        "o'neil@a-b.example",
        "x_y@xn--80a.example",
    ],
)
def test_addresses(address: str) -> None:
    assert is_email(address)


@pytest.mark.parametrize(
    "text",
    [
        "x@y",
        "desk@localhost",
        "desk@.example",
        "desk@report..example",
        "desk@report.example.",
        "desk@-report.example",
        "desk@report-.example",
        "desk@",
        "@report.example",
        "a b@report.example",
        "a@b@report.example",
        "desk@report.example ",
        "mailto:desk@report.example",
        "Desk <desk@report.example>",
        "a&b@report.example",
        "ə@report.example",
        "desk@müller.example",
        "",
    ],
)
def test_what_is_none(text: str) -> None:
    assert not is_email(text)


def test_a_long_text_takes_no_time() -> None:
    assert not is_email("a@" + "a-" * 100_000)
