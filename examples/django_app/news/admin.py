"""Where editors write."""

from django.contrib import admin

from news.models import Article, Author, Category


@admin.register(Article)
class ArticleAdmin(admin.ModelAdmin):
    """Articles, the newest first."""

    date_hierarchy = "published"
    fields = (
        ("title", "slug"),
        ("language", "story"),
        "summary",
        "content",
        "published",
        "is_public",
        "authors",
        "categories",
    )
    filter_horizontal = ("authors", "categories")
    list_display = ("title", "language", "published", "is_public")
    list_filter = ("language", "is_public", "categories")
    ordering = ("-published",)
    prepopulated_fields = {"slug": ["title"]}
    search_fields = ("title",)


admin.site.register([Author, Category])
