"""Where the articles of a plan are carried for the last time, so that their entries needn't be kept any longer."""

from newsfeed.plan.plan import Plan

__all__ = ["LastUses"]


class LastUses:
    """The last feed that carries each article, in the order in which feeds are rendered.

    Args:
        plan: The plan of what is published.
    """

    def __init__(self, plan: Plan) -> None:
        self._feeds = tuple(plan.with_parts.values())
        self._positions = {feed.path: position for position, feed in enumerate(self._feeds)}
        self._last = {
            each.rank[1]: position for position, feed in enumerate(self._feeds) for each in feed.carried
        }
        #: How many feeds are over.
        self._over = 0

    def over_before(self, path: str) -> list[str]:
        """Return the own ids of the articles that no feed carries from a path on, but for those returned before."""
        position = self._positions[path]
        over = [
            each.rank[1]
            for number in range(self._over, position)
            for each in self._feeds[number].carried
            if self._last[each.rank[1]] == number
        ]
        self._over = max(self._over, position)
        return over
