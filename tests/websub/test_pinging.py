"""Telling a hub that misbehaves in every way that hubs do; each is bounded in time, and told in words."""

import asyncio
import re
import socket
import ssl
import sys
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
import trustme
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.websub.hub import Behaviour, Hub, answers, drips, running, says, takes

from newsfeed import InvalidValue, MissingExtra
from newsfeed.websub import Limits, Outcome, PingResult, ping

TOPIC = "https://report.example/feeds/en/all.rss"
OTHER = "https://report.example/feeds/en/all.atom"
#: As patient as the usual limits, a hundred times as fast.
QUICK = Limits(retries=2, timeout=2.0, pause=0.01, longest_pause=0.6, within=10.0)


def told(hub: Hub, *topics: str, limits: Limits = QUICK) -> PingResult:
    return ping([hub.address], topics or (TOPIC,), limits=limits)


def outcome(*behaviours: Behaviour, limits: Limits = QUICK) -> Outcome:
    """What becomes of one topic at a hub that behaves so."""
    with running(*behaviours) as hub:
        (found,) = told(hub, limits=limits).outcomes
        return found


class TestAGoodHub:
    def test_is_sent_a_form_for_each_topic(self) -> None:
        with running(takes) as hub:
            assert told(hub, TOPIC, OTHER).complete
        assert hub.forms == [
            {"hub.mode": "publish", "hub.url": topic, "hub.topic": topic} for topic in (TOPIC, OTHER)
        ]
        assert hub.heads[0].startswith("POST /hub HTTP/1.1\r\n")
        assert "content-type: application/x-www-form-urlencoded" in hub.heads[0].lower()
        assert "user-agent: newsfeed/" in hub.heads[0].lower()

    @pytest.mark.parametrize("status", ["200 OK", "202 Accepted", "204 No Content"])
    def test_may_say_yes_in_many_ways(self, status: str) -> None:
        assert outcome(answers(status)).state == "told"

    def test_isnt_called_where_there_is_nothing_to_tell(self) -> None:
        with running(takes) as hub:
            assert ping([hub.address], []) == PingResult()
        assert hub.forms == []

    def test_may_stand_at_an_address_of_ipv6(self) -> None:
        try:
            hub = running(takes, host="::1")
            with hub as there:
                assert told(there).complete
        except OSError:
            pytest.skip("this machine has no IPv6")

    def test_several_are_told_one_by_one(self) -> None:
        with running(takes) as first, running(answers("403 Forbidden")) as second:
            found = ping([first.address, second.address, first.address], [TOPIC], limits=QUICK)
        assert [(it.hub, it.state) for it in found.outcomes] == [
            (first.address, "told"),
            (second.address, "refused"),
        ]

    def test_a_password_in_its_address_is_used_and_never_shown(self) -> None:
        with running(takes) as hub:
            (found,) = ping([hub.address.replace("//", "//desk:secret@")], [TOPIC]).outcomes
        assert "authorization: Basic ZGVzazpzZWNyZXQ=" in hub.heads[0].replace(
            "Authorization", "authorization"
        )
        assert found.hub == hub.address

    def test_proxies_are_taken_from_the_environment_only_where_asked_for(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("NO_PROXY", "no_proxy"):
            monkeypatch.delenv(name, raising=False)
        with running(takes) as hub, running(takes) as proxy:
            monkeypatch.setenv("http_proxy", proxy.address.removesuffix("/hub"))
            ping([hub.address], [TOPIC], limits=QUICK)
            assert (len(hub.forms), len(proxy.forms)) == (1, 0)
            ping([hub.address], [TOPIC], limits=QUICK, use_environment=True)
            assert (len(hub.forms), len(proxy.forms)) == (1, 1)


class TestAHubThatBreaksDown:
    """It is tried again."""

    @pytest.mark.parametrize(
        "behaviour",
        [
            answers("500 Internal Server Error"),
            answers("502 Bad Gateway", "Content-Type: text/html", body=b"<html>"),
            answers("503 Service Unavailable", "Retry-After: 0"),
            answers("429 Too Many Requests", "Retry-After: soon"),
            answers("408 Request Timeout"),
            says(b""),
            says(b"HTTP/1.1 "),
            says(b"\x00\xff garbage \r\n\r\n"),
            says(b"220 mail.example ESMTP\r\n"),
            says(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 7\r\n\r\n"),
            says(b"HTTP/1.1 500 X\r\nContent-Length: 99\r\n\r\nhalf of it"),
        ],
    )
    def test_for_a_moment(self, behaviour: Behaviour) -> None:
        found = outcome(behaviour, takes)
        assert (found.state, found.attempts, found.reason) == ("told", 2, "")

    @pytest.mark.parametrize(
        ("behaviour", "reason"),
        [
            (answers("500 Internal Server Error", body=b"out of order"), "it answered 500: out of order"),
            (
                answers("503 X", body=b"\x1b[31m\x07red\nline " + b"x" * 9999),
                "it answered 503: [31m red line xxx",
            ),
            (says(b""), "it closed the connection, or its answer isn't HTTP"),
            (says(b"SSH-2.0-OpenSSH_9.2\r\n"), "it closed the connection, or its answer isn't HTTP"),
        ],
    )
    def test_for_good(self, behaviour: Behaviour, reason: str) -> None:
        found = outcome(behaviour)
        assert (found.state, found.attempts) == ("failed", QUICK.retries + 1)
        assert found.reason.startswith(reason)
        assert len(found.reason) < 300
        assert found.reason.isprintable()

    def test_and_the_other_topics_wait_for_another_time(self) -> None:
        with running(answers("500 X")) as hub:
            found = told(hub, TOPIC, OTHER)
        assert [(it.state, it.attempts) for it in found.outcomes] == [("failed", 3), ("skipped", 0)]
        assert found.outcomes[1].reason == "the hub failed before: it answered 500"
        assert len(hub.forms) == 3

    def test_when_nobody_listens(self) -> None:
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))
            address = f"http://127.0.0.1:{closed.getsockname()[1]}/"
            (found,) = ping([address], [TOPIC], limits=QUICK).outcomes
        assert (found.state, found.attempts) == ("failed", 3)
        assert found.reason.startswith("it can't be reached")

    def test_when_there_is_no_such_host(self) -> None:
        (found,) = ping(["http://hub.invalid/"], [TOPIC], limits=Limits(retries=0)).outcomes
        assert (found.state, found.reason.partition(":")[0]) == ("failed", "it can't be reached")

    def test_pauses_double(self) -> None:
        began = time.monotonic()
        outcome(answers("500 X"), limits=Limits(retries=2, pause=0.1))
        assert 0.3 <= time.monotonic() - began < 5


@pytest.mark.slow
class TestAHubThatAsksForPatience:
    def test_is_given_the_seconds_that_it_asks_for(self) -> None:
        began = time.monotonic()
        found = outcome(answers("429 X", "Retry-After: 1"), takes, limits=Limits(pause=0.01))
        assert (found.state, found.attempts) == ("told", 2)
        assert time.monotonic() - began >= 1

    def test_may_name_a_moment(self) -> None:
        moment = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)
        began = time.monotonic()
        assert (
            outcome(answers("503 X", f"Retry-After: {moment}"), takes, limits=Limits(pause=0.01)).attempts
            == 2
        )
        assert time.monotonic() - began >= 0.9

    @pytest.mark.parametrize("when", ["3600", "99999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT"])
    def test_is_given_up_if_it_asks_for_too_much(self, when: str) -> None:
        found = outcome(answers("429 X", f"Retry-After: {when}"))
        assert (found.state, found.attempts) == ("failed", 1)
        assert found.reason.startswith("it answered 429; the next attempt would be in ")


class TestAHubThatSaysNo:
    """It isn't asked again, and the other topics are told."""

    @pytest.mark.parametrize(
        ("behaviour", "reason"),
        [
            (answers("400 Bad Request", body=b"unknown topic"), "it answered 400: unknown topic"),
            (answers("404 Not Found"), "it answered 404"),
            (
                answers("410 Gone", "Content-Type: image/png", body=b"\x89PNG\r\n"),
                "it answered 410: \ufffdPNG",
            ),
            (answers("413 X", "Content-Encoding: gzip", body=b"no gzip"), "it answered 413: no gzip"),
            (
                answers("301 X", "Location: /new"),
                "it answered 301, a redirect to '/new'; if the hub has moved there",
            ),
            (answers("302 X"), "it answered 302, a redirect without an address"),
            (answers("307 X", "Location: ftp://hub.example/"), ""),
            (answers("308 X", "Location: http://[::1"), ""),
        ],
    )
    def test_at_once(self, behaviour: Behaviour, reason: str) -> None:
        with running(behaviour, takes) as hub:
            found = told(hub, TOPIC, OTHER, limits=Limits(retries=0))
        first = found.outcomes[0]
        assert first.attempts == 1
        assert first.state in ({"refused"} if reason else {"refused", "failed"})
        assert first.reason.startswith(reason)
        assert not reason or found.outcomes[1].state == "told"


class TestAHubThatMoved:
    @pytest.mark.parametrize("status", ["307 Temporary Redirect", "308 Permanent Redirect"])
    def test_is_followed_with_the_form(self, status: str) -> None:
        with running(takes) as new, running(answers(status, f"Location: {new.address}")) as old:
            assert told(old).complete
        assert new.topics == old.topics == [TOPIC]

    def test_may_name_a_place_on_its_own_host(self) -> None:
        with running(answers("308 X", "Location: ../v2/hub"), takes) as hub:
            assert told(hub).complete
        assert hub.heads[1].startswith("POST /v2/hub HTTP/1.1\r\n")

    def test_isnt_followed_in_a_circle(self) -> None:
        with running(answers("307 X", "Location: /hub")) as hub:
            (found,) = told(hub).outcomes
        assert (found.state, found.reason) == ("refused", "it redirects more than 3 times")
        assert len(hub.forms) == 4


@pytest.mark.slow
class TestASlowHub:
    """However it is slow, a request ends in its time."""

    @pytest.mark.parametrize(
        "behaviour",
        [
            lambda _: time.sleep(2),
            drips(b"HTTP/1.1 204 No Content\r\n" + b"X-Slow: yes\r\n" * 99, pause=0.02),
            drips(b"HTTP/1.1 500 X\r\nContent-Length: 999\r\n\r\n" + b"x" * 999, pause=0.02),
        ],
        ids=["silent", "slow head", "slow body"],
    )
    def test_is_given_up(self, behaviour: Behaviour) -> None:
        began = time.monotonic()
        found = outcome(behaviour, limits=Limits(retries=0, timeout=0.3))
        assert (found.state, found.reason) == ("failed", "it took more than 0.3 seconds")
        assert time.monotonic() - began < 8

    def test_is_waited_for_within_the_limit(self) -> None:
        assert outcome(drips(b"HTTP/1.1 204 X\r\n\r\n", pause=0.01)).state == "told"

    def test_that_has_said_yes_neednt_finish(self) -> None:
        slow = drips(b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n" + b"x" * 99, pause=0.005)
        assert outcome(slow, limits=Limits(retries=0, timeout=3.0)).state == "told"

    def test_many_topics_end_in_the_time_for_everything(self) -> None:
        began = time.monotonic()
        with running(lambda _: time.sleep(0.2), drips(b"HTTP/1.1 204 X\r\n\r\n", pause=0.03)) as hub:
            found = told(
                hub, *(f"{TOPIC}?{number}" for number in range(50)), limits=Limits(within=1.0, pause=0.01)
            )
        assert time.monotonic() - began < 6
        assert found.outcomes[-1].state == "skipped"
        assert found.outcomes[-1].reason in {
            "the time limit of 1 seconds was reached",
            next((f"the hub failed before: {it.reason}" for it in found.missed if it.state == "failed"), ""),
        }


class TestAHubThatTalksALot:
    @pytest.mark.parametrize("status", ["200 OK", "403 Forbidden"])
    def test_isnt_listened_to(self, status: str) -> None:
        """Of a gigabyte, a few thousand bytes are read."""
        sent = 0

        def endless(connection: socket.socket) -> None:
            nonlocal sent
            connection.sendall(f"HTTP/1.1 {status}\r\nContent-Length: 1000000000\r\n\r\n".encode())
            while sent < 1_000_000_000:
                sent += connection.send(b"x" * 65536)

        found = outcome(endless)
        assert found.state == ("told" if status == "200 OK" else "refused")
        assert len(found.reason) < 300
        assert sent < 50_000_000

    def test_a_head_without_end_is_none(self) -> None:
        found = outcome(says(b"HTTP/1.1 200 OK\r\n" + b"X-A: y\r\n" * 100_000), limits=Limits(retries=0))
        assert (found.state, found.reason.partition(":")[0]) == (
            "failed",
            "it closed the connection, or its answer isn't HTTP",
        )


class TestTls:
    @pytest.fixture
    def authority(self) -> trustme.CA:
        return trustme.CA()

    @pytest.fixture
    def server(self, authority: trustme.CA) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("127.0.0.1").configure_cert(context)
        return context

    @pytest.fixture
    def trusted(self, authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Make the environment trust the authority."""
        authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))

    @pytest.mark.usefixtures("trusted")
    def test_a_hub_whose_certificate_is_valid_is_told(self, server: ssl.SSLContext) -> None:
        with running(takes, tls=server) as hub:
            assert ping([hub.address], [TOPIC], limits=QUICK, use_environment=True).complete

    @pytest.mark.usefixtures("trusted")
    def test_a_redirect_out_of_it_isnt_followed(self, server: ssl.SSLContext) -> None:
        with (
            running(takes) as plain,
            running(answers("308 X", f"Location: {plain.address}"), tls=server) as hub,
        ):
            (found,) = ping([hub.address], [TOPIC], limits=QUICK, use_environment=True).outcomes
        assert (found.state, found.attempts, plain.forms) == ("refused", 1, [])
        assert found.reason.startswith("it answered 308, a redirect to ")

    def test_a_hub_without_it_is_told_apart(self) -> None:
        with running(answers("400 Bad Request")) as hub:
            (found,) = ping([hub.address.replace("http:", "https:")], [TOPIC], limits=QUICK).outcomes
        assert (found.state, found.attempts) == ("refused", 1)
        assert found.reason == "there is no TLS at this address; try the hub's http:// address"

    def test_a_certificate_that_nobody_vouches_for_is_refused(self, server: ssl.SSLContext) -> None:
        with running(takes, tls=server) as hub:
            (found,) = ping([hub.address], [TOPIC], limits=QUICK).outcomes
            assert hub.forms == []
        assert (found.state, found.attempts) == ("refused", 1)
        assert found.reason.startswith("its TLS certificate isn't valid: ")


#: Answers that begin well, and go on anyhow.
_ANSWERS = st.one_of(
    st.binary(max_size=200),
    st.binary(max_size=200).map(lambda end: b"HTTP/1.1 " + end),
    st.tuples(st.sampled_from([200, 301, 307, 429, 500]), st.binary(max_size=60)).map(
        lambda it: b"HTTP/1.1 %d X\r\nLocation: %b\r\nRetry-After: %b\r\n\r\n" % (it[0], it[1], it[1])
    ),
)


@pytest.mark.slow
@settings(max_examples=60)
@given(data=_ANSWERS)
def test_whatever_a_hub_answers_is_an_outcome(data: bytes) -> None:
    found = outcome(says(data), limits=Limits(retries=0, timeout=5.0))
    assert found.state in {"told", "refused", "failed"}
    assert (found.reason == "") == (found.state == "told")
    assert found.reason.isprintable()


class TestWrongUse:
    @pytest.mark.parametrize("address", ["hub.example", "ftp://hub.example/", ""])
    def test_a_hub_is_a_web_address(self, address: str) -> None:
        with pytest.raises(InvalidValue):
            ping([address], [TOPIC])

    def test_httpx_is_needed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "httpx", None)
        with pytest.raises(MissingExtra, match=re.escape("pip install 'newsroom-feeds[websub]'")):
            ping(["https://hub.example/"], [TOPIC])

    def test_not_inside_an_event_loop(self) -> None:
        async def inside() -> None:
            ping(["https://hub.example/"], [TOPIC])

        with pytest.raises(RuntimeError, match="running event loop"):
            asyncio.run(inside())
