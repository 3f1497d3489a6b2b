"""Language tags, names and directions."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsfeed.check.values import language_problem
from newsfeed.errors import InvalidValue
from newsfeed.text.language_words import LANGUAGES_CALLED, LANGUAGES_OF_COUNTRIES
from newsfeed.text.languages import babel_locale, canonical_language, direction, own_name


@pytest.mark.parametrize(
    ("tag", "canonical"),
    [
        ("en", "en"),
        ("EN", "en"),
        ("aZE", "aze"),
        ("az-latn-az", "az-Latn-AZ"),
        ("AZ-ARAB-IR", "az-Arab-IR"),
        ("pt-br", "pt-BR"),
        ("es-419", "es-419"),
        ("zh-cmn-hans-cn", "zh-cmn-Hans-CN"),
        ("SL-rozaj-BISKE", "sl-rozaj-biske"),
        ("de-ch-1901", "de-CH-1901"),
        ("de-1ABC", "de-1abc"),
        ("en-ca-x-ca", "en-CA-x-ca"),
        ("az-ARAB-x-AZE-Derb", "az-Arab-x-aze-derb"),
        ("EN-U-CA-Buddhist", "en-u-ca-buddhist"),
        ("qaa-qaaa-qm-X-southern", "qaa-Qaaa-QM-x-southern"),
    ],
)
def test_a_tag_is_written_in_the_usual_case(tag: str, canonical: str) -> None:
    assert canonical_language(tag) == canonical


@pytest.mark.parametrize(
    ("tag", "remedy"),
    [
        ("az_AZ", 'write "az-AZ"'),
        ("zh_hant_tw", 'write "zh-Hant-TW"'),
        (" en\n", 'write "en"'),
        ("english", 'write its code, "en"'),
        ("Azerbaijani", 'write its code, "az"'),
        ("Azərbaycan", 'write its code, "az"'),
        ("Русский", 'write its code, "ru"'),
        ("türkçe", 'write its code, "tr"'),
        ("العربية", 'write its code, "ar"'),
        ("Simplified Chinese", 'write its code, "zh-Hans"'),
    ],
)
def test_what_is_meant_is_suggested(tag: str, remedy: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        canonical_language(tag)
    assert (caught.value.reason, caught.value.remedy) == (f"{tag!r} isn't a language tag", remedy)


@pytest.mark.parametrize(
    "tag",
    [
        *("", "e", "engl", "x-klingon", "i-klingon", "en-", "-en", "en--US", "en-u", "en-x", "en-abcdefghi"),
        *("de-1996-1996", "de-1901-x-1901-1901-123456789", "en-a-bb-a-cc", "ен", "e²", "\u212aa", "en-US-GB"),
        *("en/US", "en;q=1", "pt__BR", "en\0"),
    ],
)
def test_what_the_grammar_does_not_know_is_refused(tag: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        canonical_language(tag)
    assert caught.value.remedy == 'write a tag of BCP 47, such as "en", "az" or "pt-BR"'


def test_a_long_text_is_refused_and_shown_in_short() -> None:
    with pytest.raises(InvalidValue, match=r"^'en-x-aaaaaaa\.\.\.") as caught:
        canonical_language("en-x" + "-aaaaaaaa" * 10_000)
    assert len(str(caught.value)) < 150


@pytest.mark.parametrize(
    ("tag", "name"), [(3, "int"), (None, "NoneType"), (["en"], "list"), (b"en", "bytes")]
)
def test_no_other_type_is_a_tag(tag: object, name: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        canonical_language(tag)
    assert caught.value.reason == f"a language tag can't be of type {name}"


_SUBTAG = st.text(alphabet="abxzu0189", min_size=1, max_size=9)


@pytest.mark.slow
@settings(deadline=None)  # the first example loads Babel
@given(
    st.text(max_size=20)
    | st.tuples(st.sampled_from(["en", "az", "und"]), st.lists(_SUBTAG)).map(
        lambda parts: "-".join([parts[0], *parts[1]])
    )
)
def test_a_canonical_tag_stays_as_it_is(tag: str) -> None:
    try:
        canonical = canonical_language(tag)
    except InvalidValue as error:
        assert error.remedy  # noqa: PT017 - either outcome is right
        return
    assert canonical.lower() == tag.lower()
    assert canonical_language(canonical) == canonical_language(tag.upper()) == canonical
    assert direction(canonical) in {"ltr", "rtl"}
    assert own_name(canonical)
    assert babel_locale(canonical).language


@pytest.mark.parametrize(
    "tag", ["ar", "he", "iw", "fa", "ur", "ckb", "dv", "yi", "az-Arab", "az-IR", "pa-PK", "en-Hebr"]
)
def test_languages_that_run_from_right_to_left(tag: str) -> None:
    assert direction(tag) == "rtl"


@pytest.mark.parametrize(
    "tag", ["en", "az", "az-Latn-AZ", "en-Latn", "ru", "tr", "ar-Latn", "az-Latn-IR", "ja", "tlh"]
)
def test_all_others_run_from_left_to_right(tag: str) -> None:
    assert direction(tag) == "ltr"


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("en", "English"),
        ("az", "Azərbaycan"),
        ("AZ-latn-az", "Azərbaycan"),
        ("ru", "Русский"),
        ("tr", "Türkçe"),
        ("ar", "العربية"),
        ("ka", "ქართული"),
        ("en-US", "American English"),
        ("zh-Hant", "繁體中文"),
        ("sr-Latn", "Srpski"),
        ("iw", "עברית"),
        ("tlh", "tlh"),
        ("tlh-latn", "tlh-Latn"),
    ],
)
def test_a_language_has_a_name_of_its_own(tag: str, name: str) -> None:
    assert own_name(tag) == name


@pytest.mark.parametrize("ask", [direction, own_name])
def test_only_tags_have_names_and_directions(ask: object) -> None:
    assert callable(ask)
    with pytest.raises(InvalidValue, match='Write "az-AZ"'):
        ask("az_AZ")


@pytest.mark.parametrize(
    ("tag", "locale"),
    [
        ("en", "en"),
        ("az-Latn-AZ", "az_Latn_AZ"),
        ("en-AZ", "en"),
        ("en-u-ca-buddhist", "en"),
        ("sl-rozaj-biske", "sl"),
        ("zh-TW", "zh_Hant_TW"),
        ("pa-PK", "pa_Arab_PK"),
        ("sr-Latn-AZ", "sr_Latn"),
        ("tlh", "en"),
    ],
)
def test_the_nearest_locale_is_found(tag: str, locale: str) -> None:
    assert str(babel_locale(tag)) == locale


def test_babel_waits_until_it_is_needed() -> None:
    code = "import sys; from newsfeed.text import dates, languages, shown_dates; print({'babel', 'dateutil'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout == "set()\n"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("en_US.UTF-8", "en-US"),
        ("Azeri", "az"),
        ("Farsi", "fa"),
        ("Brazilian Portuguese", "pt-BR"),
        ("ua", "uk"),
        ("UA-ua", "uk"),
        ("cz", "cs"),
        ("jp", "ja"),
        ("us", "en"),
    ],
)
def test_the_code_of_what_people_write(written: str, code: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        canonical_language(written)
    assert refused.value.remedy in (f'write "{code}"', f'write its code, "{code}"')


def test_no_language_has_a_code_that_is_taken_for_a_country() -> None:
    assert all(language_problem(code) for code in LANGUAGES_OF_COUNTRIES)
    assert [language_problem(code) for code in LANGUAGES_OF_COUNTRIES.values()] == [None] * len(
        LANGUAGES_OF_COUNTRIES
    )
    assert [language_problem(code) for code in LANGUAGES_CALLED.values()] == [None] * len(LANGUAGES_CALLED)
