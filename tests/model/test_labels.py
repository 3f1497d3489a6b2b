"""The words of pages and listings: each language has a file with all of them, in its own script."""

import unicodedata
from collections.abc import Callable
from typing import Any

import pytest

from newsfeed.model.labels import LABELS, languages_with_words, read_words, words_in
from newsfeed.plan.missing_words import missing_words
from newsfeed.text.languages import canonical_language, script

Make = Callable[..., Any]

ASKED_FOR = [
    "en",
    "az",
    "ru",
    "tr",
    "ar",
    "de",
    "fr",
    "es",
    "pt",
    "it",
    "nl",
    "pl",
    "cs",
    "sk",
    "uk",
    "be",
    "bg",
    "ro",
    "hu",
    "el",
    "sr",
    "sr-Latn",
    "hr",
    "bs",
    "sl",
    "mk",
    "sq",
    "lt",
    "lv",
    "et",
    "fi",
    "sv",
    "nb",
    "da",
    "ca",
    "he",
    "fa",
    "ur",
    "hi",
    "bn",
    "id",
    "ms",
    "vi",
    "th",
    "zh-Hans",
    "zh-Hant",
    "ja",
    "ko",
    "ka",
    "hy",
    "kk",
    "uz",
    "ky",
    "tg",
    "mn",
    "sw",
]
#: The first words of the names that Unicode gives to the letters of a script.
LETTERS = {
    "Arab": {"ARABIC"},
    "Armn": {"ARMENIAN"},
    "Beng": {"BENGALI"},
    "Cyrl": {"CYRILLIC"},
    "Deva": {"DEVANAGARI"},
    "Geor": {"GEORGIAN"},
    "Grek": {"GREEK"},
    "Hans": {"CJK"},
    "Hant": {"CJK"},
    "Hebr": {"HEBREW"},
    "Jpan": {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"},
    "Kore": {"HANGUL"},
    "Latn": {"LATIN"},
    "Thai": {"THAI"},
}


def test_the_languages_in_which_news_is_published_have_words() -> None:
    assert set(ASKED_FOR) <= set(languages_with_words())


@pytest.mark.parametrize("tag", languages_with_words())
def test_a_file_has_every_word_in_its_script_and_says_who_read_them(tag: str) -> None:
    assert canonical_language(tag) == tag
    words, reviewed_by = read_words(tag)
    assert tuple(words) == LABELS
    assert all(name.strip() for name in reviewed_by)
    for word in words.values():
        assert word == " ".join(word.split()) == unicodedata.normalize("NFC", word)
        letters = {letter for letter in word.replace("OPML", "") if letter.isalpha()}
        scripts = {unicodedata.name(letter).split()[0] for letter in letters}
        assert scripts - {"MODIFIER"} <= LETTERS[script(tag) or ""]


@pytest.mark.parametrize(
    ("tag", "live"),
    [
        ("de-AT", "Live"),
        ("pt-BR", "Ao vivo"),
        ("pt-AO", "Ao vivo"),
        ("sr", "Уживо"),
        ("sr-Cyrl-BA", "Уживо"),
        ("sr-Latn", "Uživo"),
        ("sr-ME", "Uživo"),
        ("zh", "直播"),
        ("zh-TW", "直播"),
        ("no", "Direkte"),
        ("uz-Cyrl", "Жонли эфир"),
        ("az-Latn-AZ", "Canlı"),
        ("az-Arab", None),
        ("tlh", None),
    ],
)
def test_a_tag_has_the_words_of_its_language_and_script(tag: str, live: str | None) -> None:
    assert words_in(tag).get("live") == live


def test_chinese_has_words_in_both_scripts() -> None:
    assert words_in("zh-HK")["photo"] == words_in("zh-Hant")["photo"] == "圖片"
    assert words_in("zh-SG")["photo"] == words_in("zh-Hans")["photo"] == "图片"


def test_a_language_without_words_is_a_finding_that_says_how_to_add_them(newsroom: Make, site: Make) -> None:
    made = newsroom(site=site(languages=["az", "tlh"]))
    (finding,) = made.plan.findings
    assert str(finding) == (
        "the newsroom: NF171 site.languages[1]: newsfeed has no words in tlh for pages, listings and flags, so they are "
        'in az there. Write them under [site.labels], as in latest = { tlh = "…" }; missing: latest, all, breaking, '
        "live, photo and 18 more."
    )


def test_a_site_that_wrote_all_words_itself_is_told_nothing(site: Make) -> None:
    words = {name: {"tlh": "De'", "en": name} for name in LABELS}
    own = site(languages=["en", "tlh"], labels=words)
    assert list(missing_words(own)) == []
    assert own.label("live", "tlh") == "De'"
    del words["filter"]
    (finding,) = missing_words(site(languages=["en", "tlh"], labels=words))
    assert finding.remedy.endswith("missing: filter")
