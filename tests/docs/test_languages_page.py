"""The page of languages: every language whose words come with newsfeed, and who has read them."""

from collections.abc import Callable

from newsfeed.model.labels import languages_with_words, read_words
from newsfeed.text.slugs import slug

PAGE = "docs/reference/languages.md"


def test_each_language_with_words_stands_in_the_table(table: Callable[[str, str], list[list[str]]]) -> None:
    told = {row[0].strip("`"): row[2] for row in table(PAGE, "Words")}
    assert told == {
        tag: ", ".join(read_words(tag).reviewed_by) or "nobody yet" for tag in languages_with_words()
    }


def test_the_number_of_languages_is_right(section: Callable[[str, str], str]) -> None:
    said = f"[{len(languages_with_words())} languages](languages.md)"
    assert said in section("docs/reference/newsroom-toml.md", "[site]")


def test_slugs_are_as_the_page_says(table: Callable[[str, str], list[list[str]]]) -> None:
    for language, _, example in table(PAGE, "Letters in paths"):
        text, made = example.split(", ")
        assert slug(text, language.strip("`")) == made.strip("`")
