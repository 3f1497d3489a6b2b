"""Slugs: readable, stable, safe in a path, and never the same for two names."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsfeed.text.slugs import segment, slug, told_apart


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Ilham Aliyev", None, "ilham-aliyev"),
        ("WUF13", None, "wuf13"),
        ("Azerbaijan-Armenia peace process", None, "azerbaijan-armenia-peace-process"),
        ("İlham Əliyev", "az", "ilham-eliyev"),
        ("IŞIQ ıIiİ", "az", "isiq-iiii"),
        ("Çöl güllərinin ğ hərfi", "az", "col-gullerinin-g-herfi"),
        ("Türkiye Cumhuriyeti", "tr", "turkiye-cumhuriyeti"),
        ("Işık", "tr", "isik"),
        ("Größe & Übermut", "de", "groesse-uebermut"),
        ("Größe", "sv", "grosse"),
        ("Ærø Łódź Þór", None, "aero-lodz-thor"),
        ("Đặng Thị q\u0307", None, "dang-thi-q"),
        ("ﬁne²", None, "fine2"),
        ("Внутренняя политика", "ru", "vnutrennyaya-politika"),
        ("Жёлтый щавель, объём", "ru", "zhyoltyy-shchavel-obyom"),
        ("Нагірний Хрещатик", "uk", "nahirnyi-khreshchatyk"),
        ("Път към щастие", "bg", "pat-kam-shtastie"),
        ("Џунгла Љубљана", "sr", "dzungla-ljubljana"),
        ("Әлијев", "az", "eliyev"),
        ("أذربيجان اليوم", "ar", "أذربيجان-اليوم"),
        ("हिन्दी समाचार", "hi", "हिन्दी-समाचार"),
        ("中文 新闻", "zh", "中文-新闻"),
        ("  a -- b__c  ", None, "a-b-c"),
        ("C++", None, "c"),
        ("../../etc/passwd", None, "etc-passwd"),
        ("!!!", None, "x-e84c538e"),
        ("😀", None, "x-f0443a34"),
    ],
)
def test_slugs(text: str, language: str | None, expected: str) -> None:
    assert slug(text, language) == expected


@given(st.text())
def test_a_slug_is_safe_in_a_path(text: str) -> None:
    made = slug(text)
    assert made
    assert len(made) <= 80
    assert len(made.encode()) <= 200
    assert all(letter == "-" or unicodedata.category(letter)[0] in "LNM" for letter in made)
    assert not made.startswith("-")
    assert not made.endswith("-")


@given(st.text(st.characters(codec="ascii"), max_size=60))
def test_the_slug_of_a_slug_is_itself(text: str) -> None:
    assert slug(slug(text)) == slug(text)


@given(st.text(min_size=1, max_size=20))
def test_the_form_of_unicode_does_not_matter(text: str) -> None:
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert slug(composed) == slug(unicodedata.normalize("NFC", decomposed))


def test_long_names_are_cut_and_stay_different() -> None:
    one, other = slug("word " * 50 + "a"), slug("word " * 50 + "b")
    assert one != other
    assert one.startswith("word-word-")
    assert max(len(one), len(other)) <= 80


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("domestic-policy", "domestic-policy"),
        ("Football", "Football"),
        ("other_countries", "other_countries"),
        ("v1.2", "v1.2"),
        ("a b", "a-b"),
        ("..", "x-5ec1f7e7"),
        (".hidden", "hidden"),
        ("a..b", "a-b"),
        ("a.", "a"),
        ("a/b", "a-b"),
        ("Siyasət", "siyaset"),
    ],
)
def test_segments_of_categories(term: str, expected: str) -> None:
    assert segment(term) == expected


class TestToldApart:
    def test_the_first_keeps_the_plain_segment(self) -> None:
        assert told_apart(["C++", "C#", "c"], slug) == {"C++": "c", "C#": "c-04022884", "c": "c-2e7d2c03"}
        assert told_apart(["C#", "C++"], slug)["C#"] == "c"

    def test_letter_case_makes_no_difference(self) -> None:
        assert told_apart(["Media", "media"], segment) == {"Media": "Media", "media": "media-721c9525"}

    def test_a_name_that_looks_like_one_told_apart(self) -> None:
        assert told_apart(["C++", "c-04022884", "C#"], slug)["C#"] == "c-040228846ead4a41"

    @given(st.lists(st.text(max_size=4)))
    def test_no_two_are_the_same(self, terms: list[str]) -> None:
        segments = told_apart(terms, slug)
        assert set(segments) == set(terms)
        assert len({made.casefold() for made in segments.values()}) == len(set(terms))
