"""Texts are escaped as lxml escapes them, alone or many together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from newsfeed.text.xml_escapes import escaped, escaped_text, for_quotes

texts = st.lists(
    st.sampled_from("&<>\"'\r\n\t") | st.text("añə中😀\ufffe\ufffd\x01\0", max_size=2), max_size=5
).map("".join)


def between_tags(text: str) -> bytes:
    element = etree.Element("a")
    element.text = text
    return etree.tostring(element, encoding="UTF-8").partition(b"<a>")[2].removesuffix(b"</a>")


def in_quotes(text: str) -> bytes:
    return (
        etree.tostring(etree.Element("a", b=text), encoding="UTF-8").partition(b'"')[2].removesuffix(b'"/>')
    )


def can_be_written(text: str) -> bool:
    try:
        etree.Element("a").text = text
    except ValueError:
        return False
    return True


@pytest.mark.slow
@given(st.lists(texts.filter(bool).filter(can_be_written), max_size=4))
def test_texts_are_written_as_lxml_writes_them(many: list[str]) -> None:
    written = escaped(many)
    assert written.between_tags == [between_tags(text) for text in many]
    assert written.in_quotes == [in_quotes(text) for text in many]
    assert written.in_quotes == [for_quotes(text) for text in written.between_tags]
    assert written.between_tags == [escaped_text(text) for text in many]


@pytest.mark.parametrize("bad", ["\0", "\x01", "a\x1fb", "\ufffe", "\uffff", "\ud800"], ids=ascii)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_what_xml_cannot_hold_is_refused_wherever_it_stands(bad: str, place: int) -> None:
    many = ["a", "\ufdcf", "\ufefc"]  # two of them begin as U+FFFE does in UTF-8
    assert len(escaped(many).between_tags) == 3
    many[place] += bad
    with pytest.raises(ValueError, match=r"can't represent|surrogates not allowed"):
        escaped(many)
    with pytest.raises(ValueError, match=r"can't represent|surrogates not allowed"):
        escaped_text(many[place])
