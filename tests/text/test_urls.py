"""Web addresses: what is one, how it is written in ASCII, and the rule for ids that are no URIs."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsfeed.check.values import uri_problem
from newsfeed.errors import InvalidValue
from newsfeed.text.urls import ascii_uri, check_base, check_web_address, is_uri, uri_of_id


@pytest.mark.parametrize(
    "address",
    [
        "https://report.example",
        "http://report.example/en/snow?q=1#note",
        "HTTPS://Report.Example/",
        "https://report.example:8443/x",
        "https://user:secret@report.example/x",
        "https://my_host.example/x",
        "https://[2001:db8::1]/x",
        "https://[2001:db8::1]:8080/x",
        "https://report.example./x",
        "https://report.example:65535",
        f"https://report.example:{'0' * 5000}80/",
        "https://report.example?q",
        "https://qış.example/ə?ş=ı#ö",
        'https://report.example/a "b" <c>',
        "https://report.example/100%",
    ],
)
def test_addresses(address: str) -> None:
    assert check_web_address(address) is address


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (None, "None isn't text"),
        (5, "5 isn't text"),
        ("", "it is empty"),
        ("/en/snow", "'/en/snow' isn't a full address"),
        ("snow", "'snow' isn't a full address"),
        ("//report.example/snow", "'//report.example/snow' isn't a full address"),
        ("report.example/snow", "'report.example/snow' isn't a full address"),
        ("javascript:alert(1)", "'javascript:alert(1)' isn't a web address"),
        ("data:text/html,x", "'data:text/html,x' isn't a web address"),
        ("ftp://report.example/x", "'ftp://report.example/x' isn't a web address"),
        ("mailto:desk@report.example", "'mailto:desk@report.example' isn't a web address"),
        ("https:///snow", "'https:///snow' has no host"),
        ("https:snow", "'https:snow' has no host"),
        ("https://:80/", "'https://:80/' has no host"),
        ("https://a.example\\@b.example/", "'https://a.example\\\\@b.example/' has a backslash"),
        ("https:\\\\a.example", "'https:\\\\\\\\a.example' has no host"),
        ("https://a.example:99999/", "'https://a.example:99999/' has a host or port that can't exist"),
        ("https://a.example:x/", "'https://a.example:x/' has a host or port that can't exist"),
        ("https://[1/", "'https://[1/' has a host or port that can't exist"),
        ("https://a b.example/", "'a b.example' isn't a host name"),
        ("https://a..b/", "'a..b' isn't a host name"),
        (f"https://{'a' * 64}.example/", f"'{'a' * 64}.example' isn't a host name"),
        ("https://[zz::1]/", "'[zz::1]' isn't a host name"),
        ("https://[::1]x/", "'https://[::1]x/' has a host or port that can't exist"),
        ("https://a.example:65536/", "'https://a.example:65536/' has a host or port that can't exist"),
        (f"https://a.example:{'1' * 5000}/", "'https://a.example:111111"),
        (f"https:{'x' * 5000}", "'https:xxx"),
        ("https://😀.example/", "'😀.example' isn't a host name"),
        (" https://report.example/", "' https://report.example/' has white space around it"),
        ("https://report.example/\n", "'https://report.example/\\n' has white space around it"),
        (
            "https://report.example/a\nb",
            "'https://report.example/a\\nb' has white space around it, or line breaks",
        ),
        (
            "https://report.example/\x00",
            "'https://report.example/\\x00' has white space around it, or line breaks",
        ),
    ],
)
def test_what_is_no_address(value: object, reason: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        check_web_address(value)
    assert refused.value.reason.startswith(reason)
    assert len(refused.value.reason) < 200
    assert refused.value.remedy


@pytest.mark.parametrize(
    ("value", "remedy"),
    [
        ("report.example/snow", "write https://report.example/snow"),
        ("ftp://report.example/x", "write one that begins with https:// or http://"),
        ("https://report.example/ ", "remove them"),
        ("https://a\\b.example/", "write slashes instead"),
        ("https://a b.example/", "write one such as report.example"),
        (
            "https://a.example:99999/",
            "write a host such as report.example, and after a colon a port up to 65535 or none",
        ),
    ],
)
def test_the_remedy_fits(value: str, remedy: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        check_web_address(value)
    assert refused.value.remedy == remedy


@pytest.mark.parametrize(
    ("address", "uri"),
    [
        ("https://report.example/az/qış", "https://report.example/az/q%C4%B1%C5%9F"),
        ("https://report.example/q%C4%B1ş", "https://report.example/q%C4%B1%C5%9F"),
        ("https://report.example/100%", "https://report.example/100%25"),
        ("https://report.example/100%zz%41", "https://report.example/100%25zz%41"),
        ('https://report.example/a "b"', "https://report.example/a%20%22b%22"),
        ("https://report.example/a[1]|b\\c^d`e{f}", "https://report.example/a%5B1%5D%7Cb%5Cc%5Ed%60e%7Bf%7D"),
        ("https://сайт.example/", "https://xn--80aswg.example/"),
        ("https://BÜCHER.example/", "https://xn--bcher-kva.example/"),
        ("https://straße.example/", "https://xn--strae-oqa.example/"),
        (
            "https://bücher.example:8080/ü?ü=ü#ü",
            "https://xn--bcher-kva.example:8080/%C3%BC?%C3%BC=%C3%BC#%C3%BC",
        ),
        ("https://usér@report.example/", "https://us%C3%A9r@report.example/"),
        ("https://[2001:DB8::1]:80/ü", "https://[2001:DB8::1]:80/%C3%BC"),
        ("HTTPS://Report.Example/ü", "https://Report.Example/%C3%BC"),
        ("https://report.example:0080/ü", "https://report.example:0080/%C3%BC"),
        ("https://report.example/ü?", "https://report.example/%C3%BC?"),
        ("https://report.example//ü//#", "https://report.example//%C3%BC//#"),
        ("https://report.example/\tü", "https://report.example/%09%C3%BC"),
        ("https://report.example/\ud800", "https://report.example/%3F"),
        ("https://report.example:99999/ü", "https://report.example:99999/%C3%BC"),
        ("https://😀.example/", "https://%F0%9F%98%80.example/"),
        ("https://[x/ü", "https://%5Bx/%C3%BC"),
        ("https://report.example/?a=1&b='x'#y/z?", "https://report.example/?a=1&b='x'#y/z?"),
        ("https://report.example", "https://report.example"),
    ],
)
def test_ascii_uri(address: str, uri: str) -> None:
    assert ascii_uri(address) == uri


any_text = st.text(st.characters())  # lone surrogates, too
hosts = st.sampled_from(
    [
        "report.example",
        "REPORT.example",
        "сайт.example",
        "my_host.example:80",
        "u@a.example",
        "a.example:99999",
    ]
)
addresses = st.builds(lambda host, rest: f"https://{host}{rest}", hosts | any_text, any_text)


@given(addresses)
def test_ascii_uri_is_a_uri_and_idempotent(address: str) -> None:
    uri = ascii_uri(address)
    assert is_uri(uri)
    assert ascii_uri(uri) == uri


@given(any_text)
def test_ascii_uri_takes_any_text(text: str) -> None:
    once = ascii_uri(text)
    assert once.isascii()
    assert ascii_uri(once) == once


@given(addresses)
def test_what_is_an_address_has_a_host_in_ascii(address: str) -> None:
    try:
        check_web_address(address)
    except InvalidValue:
        return
    host = re.split("[/?#]", ascii_uri(address).removeprefix("https://"))[0].rpartition("@")[2]
    assert re.fullmatch(r"[A-Za-z0-9._~-]+(:[0-9]*)?|\[[0-9A-Fa-f:.]+[^\]]*\](:[0-9]*)?", host)


@pytest.mark.slow
@given(
    st.from_regex(r"https?://[a-zA-Z0-9.-]{1,9}\.example(/[A-Za-z0-9._~!$&'()*+,;=:@%-]*)*", fullmatch=True)
)
def test_a_uri_stays_letter_for_letter(address: str) -> None:
    if is_uri(address):
        assert ascii_uri(address) == address
        assert uri_of_id(address, "https://report.example/") == address


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("https://report.example/", True),
        ("tag:report.example,2025:1", True),
        ("urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a", True),
        ("x:1", True),
        ("12345", False),
        ("x:", False),
        (":x", False),
        ("1x:y", False),
        ("a b:c", False),
        ("urn:a b", False),
        ("urn:100%", False),
        ("https://report.example/ə", False),
        ("https://report.example/a[1]", False),
        ("https://[2001:db8::1]:80/a?b=/?#c?", True),
        ("urn:a#b#c", False),
        ("https://report.example/\n", False),
        ("", False),
    ],
)
def test_is_uri(text: str, answer: bool) -> None:
    assert is_uri(text) is answer


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("urn:isbn:0451450523", "urn:isbn:0451450523"),
        ("https://report.example/qış", "https://report.example/q%C4%B1%C5%9F"),
        ("HTTPS://report.example/qış", "https://report.example/q%C4%B1%C5%9F"),
        ("urn:news:ə 5", "urn:news:%C9%99%205"),
        ("urn:news:a#[5]", "urn:news:a#%5B5%5D"),
        ("https://report.example/a[1]", "https://report.example/a%5B1%5D"),
        ("urn:news:a#b#c", "urn:news:a#b%23c"),
        ("http://x:99999/ü", "http://x:99999/%C3%BC"),
        ("\ud800", "https://old.example/ids/%ED%A0%80"),
        ("12345", "https://old.example/ids/12345"),
        ("a/b?c", "https://old.example/ids/a%2Fb%3Fc"),
        ("../x", "https://old.example/ids/..%2Fx"),
        ("x:", "https://old.example/ids/x%3A"),
        # names that break the rules of their scheme
        ("urn:x", "https://old.example/ids/urn%3Ax"),
        ("urn:x:1", "https://old.example/ids/urn%3Ax%3A1"),
        ("urn:статья:5", "https://old.example/ids/urn%3A%D1%81%D1%82%D0%B0%D1%82%D1%8C%D1%8F%3A5"),
        ("urn:uuid:123", "https://old.example/ids/urn%3Auuid%3A123"),
        ("URN:UUID:123", "https://old.example/ids/URN%3AUUID%3A123"),
        (
            "urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a ",
            "https://old.example/ids/urn%3Auuid%3A1225c695-cfb8-4ebb-aaaa-80da344efa6a%20",
        ),
        ("tag:report.example:2", "https://old.example/ids/tag%3Areport.example%3A2"),
        ("tag:report.example,25:2", "https://old.example/ids/tag%3Areport.example%2C25%3A2"),
        ("tag:report%20.example,2025:2", "https://old.example/ids/tag%3Areport%2520.example%2C2025%3A2"),
        ("http://", "https://old.example/ids/http%3A%2F%2F"),
        ("https:report.example/1", "https://old.example/ids/https%3Areport.example%2F1"),
        ("http:///en/1", "https://old.example/ids/http%3A%2F%2F%2Fen%2F1"),
        ("http://?1", "https://old.example/ids/http%3A%2F%2F%3F1"),
        ("ftp:1", "https://old.example/ids/ftp%3A1"),
        ("javascript:alert(1)", "https://old.example/ids/javascript%3Aalert%281%29"),
        ("data:text/html,x", "https://old.example/ids/data%3Atext%2Fhtml%2Cx"),
        # hosts in tags
        ("tag:müller.example,2025:ə 1", "tag:xn--mller-kva.example,2025:%C9%99%201"),
        ("tag:leyla@müller.example,2025-01-02:1", "tag:leyla@xn--mller-kva.example,2025-01-02:1"),
        ("tag:m ller.example,2025:1", "https://old.example/ids/tag%3Am%20ller.example%2C2025%3A1"),
        # what would lead elsewhere as a part of a path
        (".", "https://old.example/ids/(.)"),
        ("..", "https://old.example/ids/(..)"),
        ("(..)", "https://old.example/ids/%28..%29"),
        ("%2E%2E", "https://old.example/ids/%252E%252E"),
        ("...", "https://old.example/ids/..."),
        ("a/../b", "https://old.example/ids/a%2F..%2Fb"),
        ("/1/", "https://old.example/ids/%2F1%2F"),
        ("?1#2", "https://old.example/ids/%3F1%232"),
    ],
)
@pytest.mark.parametrize("base", ["https://old.example", "https://old.example/"])
def test_uri_of_id(name: str, uri: str, base: str) -> None:
    assert uri_of_id(name, base) == uri


schemes = st.sampled_from(
    [
        "urn:",
        "urn:news:",
        "urn:uuid:",
        "URN:UUID:",
        "tag:",
        "tag:report.example,2025:",
        "tag:müller.example,",
        "TAG:a@",
        "http:",
        "http://",
        "ftp:",
        "x:",
        "x://",
        "javascript:",
        "data:",
        "mailto:",
    ]
)
named = st.builds(str.__add__, schemes, any_text | st.text("ab1-.,:/?#[]@ %2", max_size=12))


@given(any_text | addresses | named)
def test_every_id_becomes_a_uri_that_no_check_complains_of_and_stays_that(name: str) -> None:
    uri = uri_of_id(name, "https://report.example/")
    assert is_uri(uri)
    assert uri_problem(uri) is None
    assert uri_of_id(uri, "https://report.example/") == uri


@given(addresses | named | st.from_regex(r"[a-z]{1,5}:[!-~]{1,20}", fullmatch=True))
def test_an_id_that_no_check_complains_of_stays_letter_for_letter(name: str) -> None:
    if (
        is_uri(name)
        and not uri_problem(name)
        and not name.lower().startswith(("javascript:", "data:", "vbscript:"))
    ):
        assert uri_of_id(name, "https://report.example/") == name


@given(named, named)
def test_ids_become_the_same_only_if_they_are_the_same_uri(one: str, other: str) -> None:
    base = "https://report.example/"
    if uri_of_id(one, base) == uri_of_id(other, base):
        assert one == other or not uri_of_id(one, base).startswith(f"{base}ids/")


bare_ids = st.text(st.characters(exclude_characters=":"), min_size=1)


@given(bare_ids, bare_ids)
def test_different_ids_stay_different(one: str, other: str) -> None:
    base = "https://report.example/"
    assert (uri_of_id(one, base) == uri_of_id(other, base)) is (one == other)


@pytest.mark.parametrize(
    ("address", "base"),
    [("https://a.example", "https://a.example/"), ("https://a.example/x/", "https://a.example/x/")],
)
def test_a_base_ends_in_a_slash(address: str, base: str) -> None:
    assert check_base(address) == base


@pytest.mark.parametrize("address", ["https://a.example/?x", "https://a.example/#x"])
def test_a_base_has_no_query(address: str) -> None:
    with pytest.raises(InvalidValue, match="query or fragment"):
        check_base(address)
