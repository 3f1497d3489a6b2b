"""HTML: what cleaning an article takes beside the sanitiser alone."""

from collections.abc import Callable
from itertools import islice
from random import Random

import nh3
from tests.benchmarks.bodies import cms_bodies
from tests.benchmarks.measuring import Cost, in_process, interleaved, medians, ratios
from tests.benchmarks.newsrooms import Size, articles_of
from tests.benchmarks.sizes import Sizes
from tests.benchmarks.table import Table, seconds

from newsfeed.text.html.allowed import ATTRIBUTES, HIDDEN, SCHEMES, TAGS
from newsfeed.text.html.cleaning import clean
from newsfeed.text.html.summary.lead import lead
from newsfeed.text.html.trusted import resolve
from newsfeed.text.html.words import plain_text

__all__ = ["html"]

_PAGE = "https://report.example/en/story"


def html(sizes: Sizes) -> Table:
    """Measure it."""
    sanitise = nh3.Cleaner(
        tags=TAGS, clean_content_tags=HIDDEN, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None
    ).clean
    works: dict[str, Callable[[str], object]] = {
        "nh3, with newsfeed's lists and no callback": sanitise,
        "clean": lambda body: clean(body, page=_PAGE),
        "resolve (trusted HTML)": lambda body: resolve(body, page=_PAGE),
        "made summary": lambda body: lead(body, language="en", title="Snow closes the mountain roads"),
        "plain_text": plain_text,
    }
    rows = []
    for kind, bodies in (("of a CMS", _cms(sizes.entries)), ("tidy", _tidy(sizes))):
        costs = interleaved({name: _measuring(work, bodies) for name, work in works.items()}, sizes.repeats)
        base = [cost.cpu for cost in next(iter(costs.values()))]
        rows += [
            (kind, name, seconds(medians(these).cpu), ratios([cost.cpu for cost in these], base))
            for name, these in costs.items()
        ]
    return Table(
        title="HTML",
        about=(
            f"{sizes.entries:,} bodies, each of them new: as content management systems write them, in six languages, and tidy "
            f"ones. Processor time: medians (repeats: {sizes.repeats}), and how many times the sanitiser's they are (the least "
            "and the most)."
        ),
        head=("bodies", "by", "time", "× nh3"),
        rows=rows,
    )


def _measuring(work: Callable[[str], object], bodies: list[str]) -> Callable[[], Cost]:
    def prepare() -> Callable[[], object]:
        return lambda: [work(body) for body in bodies]

    return lambda: in_process(prepare)


def _cms(count: int) -> list[str]:
    return [body for _, body in islice(cms_bodies(Random(1)), count)]  # noqa: S311 - not for secrets


def _tidy(sizes: Sizes) -> list[str]:
    return [str(article["content"]) for article in articles_of(Size(sizes.entries, sizes.body, cms=False))]
