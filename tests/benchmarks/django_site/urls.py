"""django.contrib.syndication, and where newsfeed's feeds are."""

from django.contrib.syndication.views import Feed
from django.urls import include, path
from django.utils.feedgenerator import Atom1Feed
from tests.benchmarks.django_site.models import StoryOfSyndication as Story


class Latest(Feed):
    title = description = "Report"
    link = "/"
    language = "en"

    def item_title(self, story):
        return story.headline

    def item_description(self, story):
        return story.body

    def item_pubdate(self, story):
        return story.published

    def item_categories(self, story):
        return [story.section]

    def items(self):
        return Story.objects.order_by("-published")[:50]


class Section(Latest):
    def title(self, section):
        return f"Report – {section}"

    description = title

    def get_object(self, request, section):
        return section

    def items(self, section):
        return Story.objects.filter(section=section).order_by("-published")[:50]


class LatestAtom(Latest):
    feed_type = Atom1Feed


class SectionAtom(Section):
    feed_type = Atom1Feed


urlpatterns = [
    path("feeds/", include("newsfeed.contrib.django.urls")),
    path("syndication/all.rss", Latest()),
    path("syndication/all.atom", LatestAtom()),
    path("syndication/section/<section>.rss", Section()),
    path("syndication/section/<section>.atom", SectionAtom()),
]
