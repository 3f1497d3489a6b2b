"""Loads the articles of examples/report, all at once, so that there is something to see."""

import json

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.dateparse import parse_datetime

from news.models import Article, Author, Category


class Command(BaseCommand):
    """The command."""

    help = __doc__

    def handle(self, **_: object) -> None:
        """Load them, and bring them into the feeds, because bulk changes send no signals."""
        lines = (settings.BASE_DIR.parent / "report" / "articles.jsonl").read_text("utf-8").splitlines()
        records = [json.loads(line) for line in lines]
        with transaction.atomic():
            articles = Article.objects.bulk_create(
                Article(
                    language=record["language"],
                    story=record.get("story", ""),
                    slug=record["url"].rpartition("/")[2],
                    title=record["title"],
                    summary=record.get("summary", ""),
                    content=record.get("content", ""),
                    published=parse_datetime(record["published"]),
                    is_public=True,
                )
                for record in records
            )
            for article, record in zip(articles, records, strict=True):
                article.categories.set(
                    Category.objects.get_or_create(term=term)[0] for term in record.get("categories", ())
                )
                names = [
                    author if isinstance(author, str) else author["name"]
                    for author in record.get("authors", ())
                ]
                article.authors.set(Author.objects.get_or_create(name=name)[0] for name in names)
        call_command("newsfeed_sync", stdout=self.stdout)
