"""A loop around feedgen in a signal. It knows nothing of deleted rows, other sections, transactions and failures."""

from pathlib import Path

from django.conf import settings
from django.db.models.signals import post_save
from django.dispatch import receiver
from feedgen.feed import FeedGenerator
from tests.benchmarks.django_site.models import StoryOfFeedgen as Story


@receiver(post_save, sender=Story)
def write_feeds(instance, **_):
    write("all", "Report", Story.objects.all())
    section = instance.section
    write(f"section/{section}", f"Report – {section}", Story.objects.filter(section=section))


def write(path, title, stories):
    feed = FeedGenerator()
    feed.id(f"https://report.example/feeds/{path}")
    feed.title(title)
    feed.description(title)
    feed.language("en")
    feed.link(href="https://report.example/", rel="alternate")
    for story in stories.order_by("-published")[:50]:
        url = "https://report.example" + story.get_absolute_url()
        entry = feed.add_entry(order="append")
        entry.id(url)
        entry.guid(url, permalink=True)
        entry.title(story.headline)
        entry.link(href=url)
        entry.published(story.published)
        entry.updated(story.published)
        entry.content(story.body, type="html")
        entry.category(term=story.section)
    output = Path(settings.FEEDGEN_OUTPUT, path)
    output.parent.mkdir(parents=True, exist_ok=True)
    output.with_suffix(".rss").write_bytes(feed.rss_str())
    output.with_suffix(".atom").write_bytes(feed.atom_str())
