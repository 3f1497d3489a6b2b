"""feedgenerator, Django's without Django."""

import feedgenerator
from tests.benchmarks.peers.django_style import writers
from tests.benchmarks.peers.peer import Peer, one_by_one

__all__ = ["PEERS"]

PEERS = (
    Peer(
        "feedgenerator",
        "feedgenerator",
        ("rss", "atom"),
        one_by_one(writers(feedgenerator, knows_content=True)),
    ),
)
