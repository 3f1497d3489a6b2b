"""Addresses anywhere in a feed: whether readers can open them, and whether they lead where they should."""

from collections.abc import Iterator
from ipaddress import ip_address
from itertools import chain
from typing import Final

from newsfeed.check.addresses import Address, addresses_in, addresses_in_html, host_of, page_of
from newsfeed.check.definitions import CheckGroup, Problem, at
from newsfeed.check.documents import ParsedDocument
from newsfeed.check.feed_items import items_with_nodes
from newsfeed.check.values import is_absolute, uri_problem
from newsfeed.check.words import words
from newsfeed.text.uri_schemes import is_script

__all__ = ["CHECKS", "EVERYWHERE"]

CHECKS = CheckGroup("atom", "rss")
EVERYWHERE = CheckGroup("atom", "rss", "json")

#: Schemes that most computers have a program for. Schemes that aren't words, such as z39.50r, aren't checked.
_SCHEMES: Final = words(
    """
    acct bitcoin cid dav dns doi feed file ftp geo git go gopher http https im imap info ipfs irc ircs itms jabber ldap
    ldaps magnet mailto matrix mid mms news nfs nntp pop pres rtmp rtsp service sftp sip sips skype sms snmp ssh tag tel
    telnet tftp tv urn ws wss xmpp
    """
)
_LOCAL: Final = (".internal", ".lan", ".local", ".localdomain", ".localhost")
#: Top-level domains that begin with another one, so that a.community isn't a.com with a word glued to it.
_REAL_DOMAINS: Final = words(
    """
    careers cars cash catering cloud club coach codes coffee college cologne com community company compare computer
    condos construction consulting contact contractors cooking cool country coupons courses credit cruises dealer deals
    degree delivery democrat dental dentist desi design dev euro eus events exchange info ink institute insurance insure
    international investments ist istanbul media meet melbourne meme memorial men menu mobi moda moe money network
    netflix organic ruhr run travel tube uno
    """
)


@CHECKS.warning(
    "NF359",
    "An address has a scheme that programs support.",
    why="Readers can't open other addresses, and never open those that run code.",
    fix="write a web address; check the spelling of the scheme",
    specification="IANA, Uniform Resource Identifier Schemes; W3C Feed Validation Service, SchemeNotIANARegistered",
)
def known_schemes(document: ParsedDocument) -> Iterator[Problem]:
    """Find schemes that hardly any program supports, and those that contain code or files."""
    for where, name, text in addresses_in(document):
        scheme = text.partition(":")[0].lower()
        if not (is_absolute(text) and scheme.isalpha() and scheme not in _SCHEMES):
            continue
        if scheme != "data" and is_script(text):
            yield at(where, f"{name} is code, not an address: {text[:60]!r}")
        elif scheme != "data" and uri_problem(text, iri=True) is None:
            yield at(where, f"hardly any program supports {scheme}: addresses")


@EVERYWHERE.warning(
    "NF721",
    "Links and files are on the public web.",
    why="An address such as localhost leads each reader to their own computer, where the page isn't.",
    fix="write the address that the page or file has on the web; set the site's address in the program that wrote it",
    specification="RFC 6761 §6.3; RFC 1918 §3",
)
def public(document: ParsedDocument) -> Iterator[Problem]:
    """Find addresses of the writer's own computer or network. A feed that comes from there itself may have them."""
    if _is_local(host_of(document.address)):
        return
    for where, name, text in _all_addresses(document):
        if _is_local(host := host_of(text)):
            yield at(where, f"{name} leads to {host}, which is only on the writer's own computer or network")


def _all_addresses(document: ParsedDocument) -> Iterator[Address]:
    """Visit every address once for each element or member that contains it."""
    seen: set[tuple[int, str]] = set()
    for found in chain(addresses_in(document), addresses_in_html(document)):
        key = id(found.where), found.text
        if key not in seen:
            seen.add(key)
            yield found


def _is_local(host: str) -> bool:
    if host == "localhost" or host.endswith(_LOCAL):
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified or (address.is_private and not address.is_reserved)


@EVERYWHERE.warning(
    "NF722",
    "A slash follows the host of an address.",
    why="Otherwise the path becomes part of the host, and the link leads nowhere.",
    fix="put a slash between the host and the path, where the program joins the two",
    specification="RFC 3986 §3.2",
)
def separate_hosts(document: ParsedDocument) -> Iterator[Problem]:
    """Find hosts that begin with the site's own and go on without a dot."""
    site = host_of(page_of(document)) or host_of(document.address)
    if not site:
        return
    for where, name, text in _all_addresses(document):
        host = host_of(text)
        glued = host[len(site) :] if host.startswith(site) else ""
        if glued and glued[0] not in ".-" and host.rpartition(".")[2] not in _REAL_DOMAINS:
            yield at(where, f"{name} has the host {host}, but the site's host is {site}")


@EVERYWHERE.note(
    "NF252",
    "Different items have different links.",
    why="Some readers take items with one link for one item, and show only the last of them.",
    fix="link each item to its own page; leave it if several items really are about one page",
    specification="RSS 2.0, Elements of <item>; RFC 4287 §4.2.7; JSON Feed 1.1, Items",
)
def own_links(document: ParsedDocument) -> Iterator[Problem]:
    """Find items with the link of an earlier one."""
    first: dict[str, int] = {}
    for node, item in items_with_nodes(document):
        if item.url and item.url in first:
            yield at(node, f"the item on line {first[item.url]} has the same link {item.url[:100]!r}")
        elif item.url:
            first[item.url] = node.line
