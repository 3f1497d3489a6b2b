"""Slugs: readable, stable, safe in a path, and never the same for two names."""

import unicodedata
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsfeed.text import slugs
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
        ("Größe", "DE-AT", "groesse"),
        ("Größe", "sv", "grosse"),
        ("Ƙano ɓaɗo ŉ", "ha", "kano-bado-n"),
        ("Oʻzbekiston", "uz", "ozbekiston"),
        ("Ærø Łódź Þór", None, "aero-lodz-thor"),
        ("Đặng Thị q\u0307", None, "dang-thi-q"),
        ("ﬁne²", None, "fine2"),
        ("Внутренняя политика", "ru", "vnutrennyaya-politika"),
        ("Жёлтый щавель, объём", "ru", "zhyoltyy-shchavel-obyom"),
        ("Нагірний Хрещатик", "uk", "nahirnyi-khreshchatyk"),
        ("Київ", "uk", "kyiv"),
        ("Україна їде, Єнакієве", "uk", "ukraina-yide-yenakiieve"),
        ("Юрій Яценюк, згода", "uk", "yurii-yatseniuk-zghoda"),
        ("Знам’янка, Слов'янськ", "uk", "znamianka-sloviansk"),
        ("Путь к счастью", "ru", "put-k-schastyu"),
        ("България", "bg", "balgaria"),
        ("София и софиянци, Кольо", "bg", "sofia-i-sofiyantsi-kolyo"),
        ("Беларусь, Гомель", "be", "bielarus-homiel"),
        ("Магілёў, Яўген, аб’ект, Хатынь", "be", "mahiliou-jauhien-abjekt-chatyn"),
        ("Београд, Ђоковић, Жижек", "sr", "beograd-djokovic-zizek"),
        ("Beograd, Đoković, Žižek", "sr-Latn", "beograd-djokovic-zizek"),
        ("Скопје, Ѓорче, Ќичево, ѕвезда", "mk", "skopje-gjorce-kjicevo-dzvezda"),
        ("Қазақстан, Шымкент, жаңалықтар", "kk", "qazaqstan-shymkent-janalyqtar"),
        ("Улаанбаатар, Хөвсгөл, Ерөнхийлөгч", "mn", "ulaanbaatar-khovsgol-yeronkhiilogch"),
        ("Жогорку Кеңеш", "ky", "jogorku-kengesh"),
        ("Ўзбекистон, Европа", "uz", "ozbekiston-yevropa"),
        ("Путь Жизни", "sr-Cyrl", "put-zizni"),
        ("Път към щастие", "bg", "pat-kam-shtastie"),
        ("Ѝ ѝ", "bg", "i-i"),
        ("Тоҷикистон, ҳаёти нави ӯ", "tg", "tojikiston-hayoti-navi-u"),
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


any_text = st.text(st.characters())  # lone surrogates, too
cyrillic_and_latin = st.text(st.characters(max_codepoint=0x52F))
languages = st.sampled_from([None, "az", "be", "bg", "de", "en", "kk", "mk", "mn", "ru", "sr", "uk", "uz"])


@given(any_text)
def test_a_slug_is_safe_in_a_path(text: str) -> None:
    made = slug(text)
    assert made
    assert len(made) <= 80
    assert len(made.encode()) <= 200
    assert all(letter == "-" or unicodedata.category(letter)[0] in "LNM" for letter in made)
    assert not made.startswith("-")
    assert not made.endswith("-")


def test_an_apostrophe_belongs_to_a_word_between_cyrillic_letters_only() -> None:
    assert (slug("М'ята", "uk"), slug("O'Brien", "uk"), slug("O'Brien і м'ята", "uk")) == (
        "miata",
        "o-brien",
        "o-brien-i-miata",
    )


@given(st.text(st.characters(max_codepoint=0x7F)), languages)
@example("O'Brien", "uk")
def test_plain_letters_are_words_in_every_language(text: str, language: str | None) -> None:
    assert slugs._words_in_ascii(text) == slugs._words(text, language)


@given(any_text | cyrillic_and_latin, languages, languages)
def test_the_slug_of_a_slug_is_itself(text: str, language: str | None, other: str | None) -> None:
    made = slug(text, language)
    assert slug(made, other) == made


@given(any_text | cyrillic_and_latin, languages)
def test_the_form_of_unicode_does_not_matter(text: str, language: str | None) -> None:
    made = slug(text, language)
    assert unicodedata.is_normalized("NFC", made)
    assert slug(unicodedata.normalize("NFC", text), language) == made
    assert slug(unicodedata.normalize("NFD", text), language) == made


def test_no_letter_changes_in_a_slug_of_a_slug() -> None:
    made = {slug(chr(number)) for number in range(0x3000)}
    assert {name for name in made if slug(name) != name} == set()


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

    def test_spellings_that_unicode_takes_for_one(self) -> None:
        spellings = ["".join(letters) for letters in product("\u00c5\u212b", repeat=4)]
        assert len(set(told_apart(spellings, slug).values())) == 16

    @given(st.lists(st.text(st.characters(), max_size=4)))
    def test_no_two_are_the_same(self, terms: list[str]) -> None:
        segments = told_apart(terms, slug)
        assert set(segments) == set(terms)
        assert len({made.casefold() for made in segments.values()}) == len(set(terms))


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Київ", "uk", "kyyiv"),
        ("България", "bg", "balgariya"),
        ("Қазақстан жаңалықтары", "kk", "qazaqstan-zhangalyqtary"),
        ("Đoković", "sr", "dokovic"),
        ("Москва", "ru", "moskva"),
    ],
)
def test_slugs_as_they_were_published_before_each_language_had_its_standard(
    text: str, language: str, expected: str
) -> None:
    assert slug(text, language, earlier=True) == expected
