"""Synonyms: words of other programs and formats for newsfeed's keys, which no similar spelling would find.

A user who writes `pubDate` means `published`, not `updated`. Synonyms are tried before the nearest spelling.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["NOTES", "folded", "synonym"]

_JOINS: Final = lazy_pattern(r"[\s_.:-]+")

#: Known words, each with its synonyms. If a synonym has several meanings, the first that is known at the place counts.
_WRITTEN_FOR: Final = """
# articles
title: headline, heading, hed, name, subject, header
published: date, pub date, publish date, published date, published at, published on, publication date,
    posted, post date, date published, created, created at, date created, issued, datetime, timestamp, time,
    first published, released, release date, date gmt, post date gmt, dc:date
updated: last mod, last modified, modified, modified at, date modified, modified date, updated at, last
    updated, changed, changed at, edited, edited at, last build date, modified gmt, revised, last change,
    mtime
expires: expiry, expire, expiry date, expiration, expiration date, expires at, valid until, end date,
    unpublish at
url: link, href, src, permalink, uri, address, canonical, canonical url, page, web, webpage, website, site,
    homepage, home, base url, site url, link url, full url, domain, host, file, profile
id: guid, uuid, identifier, key, post id, article id, nid, entry id, pk, _id, uid, dc:identifier
term: id, key, code, slug, value, tag
label: title, name, labels, display name, text
story: story id, translation key, translation id, translation of, group, group id, trid, translations
summary: description, excerpt, abstract, teaser, standfirst, dek, deck, lede, lead, intro, introduction,
    subtitle, subheadline, kicker, snippet, short, blurb, synopsis, meta description, post excerpt,
    excerpts, partial, brief, false
content: body, text, html, article body, content html, content:encoded, full text, full content, markdown,
    body text, body html, post content, full
topics: tags, tag, keywords, keyword, subjects, subject, topic, hashtags, labels, post tag
categories: category, section, sections, rubric, rubrics, channel, channels, department, departments, desk,
    desks, cat, cats, taxonomy
authors: author, byline, writer, writers, creator, dc:creator, contributor, contributors, reporter,
    reporters, by, journalist, people, person, staff
flags: flag, mark, marks, badge, badges, markers
media: image, images, picture, pictures, photo, photos, img, featured image, featured media, cover, cover
    image, thumbnail, thumb, hero, hero image, main image, lead image, og:image, attachment, attachments,
    enclosure, enclosures, video, videos, audio, files, gallery, banner, figure, poster
rights: copyright, license, licence, copyright notice, dc:rights, legal
language: lang, locale, language code, lang code, in language, hreflang, dc:language, languages
source: origin, agency, wire, via, original
withdrawn: retracted, removed, unpublished, killed
extra: custom, custom fields, meta, metadata, extras, params, properties, fields, acf, data, additional

# people and files
name: author, full name, display name, title, byline, first name, last name, label
email: mail, e-mail, email address, contact
type: mime, mime type, content type, media type, medium, format, kind
length: size, bytes, file size, byte length, content length
width: w
height: h
duration: seconds, runtime, playtime, time, length seconds
credit: author, photographer, byline, creator, copyright, credits, credit line, attribution, source, owner
description: alt, alt text, caption, title, text, tagline, subtitle, slogan, summary, about, motto

# newsroom.toml
site: newsroom, general, config, settings, main, project, newsfeed, global, site name, site title, name,
    title
feeds: feed, rule, rules, output, outputs, rss, atom
profiles: partner, partners
languages: language, lang, langs, locale, locales, hreflang, translations, multilingual
timezone: tz, time zone, zone
articles: input, inputs, file, files, source, sources, content, posts, entries, items, data
trending: trends, hot, popular, topics, trending topics
logo: image, picture, logo url, brand, banner
icon: favicon, favicon url, icon url, apple touch icon
hub: websub, pubsubhubbub, websub hub, hub url
date_format: date pattern, datetime format, date style
feeds_url: feed url, output url
ids_url: id url, id base
templates: template, theme, template dir, templates dir, layouts
sitemaps: sitemap
stylesheet: css, style, styles, xsl, xslt
moved: redirect, redirects, aliases
trusted_html: raw html, unsafe html, allow html
path: file, filename, output, url, slug, name, dest, destination, location, target
where: filter, filters, only, condition, conditions, query, match, include, select, when
without: exclude, excluded, exclude categories, excluded categories, except, not, ignore, omit, unless,
    where not, minus, reject
order: sort, sort by, order by, sorting, sorted by
max_age: age, newer than, since, max days, days, within, maximum age
listed: visible, public, indexed, discoverable
access: members, paywall, audience, tiers, visibility
min_articles: min, minimum, min items, min count, threshold, at least, minimum articles
limit: count, max, maximum, size, items, entries, number, max items, max entries, per page, top
formats: format, type, types, output formats, feed formats
paged: pages, page, pagination, paginate
complete: everything, entire
max_bytes: max size, bytes, size limit

# what a path and a filter can name
category: section, cat, categories, rubric, channel, department, desk
topic: tag, tags, topics, keyword, keywords, subject
author: authors, byline, writer, creator, user
flag: flags, mark, badge
year: yyyy, date, years, yearly, annual, annually
month: mm, mon, months, monthly
day: daily, days

# words of short lists
photo: photos, picture, pictures, image, images, gallery, galleries, slideshow, pics
video: videos, clip, clips, movie, film, vod
audio: podcast, podcasts, sound, radio
live: live blog, livestream, stream, streaming, ticker
breaking: urgent, alert, flash, breaking news
rss: rss2, rss 2.0, xml, feed
atom: atom1, atom 1.0
json: jsonfeed, json feed, feed.json
html: htm, page, webpage, listing
text: txt, plain, plain text
full: true, all, whole, complete, everything, content, body
news: google, google news
remove: delete, deleted, drop, erase
keep: stay, leave, retain
"""

_DRAFT: Final = (
    "leave drafts out of the articles, or give them a published date in the future; "
    'an article that is taken back says "withdrawn": true'
)
_AUTHORS: Final = 'did you mean \'authors\'? It is a list: "authors": [{"name": "…"}]'
_CATEGORIES: Final = 'did you mean \'categories\'? It is a list: "categories": ["…"]'
_TOPICS: Final = 'did you mean \'topics\'? It is a list: "topics": ["…"]'
_MEDIA: Final = 'did you mean \'media\'? It is a list: "media": [{"url": "…"}]'
_LANGUAGES: Final = "did you mean 'languages'? It is a list: languages = [\"en\"]"
_IN_RULES: Final = "write it in each [[feeds]] rule that it applies to"
_FOLDER: Final = "name the folder on the command line: newsfeed build -o FOLDER"
_OWN_DATA: Final = ""

#: Remedies for keys without an equivalent, or with one of another shape, by record and folded key. An empty remedy
#: means that newsfeed has no such field, whatever the key looks like.
NOTES: Final[Mapping[str, Mapping[str, str]]] = {
    "Article": {
        **dict.fromkeys(("author", "byline", "creator", "writer", "dccreator"), _AUTHORS),
        **dict.fromkeys(("category", "section", "rubric", "channel", "desk"), _CATEGORIES),
        **dict.fromkeys(("tag", "topic", "keyword"), _TOPICS),
        **dict.fromkeys(
            ("image", "picture", "photo", "thumbnail", "cover", "featuredimage", "enclosure", "video"), _MEDIA
        ),
        **dict.fromkeys(("draft", "isdraft", "status", "state", "visibility", "ispublished"), _DRAFT),
        "slug": "write the full address of the article's page into url",
        **dict.fromkeys(
            ("related", "weight", "order", "priority", "rating", "layout"),
            _OWN_DATA,
        ),
    },
    "Site": {
        **dict.fromkeys(("language", "lang", "locale"), _LANGUAGES),
        **dict.fromkeys(("limit", "path", "where", "formats", "format", "archive", "paged"), _IN_RULES),
        **dict.fromkeys(("output", "outputdir", "outdir", "publishdir", "target"), _FOLDER),
        "author": "did you mean 'authors'? It is a list: authors = [{ name = \"…\" }]",
    },
    "FeedRule": {
        word: f"did you mean 'where'? Write where = {{ {facet} = \"…\" }}"
        for word, facet in {
            **{
                facet: facet for facet in ("language", "category", "topic", "author", "flag", "year", "month")
            },
            "lang": "language",
            "section": "category",
            "tag": "topic",
            "tags": "topic",
            "categories": "category",
        }.items()
    },
}


def folded(word: str) -> str:
    """Return a word in the form in which spellings are compared: in lower case, without joining characters.

    >>> folded("pubDate"), folded("pub_date"), folded("Pub-Date")
    ('pubdate', 'pubdate', 'pubdate')
    """
    return _JOINS.sub("", word.casefold())


def synonym(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that an unknown word means.

    Args:
        word: The unknown word.
        known: The known words.

    Returns:
        The word meant, either the same in another spelling or a synonym; None if there is none.

    >>> (
    ...     synonym("pubDate", ["updated", "published"]),
    ...     synonym("feedsUrl", ["feeds_url"]),
    ...     synonym("x", ["title"]),
    ... )
    ('published', 'feeds_url', None)
    """
    written = folded(word)
    spellings = {folded(other): other for other in known}
    meant = (written, *_meanings().get(written, ()))
    return next((spellings[folded(other)] for other in meant if folded(other) in spellings), None)


@cache
def _meanings() -> dict[str, list[str]]:
    """Read the table: the possible meanings of each folded word, in their order."""
    rows = re.sub(r"\n +", " ", re.sub("#.*", "", _WRITTEN_FOR)).splitlines()
    meanings: dict[str, list[str]] = {}
    for meant, _, words in (row.partition(": ") for row in rows if row):
        for word in words.split(", "):
            meanings.setdefault(folded(word), []).append(meant)
    return meanings
