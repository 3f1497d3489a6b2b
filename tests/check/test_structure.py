"""Structure: what is in the wrong place is reported once, with the place where it belongs."""

from datetime import UTC, datetime

import pytest

from newsfeed.check import check_document

MOMENT = datetime(2025, 12, 20, tzinfo=UTC)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:report.example,2025:all</id><title>Report</title>'
    "<updated>2025-12-19T00:00:00Z</updated><author><name>Report</name></author>"
    '<link rel="self" href="https://report.example/all.atom"/>{}</feed>'
)
RSS = (
    '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Report</title>'
    "<link>https://report.example/</link><description>News</description>"
    '<atom:link rel="self" href="https://report.example/all.rss"/>'
    "<item><title>Snow</title><guid>https://report.example/snow</guid>{}</item></channel></rss>"
)


def problems(feed: str) -> list[str]:
    found = check_document(feed.encode(), name="a", as_of=MOMENT)
    return [f"{finding.code} {finding.reason}. {finding.remedy}" for finding in found]


def test_a_misplaced_element_is_one_finding_whatever_is_in_it() -> None:
    image = "<image>words<url>relative</url><width>9999</width><titel/></image>"
    assert problems(RSS.format(image)) == [
        "NF215 item has no element image; it belongs in channel. move it into channel"
    ]


@pytest.mark.parametrize("name", ["id", "updated", "title", "generator", "icon"])
def test_elements_of_text_contain_no_elements(name: str) -> None:
    text = {"id": "", "updated": "", "title": ""}.get(name, f"<{name}>https://report.example/</{name}>")
    feed = ATOM.format(text).replace(f"</{name}>", f"<b/></{name}>", 1)
    (problem,) = problems(feed)
    assert problem.startswith(("NF302 ", "NF319 "))


@pytest.mark.parametrize(
    "text",
    ["<ttl>60<b/></ttl>", "<copyright>Report<x:b xmlns:x='http://source.scripting.com/'/></copyright>"],
)
def test_elements_of_text_contain_no_elements_in_rss(text: str) -> None:
    feed = RSS.replace("<item>", f"{text}<item>").format("")
    name = text[1 : text.index(">")]
    (problem,) = problems(feed)
    assert problem.startswith(f"NF215 {name} contains only text, so it can't contain ")


def test_a_link_may_contain_elements_of_other_vocabularies_and_no_others() -> None:
    link = '<link href="https://report.example/">{}</link>'
    assert problems(ATOM.format(link.format('<x:y xmlns:x="http://source.scripting.com/"/>'))) == []
    assert problems(ATOM.format(link.format("<summary/>"))) == [
        "NF302 link has no element summary; it belongs in entry. move it into entry"
    ]


def test_the_address_of_a_link_may_be_the_document_itself() -> None:
    assert problems(ATOM.format('<link rel="related" href=""/>')) == []


@pytest.mark.parametrize(
    "element",
    [
        '<thr:in-reply-to xmlns:thr="http://purl.org/syndication/thread/1.0" id="tag:report.example,2025:1"/>',
        (
            '<app:collection xmlns:app="http://www.w3.org/2007/app" href="https://report.example/"><title>News</title>'
            "<id>tag:report.example,2025:2</id></app:collection>"
        ),
        '<georss:point xmlns:georss="http://www.georss.org/georss" featurename="Baku">40.4 49.8</georss:point>',
        '<opensearch:Query xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" role="request" count="1"/>',
    ],
)
def test_vocabularies_may_be_used_as_they_are_specified(element: str) -> None:
    assert problems(ATOM.format(element)) == []
