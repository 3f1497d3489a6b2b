"""Every program of the suite."""

from tests.readers.drivers.atoma import ATOMA
from tests.readers.drivers.elfeed import ELFEED
from tests.readers.drivers.fastfeedparser import FASTFEEDPARSER
from tests.readers.drivers.feedparser import FEEDPARSER
from tests.readers.drivers.feedparser_rs import FEEDPARSER_RS
from tests.readers.drivers.javascript import EXTRACTUS, FEEDSMITH, NODE_FEEDPARSER, ROWANMANNING, RSS_PARSER
from tests.readers.drivers.newsboat import NEWSBOAT
from tests.readers.drivers.perl import XML_FEED, XML_FEEDPP
from tests.readers.drivers.reader import READER
from tests.readers.drivers.rome import ROME
from tests.readers.drivers.rss_parser_py import RSS_PARSER_PY
from tests.readers.drivers.ruby_rss import RUBY_RSS
from tests.readers.drivers.sfeed import SFEED

__all__ = ["PROGRAMS"]

PROGRAMS = (
    FEEDPARSER,
    READER,
    FASTFEEDPARSER,
    ATOMA,
    RSS_PARSER_PY,
    FEEDPARSER_RS,
    RSS_PARSER,
    FEEDSMITH,
    NODE_FEEDPARSER,
    ROWANMANNING,
    EXTRACTUS,
    NEWSBOAT,
    SFEED,
    RUBY_RSS,
    XML_FEED,
    XML_FEEDPP,
    ROME,
    ELFEED,
)
