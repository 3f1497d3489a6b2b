"""WebSub for publishers: telling a hub which feeds have changed. But for stores, nothing else calls the network.

The hub then fetches those feeds and hands them on to whoever has subscribed to them (W3C WebSub, 2018). How a
publisher tells its hub is left open there (§6); every hub takes what PubSubHubbub 0.4 has for it, a form with
`hub.mode=publish` and `hub.url`.
"""

from newsfeed.websub.outcomes import Outcome, Told
from newsfeed.websub.pinging import Limits, ping
from newsfeed.websub.topics import topics_of

__all__ = ["Limits", "Outcome", "Told", "ping", "topics_of"]
