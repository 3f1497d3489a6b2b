"""XML::Feed and XML::FeedPP; the script that drives each stands beside this file."""

from tests.readers.differences import XML, content_or_summary, first_author, hidden, shows_terms
from tests.readers.program import Difference, Program, Refusal, printed, run_script
from tests.readers.shown import ATOM, RSS, page

__all__ = ["XML_FEED", "XML_FEEDPP"]

XML_FEED = Program(
    name="XML::Feed",
    language="Perl",
    formats=XML,
    install="apt-get install libxml-feed-perl",
    version=lambda: printed("perl", "-MXML::Feed", "-e", "print XML::Feed->VERSION"),
    read=run_script("perl", "xml_feed.pl"),
    differences=[
        first_author((ATOM,)),
        content_or_summary((RSS,)),
        Difference(
            "summary",
            (RSS,),
            "shows no summary where there is no content",
            lambda entry, said: said if entry.content else None,
        ),
    ],
)

XML_FEEDPP = Program(
    name="XML::FeedPP",
    language="Perl",
    formats=XML,
    install="apt-get install libxml-feedpp-perl",
    version=lambda: printed("perl", "-MXML::FeedPP", "-e", "print XML::FeedPP->VERSION"),
    read=run_script("perl", "xml_feedpp.pl"),
    differences=[
        first_author((RSS,)),
        shows_terms((ATOM,)),
        Difference(
            "summary",
            (ATOM,),
            "shows the content as summary",
            lambda entry, said: page(entry.content).words if entry.content else said,
        ),
        *hidden(XML, "updated", "content", "enclosures"),
    ],
    refusals=[
        Refusal(
            ["right_to_left-ar", "hostile-en"],
            (ATOM,),
            "Not a HASH reference",
            "stops at an entry with several authors",
        )
    ],
)
