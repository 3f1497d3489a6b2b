"""What partners require of a feed: data in one module for each partner.

Partners change their requirements. A site can declare a profile of the same name in newsroom.toml, which then
replaces newsfeed's.
"""

from collections.abc import Mapping

from newsfeed.errors import InvalidValue
from newsfeed.model.profile import Profile
from newsfeed.model.rule import FeedRule
from newsfeed.model.site import Site
from newsfeed.profiles import apple_news, flipboard, google, msn, yandex
from newsfeed.text.nearest import did_you_mean

__all__ = ["PROFILES", "profile_named", "profile_of", "profiles_of"]

#: newsfeed's own profiles by name.
PROFILES: Mapping[str, Profile] = {
    room.PROFILE.name: room.PROFILE for room in (apple_news, flipboard, google, msn, yandex)
}


def profiles_of(site: Site | None) -> Mapping[str, Profile]:
    """Return the profiles of a site by name: newsfeed's, and the site's own, which win.

    Raises:
        InvalidValue: If two profiles of the site have the same name.
    """
    own: dict[str, Profile] = {}
    for index, profile in enumerate(site.profiles if site is not None else ()):
        if profile.name in own:
            raise InvalidValue(
                f"{profile.name!r} is also the name of another profile",
                "give each its own name",
                field=f"profiles[{index}].name",
            )
        own[profile.name] = profile
    return {**PROFILES, **own}


def profile_of(rule: FeedRule, site: Site) -> Profile | None:
    """Return the profile that a rule's feeds follow, if any.

    Raises:
        InvalidValue: If there is no profile with that name.
    """
    return profile_named(rule.profile, site) if rule.profile else None


def profile_named(name: str, site: Site | None = None) -> Profile:
    """Return the profile with a name.

    Args:
        name: The name, as in `profile = "msn"`.
        site: The site, for its own profiles.

    Raises:
        InvalidValue: If there is none; the remedy names the nearest.

    >>> profile_named("msn").partner
    'MSN'
    """
    known = profiles_of(site)
    if name not in known:
        raise InvalidValue(f"there is no profile {name!r}", did_you_mean(name, known), field="profile")
    return known[name]
