"""The characters that XML 1.0 can carry."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from newsfeed.text.xml_characters import names_of_forbidden, names_of_mistaken, without_forbidden


@pytest.mark.parametrize(
    ("text", "kept", "names"),
    [
        ("a\x00b\x08c", "abc", "U+0000, U+0008"),
        ("tab\tline\nreturn\r", "tab\tline\nreturn\r", ""),
        ("a\x7f\x81\ufdd0\U0001fffe\U0010ffffb", "ab", "U+007F, U+0081, U+FDD0, U+1FFFE, U+10FFFF"),
        ("\ud83f\udffe", "", ""),
        ("a\ufffeb\uffff", "ab", "U+FFFE, U+FFFF"),
        ("a\ud83d b\ude00", "a b", "U+D83D, U+DE00"),
        ("\ud83d\ude00!", "😀!", ""),
        ("\x01\x02\x03\x04\x05\x06\x01", "", "U+0001, U+0002, U+0003, U+0004, U+0005 …"),
        ("\u202e👩\u200d👧", "\u202e👩\u200d👧", ""),
    ],
)
def test_what_is_kept(text: str, kept: str, names: str) -> None:
    assert without_forbidden(text) == kept
    assert names_of_forbidden(text) == names


def test_controls_that_were_quotation_marks_are_read_as_browsers_read_them() -> None:
    text = "\x93Snow\x94 \x96 it\x92s here\x85"
    assert without_forbidden(text) == "“Snow” – it’s here…"
    assert names_of_mistaken(text) == "U+0093, U+0094, U+0096, U+0092, U+0085"
    assert names_of_forbidden(text) == ""


def test_what_is_right_comes_back_as_it_is() -> None:
    text = "Snow " * 3
    assert without_forbidden(text) is text


@given(st.text(st.characters()))
def test_xml_takes_what_is_left(text: str) -> None:
    element = etree.Element("x")
    element.text = without_forbidden(text)
    parsed = etree.fromstring(etree.tostring(element)).text or ""
    assert parsed == element.text
    assert without_forbidden(parsed) == parsed
