"""With which settings a store was used: programs whose settings differ make each other do everything anew."""

import msgspec

from newsfeed.catalog.stored.database.connection import Connection
from newsfeed.catalog.stored.database.facts import fact_of, save_fact

__all__ = ["SettingsHistory", "forget_settings", "save_settings", "settings_history"]

#: So often settings come back before it is reported: somebody who tries something out changes them to and fro, too.
_OFTEN = 2


class SettingsHistory(msgspec.Struct, frozen=True, array_like=True):
    """The settings with which something in a store was made, as digests."""

    current: str = ""
    before: str = ""
    #: How often, one time after the other, the settings before came back.
    returns: int = 0

    @property
    def alternates(self) -> bool:
        """Whether two programs with different settings make it in turns."""
        return self.returns >= _OFTEN

    def followed_by(self, settings: str) -> "SettingsHistory":
        """Return the history after it was made with some settings.

        >>> history = SettingsHistory()
        >>> for settings in ("one", "one", "other", "one"):
        ...     history = history.followed_by(settings)
        >>> history.alternates, history.followed_by("other").alternates, history.followed_by("third").returns
        (False, True, 0)
        """
        if settings == self.current:
            return self
        returns = self.returns + 1 if settings == self.before else 0
        return SettingsHistory(settings, self.current, returns)


_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(SettingsHistory)


def settings_history(connection: Connection, name: str) -> SettingsHistory:
    """Return the settings with which something was made.

    Args:
        connection: The store.
        name: What was made.
    """
    history = fact_of(connection, _fact(name))
    return _DECODER.decode(history) if history else SettingsHistory()


def save_settings(connection: Connection, name: str, settings: str) -> None:
    """Note with which settings something is made, in a transaction."""
    history = settings_history(connection, name).followed_by(settings)
    save_fact(connection, _fact(name), _ENCODER.encode(history).decode())


def forget_settings(connection: Connection, name: str) -> None:
    """Forget with which settings something was made, in a transaction."""
    save_fact(connection, _fact(name), "")


def _fact(name: str) -> str:
    return f"settings of {name}"
