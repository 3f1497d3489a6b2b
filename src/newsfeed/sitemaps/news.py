"""Sitemaps for Google News: the articles of the last two days, a file for each language.

What Google requires: https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap
"""

from markupsafe import Markup

from newsfeed.catalog.listed import ListedArticle
from newsfeed.model.site import Site
from newsfeed.sitemaps.urlsets import SitemapUrl
from newsfeed.text.dates import rfc3339
from newsfeed.text.one_line import one_line

__all__ = ["MAX_URLS", "NAMESPACES", "news_language", "news_url"]

#: The most articles in a file.
MAX_URLS = 1_000
NAMESPACES = {
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
    "image": "http://www.google.com/schemas/sitemap-image/1.1",
}
#: The most pictures of an article.
_MAX_PICTURES = 1_000
#: Templates that escape what is put into them.
_URL = Markup(
    "<url><loc>{address}</loc>"
    "<news:news>"
    "<news:publication><news:name>{name}</news:name><news:language>{language}</news:language></news:publication>"
    "<news:publication_date>{date}</news:publication_date>"
    "<news:title>{title}</news:title>"
    "</news:news>"
    "{pictures}</url>"
)
_PICTURE = Markup("<image:image><image:loc>{}</image:loc></image:image>")
#: Scripts and regions in which Chinese is written in traditional characters.
_TRADITIONAL = {"Hant", "TW", "HK", "MO"}


def news_url(article: ListedArticle, site: Site) -> SitemapUrl:
    """Return the address of an article for Google News.

    Args:
        article: The article.
        site: Its site.

    Returns:
        The element `url`, with the article's pictures.
    """
    element = _URL.format(
        address=article.url,
        name=one_line(site.text(site.title, article.language)),
        language=news_language(article.language),
        date=rfc3339(article.published.replace(microsecond=0)),
        title=article.title,
        pictures=Markup().join(map(_PICTURE.format, article.pictures[:_MAX_PICTURES])),
    )
    return SitemapUrl(article.url, element.encode())


def news_language(tag: str) -> str:
    """Return a language's name at Google News: two or three letters, except for Chinese.

    >>> news_language("az-Latn"), news_language("zh-Hans"), news_language("zh-TW")
    ('az', 'zh-cn', 'zh-tw')
    """
    language, *rest = tag.split("-")
    if language != "zh":
        return language
    return "zh-tw" if _TRADITIONAL & {*rest} else "zh-cn"
