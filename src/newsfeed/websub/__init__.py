"""WebSub for publishers: notify a hub of feeds that have changed.

The hub then fetches those feeds and sends them to their subscribers (W3C WebSub, 2018). The specification doesn't say
how a publisher notifies its hub (§6); all hubs accept the form of PubSubHubbub 0.4, with `hub.mode=publish` and
`hub.url`. Apart from publishing to object storage, nothing else in newsfeed calls the network.
"""

from newsfeed.websub.outcomes import Outcome, PingResult
from newsfeed.websub.pinging import Limits, ping
from newsfeed.websub.topics import topics_of

__all__ = ["Limits", "Outcome", "PingResult", "ping", "topics_of"]
