"""newsfeed."""

from collections.abc import Sequence

from tests.benchmarks.peers.peer import Peer

from newsfeed import Feed

__all__ = ["PEERS"]


def _write(feed: Feed, forms: Sequence[str]) -> list[bytes]:
    return [feed.render(form) for form in forms]


PEERS = (Peer("newsfeed", "newsroom-feeds", ("rss", "atom"), _write),)
