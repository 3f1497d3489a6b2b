"""The characters that XML 1.0 can carry."""

import json
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from newsfeed.text.xml_characters import (
    json_is_clean,
    names_of_forbidden,
    names_of_mistaken,
    without_forbidden,
)


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


@pytest.mark.slow
@pytest.mark.parametrize(
    ("data", "clean"),
    [
        ('{"a": "Snow"}', True),
        ('\t{"a":\r\n"«Qış», снег\xa0🙂 \ufb01 \ufffd", "b": "\\"1\\"\\n\\\\\\/"}', True),
        (r'"\u0008"', False),
        (r'"\b"', False),
        (r'"\f"', False),
        (r'"\u0041"', False),
        (r'"\\b"', False),
        ('"\x7f"', False),
    ],
)
def test_json_that_is_clean_at_a_glance(data: str, clean: bool) -> None:
    assert json_is_clean(data.encode()) is clean


def test_a_glance_at_a_character_tells_what_a_close_look_does() -> None:
    planes = (*range(0x3000), *range(0xF900, 0x10100), *range(0x1F300, 0x1F700), *range(0x10FF00, 0x110000))
    lasts = (plane * 0x10000 + low for plane in range(17) for low in range(0xFF00, 0x10000))
    for code in {*planes, *lasts}:
        character = chr(code)
        glance = json_is_clean(json.dumps(f"a{character}a", ensure_ascii=False).encode())
        assert glance == (without_forbidden(character) == character), hex(code)


@given(st.text(st.characters(exclude_categories=["Cs"])), st.booleans())
def test_what_is_clean_at_a_glance_is_left_as_it_is(text: str, ascii_only: bool) -> None:
    if json_is_clean(json.dumps(text, ensure_ascii=ascii_only).encode()):
        assert without_forbidden(text) is text


@given(st.text(st.characters()))
def test_a_glance_at_a_text_saves_nothing_but_time(text: str) -> None:
    quickly = without_forbidden(text)
    with patch("newsfeed.text.xml_characters._utf8_is_clean", return_value=False):
        assert without_forbidden(text) == quickly
