"""How an article for the feeds is made of a row. Django imports this module when it starts."""

from news.models import Article
from newsfeed.contrib.django import register


@register(
    Article,
    queryset=Article.objects.prefetch_related("authors", "categories"),
    follow=["authors", "categories"],
)
def article(row: Article) -> dict[str, object] | None:
    """Return the fields of a published article."""
    if not row.is_public:
        return None
    return {
        "language": row.language,
        "story": row.story,
        "title": row.title,
        "url": row.get_absolute_url(),
        "summary": row.summary,
        "content": row.content,
        "published": row.published,
        "updated": row.updated,
        "authors": row.authors.all(),
        "categories": [category.term for category in row.categories.all()],
    }
