"""rss, which comes with Ruby."""

from tests.readers.differences import XML, hidden
from tests.readers.program import Program, printed, run_script
from tests.readers.shown import RSS

__all__ = ["RUBY_RSS"]

RUBY_RSS = Program(
    name="rss",
    language="Ruby",
    formats=XML,
    install="apt-get install ruby",
    version=lambda: printed("ruby", "-r", "rss", "-e", "puts RSS::VERSION"),
    read=run_script("ruby", "ruby_rss.rb"),
    differences=hidden((RSS,), "updated"),
)
