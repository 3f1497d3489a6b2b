"""What people write for what is meant: each word at each place where it can stand."""

from datetime import UTC, datetime

import pytest

from newsfeed import Article, Category, FeedRule, InvalidRecord, Media, Person, Site
from newsfeed.model.article import FLAGS
from newsfeed.model.axes import AXES
from newsfeed.model.formats import FORMATS
from newsfeed.model.record import Record
from newsfeed.text.nearest import did_you_mean
from newsfeed.text.synonyms import NOTES, folded

AUTHORS = 'did you mean \'authors\'? It is a list: "authors": [{"name": "…"}]'
CATEGORIES = 'did you mean \'categories\'? It is a list: "categories": ["…"]'
MEDIA = 'did you mean \'media\'? It is a list: "media": [{"url": "…"}]'
DRAFTS = "leave drafts out of the articles, or give them a published date in the future; "


@pytest.mark.parametrize(
    ("record", "key", "remedy"),
    [
        *(
            (Article, key, "did you mean 'published'?")
            for key in ["date", "pubDate", "pub_date", "datePublished"]
        ),
        *(
            (Article, key, "did you mean 'published'?")
            for key in ["created_at", "post-date", "dc:date", "Date"]
        ),
        *(
            (Article, key, "did you mean 'updated'?")
            for key in ["lastmod", "modified", "dateModified", "updated_at"]
        ),
        *((Article, key, "did you mean 'topics'?") for key in ["tags", "keywords"]),
        *((Article, key, "did you mean 'content'?") for key in ["body", "text", "html", "content:encoded"]),
        *(
            (Article, key, "did you mean 'summary'?")
            for key in ["description", "excerpt", "teaser", "abstract"]
        ),
        *((Article, key, "did you mean 'url'?") for key in ["link", "permalink", "href", "canonical_url"]),
        *((Article, key, "did you mean 'language'?") for key in ["lang", "locale", "inLanguage"]),
        *((Article, key, "did you mean 'title'?") for key in ["headline", "name", "Title", "titel"]),
        *((Article, key, "did you mean 'id'?") for key in ["guid", "uuid", "ID"]),
        (Article, "sections", "did you mean 'categories'?"),
        (Article, "images", "did you mean 'media'?"),
        (Article, "license", "did you mean 'rights'?"),
        (Article, "expiryDate", "did you mean 'expires'?"),
        (Article, "translationKey", "did you mean 'story'?"),
        (Article, "params", "did you mean 'extra'?"),
        *((Article, key, AUTHORS) for key in ["author", "byline", "dc:creator"]),
        *((Article, key, CATEGORIES) for key in ["category", "section"]),
        *((Article, key, MEDIA) for key in ["image", "featured_image", "thumbnail"]),
        (Article, "slug", "write the full address of the article's page into url"),
        *(
            (Article, key, f'{DRAFTS}an article that is taken back says "withdrawn": true')
            for key in ["draft", "status"]
        ),
        *(
            (Article, key, f'put your own data into extra: "extra": {{"{key}": …}}')
            for key in ["weight", "rating", "mood", "layout", "x"]
        ),
        (Person, "mail", "did you mean 'email'?"),
        (Person, "website", "did you mean 'url'?"),
        (Person, "fullName", "did you mean 'name'?"),
        (Media, "src", "did you mean 'url'?"),
        (Media, "mime_type", "did you mean 'type'?"),
        (Media, "size", "did you mean 'length'?"),
        (Media, "alt", "did you mean 'description'?"),
        (Media, "caption", "did you mean 'description'?"),
        (Media, "photographer", "did you mean 'credit'?"),
        (Site, "name", "did you mean 'title'?"),
        (Site, "baseURL", "did you mean 'url'?"),
        (Site, "tz", "did you mean 'timezone'?"),
        (Site, "copyright", "did you mean 'rights'?"),
        (Site, "favicon", "did you mean 'icon'?"),
        (Site, "image", "did you mean 'logo'?"),
        (Site, "tagline", "did you mean 'description'?"),
        (Site, "feedsUrl", "did you mean 'feeds_url'?"),
        (Site, "lang", "did you mean 'languages'? It is a list: languages = [\"en\"]"),
        (Site, "author", "did you mean 'authors'? It is a list: authors = [{ name = \"…\" }]"),
        (Site, "limit", "write it in each [[feeds]] rule that it applies to"),
        (Site, "output", "name the folder on the command line: newsfeed build -o FOLDER"),
        (Category, "name", "did you mean 'label'?"),
        (Category, "id", "did you mean 'term'?"),
        (Category, "slug", "did you mean 'term'?"),
        (FeedRule, "name", "did you mean 'title'?"),
        (FeedRule, "url", "did you mean 'path'?"),
        (FeedRule, "count", "did you mean 'limit'?"),
        (FeedRule, "format", "did you mean 'formats'?"),
        (FeedRule, "filter", "did you mean 'where'?"),
        (FeedRule, "category", "did you mean 'where'? Write where = { category = \"…\" }"),
        (FeedRule, "tags", "did you mean 'where'? Write where = { topic = \"…\" }"),
    ],
)
def test_keys(record: type[Record], key: str, remedy: str) -> None:
    assert record.unknown_key(key).remedy == remedy


@pytest.mark.parametrize("record", [Article, Site, FeedRule])
def test_a_note_stands_for_no_key_that_there_is(record: type[Record]) -> None:
    fields = {folded(field) for field in record.__struct_fields__}
    assert not fields & NOTES[record.__name__].keys()
    assert [*NOTES[record.__name__]] == [folded(key) for key in NOTES[record.__name__]]


@pytest.mark.parametrize(
    ("known", "word", "meant"),
    [
        (AXES, "lang", "language"),
        (AXES, "section", "category"),
        (AXES, "cat", "category"),
        (AXES, "tag", "topic"),
        (AXES, "tags", "topic"),
        (AXES, "byline", "author"),
        (FLAGS, "gallery", "photo"),
        (FLAGS, "images", "photo"),
        (FLAGS, "podcast", "audio"),
        (FLAGS, "urgent", "breaking"),
        (FORMATS, "xml", "rss"),
        (FORMATS, "jsonfeed", "json"),
        (FORMATS, "txt", "text"),
        (("day", "month", "year"), "monthly", "month"),
        (("full", "summary"), "excerpt", "summary"),
        (("news", "languages"), "hreflang", "languages"),
        (("site", "categories", "feeds", "profiles"), "feed", "feeds"),
        (("site", "categories", "feeds", "profiles"), "sections", "categories"),
        (("site", "categories", "feeds", "profiles"), "config", "site"),
    ],
)
def test_words_of_lists(known: tuple[str, ...], word: str, meant: str) -> None:
    assert did_you_mean(word, known) == f"did you mean {meant!r}?"


@pytest.mark.parametrize(
    ("record", "values", "problem"),
    [
        (Site, {"languages": "en"}, "languages: 'en' is text. Write a list, [\"en\"]."),
        (
            Site,
            {"languages": "en, az-Latn"},
            'languages: \'en, az-Latn\' is text. Write a list, ["en", "az-Latn"].',
        ),
        (
            Site,
            {"languages": {"en": "English"}},
            "languages: {'en': 'English'} is a table. Write a list, [\"…\"].",
        ),
        (Site, {"articles": "a.jsonl"}, "articles: 'a.jsonl' is text. Write a list, [\"a.jsonl\"]."),
        (Site, {"max_loss": "20%"}, "max_loss: '20%' isn't a number of 0 or more. Write one, such as 0.2."),
        (
            Site,
            {"hub": "hub.example"},
            "hub: 'hub.example' isn't a full address. Write https://hub.example.",
        ),
        (
            Site,
            {"url": "www.report.example/en"},
            "url: 'www.report.example/en' isn't a full address. Write https://www.report.example/en.",
        ),
        (
            Site,
            {"icon": "favicon.ico"},
            "icon: 'favicon.ico' isn't a full address. Write the full address, https://report.example/en/story.",
        ),
        (Site, {"logo": " "}, "logo: it is empty. Write the full address, https://report.example/en/story."),
        (
            Site,
            {"sitemaps": True},
            'sitemaps: it is true, which isn\'t a value for this key. Write a list, ["news", "languages"].',
        ),
        (Site, {"sitemaps": ["hreflang"]}, "sitemaps[0]: 'hreflang' isn't known. Did you mean 'languages'?"),
        (
            Site,
            {"authors": ["Leyla"]},
            'authors[0]: \'Leyla\' is text. Write { name = "Leyla" }, or in JSON {"name": "Leyla"}.',
        ),
        (
            Site,
            {"authors": "Leyla"},
            'authors: \'Leyla\' is text. Write a list, [{ name = "Leyla" }], or in JSON [{"name": "Leyla"}].',
        ),
        (Site, {"categories": ["media"]}, "categories[0]: 'media' is text. Write { term = \"media\" }"),
        (Site, {"discovery": "true"}, "discovery: 'true' is text. Write true, without quotes."),
        (Site, {"discovery": "no"}, "discovery: 'no' is text. Write false, without quotes."),
        (Site, {"discovery": 1}, "discovery: 1 is a number. Write true or false."),
        (Site, {"title": 5}, 'title: 5 is a number. Write text: "5".'),
        (Site, {"title": True}, 'title: it is true, which isn\'t a value for this key. Write text: "…".'),
        (
            Site,
            {"labels": {"photos": "Foto"}},
            "labels.photos: listings have no such word. Did you mean 'photo'?",
        ),
        (
            FeedRule,
            {"content": True},
            'content: it is true, which isn\'t a value for this key. Write "full", "teaser" or "summary".',
        ),
        (FeedRule, {"limit": "0"}, "limit: '0' isn't a whole number of 1 or more. Write one, such as 20."),
        (FeedRule, {"paged": "0"}, "paged: '0' isn't a whole number of 1 or more. Write one, such as 20."),
        (
            FeedRule,
            {"limit": "20"},
            "limit: '20' isn't a whole number of 1 or more. Write 20, without quotes.",
        ),
        (
            Article,
            {"source": "Reuters"},
            'source: \'Reuters\' is text. Write { url = "…" }, or in JSON {"url": "…"}.',
        ),
        (
            Article,
            {"source": "https://wire.example/"},
            "source: 'https://wire.example/' is text. Write { url = \"https://wire.example/\" }",
        ),
        (
            FeedRule,
            {"limit": "many"},
            "limit: 'many' isn't a whole number of 1 or more. Write one, such as 20.",
        ),
        (
            FeedRule,
            {"max_bytes": "1MB"},
            "max_bytes: '1MB' isn't a whole number of 1 or more. Write one, such as 2_000_000.",
        ),
        (FeedRule, {"formats": "rss"}, "formats: 'rss' is text. Write a list, [\"rss\"]."),
        (FeedRule, {"formats": "rss,atom"}, 'formats: \'rss,atom\' is text. Write a list, ["rss", "atom"].'),
        (FeedRule, {"where": {"category": 5}}, 'where.category: 5 is a number. Write text: "5".'),
        *(
            (
                FeedRule,
                {"path": f"{written}/all"},
                f"path: {written!r} isn't a placeholder. Write {{language}}.",
            )
            for written in [
                "{{language}}",
                "{{ language }}",
                "$language",
                "<language>",
                ":language",
                "%(language)s",
            ]
        ),
        (
            FeedRule,
            {"where": "photo"},
            "where: 'photo' is text. Write a table, such as { category = \"…\" }.",
        ),
        (FeedRule, {"where": {"tag": "oil"}}, "where.tag: there is no such facet. Did you mean 'topic'?"),
        (FeedRule, {"path": "{lang}/all"}, "path: '{lang}' isn't a placeholder. Did you mean 'language'?"),
        (
            FeedRule,
            {"path": "{section}/{tag}"},
            "path: '{section}' isn't a placeholder. Did you mean 'category'?",
        ),
        (
            FeedRule,
            {"path": "{language}/all.rss"},
            (
                "path: '{language}/all.rss' ends in .rss, and newsfeed adds the ending of each format itself. "
                'Write {language}/all, and formats = ["rss"] if you want no other.'
            ),
        ),
        (
            FeedRule,
            {"path": "feed.XML"},
            (
                "path: 'feed.XML' ends in .xml, and newsfeed adds the ending of each format itself. "
                'Write feed, and formats = ["rss"] if you want no other.'
            ),
        ),
        (
            FeedRule,
            {"path": "latest.txt"},
            (
                "path: 'latest.txt' ends in .txt, and newsfeed adds the ending of each format itself. "
                'Write latest, and formats = ["text"] if you want no other.'
            ),
        ),
        (
            Site,
            {"labels": {"latest": {"en": "News", "de": "Neues"}}},
            (
                "labels.latest.de: the site has no language 'de'. Write it for one of en, az-Latn; "
                "or add 'de' to languages"
            ),
        ),
        *(
            (Site, values, f"{place}.de: the site has no language 'de'. Write it for one of en, az-Latn; ")
            for values, place in [
                ({"title": {"de": "Bericht"}}, "title"),
                ({"description": {"en": "News", "de": "Neues"}}, "description"),
                ({"rights": {"de": "Alle"}}, "rights"),
                ({"feeds": [{"path": "all", "title": {"de": "Alles"}}]}, "feeds[0].title"),
            ]
        ),
        (
            Site,
            {"trending": {"az": ["Neft"]}},
            (
                "trending.az: the site has no language 'az'. Write it for one of en, az-Latn; "
                "or add 'az' to languages"
            ),
        ),
        (
            Site,
            {"trending": {"english": ["Oil"]}},
            "trending.english: 'english' isn't a language tag. Write its code, \"en\".",
        ),
    ],
)
def test_values(record: type[Record], values: dict[str, object], problem: str) -> None:
    needed: dict[type[Record], dict[str, object]] = {
        Site: {"title": "Report", "url": "https://report.example/", "languages": ["en", "az-Latn"]},
        FeedRule: {"path": "{language}/all"},
        Article: {
            "language": "en",
            "title": "Snow",
            "url": "https://report.example/snow",
            "published": datetime(2025, 12, 19, tzinfo=UTC),
        },
    }
    with pytest.raises(InvalidRecord) as refused:
        record(**needed[record] | values)
    assert problem in str(refused.value)


def test_languages_by_other_names_of_the_same_language_are_right() -> None:
    site = Site(
        title="Report",
        url="https://report.example/",
        languages=["en", "az-Latn"],
        labels={"latest": {"az": "Xəbərlər"}},
        trending={"AZ-latn": ["Neft"]},
    )
    assert site.label("latest", "az-Latn") == "Xəbərlər"
    assert site.trending_in("az-Latn") == ("Neft",)


def test_categories_may_have_labels_for_sites_in_other_languages() -> None:
    category = Category(term="oil", label={"en": "Oil", "de": "Öl"})
    site = Site(title="Report", url="https://report.example/", languages=["en"], categories=[category])
    assert site.category_label("oil", "en") == "Oil"


def test_a_rule_is_called_what_people_call_it() -> None:
    with pytest.raises(InvalidRecord, match="path: it is missing. Add it to the feed rule."):
        FeedRule.from_mapping({})
