"""What partners ask of a feed: a file for each partner, which declares its `PROFILE`.

A file in this folder is found by its being there, and plug-ins add profiles through entry points of the group
`newsfeed.profiles`. Partners change their minds: a profile of the same name in a site's newsroom.toml comes first.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules

from newsfeed.errors import InvalidValue
from newsfeed.model.profile import Profile
from newsfeed.model.registry import Registry
from newsfeed.model.rule import FeedRule
from newsfeed.model.site import Site
from newsfeed.text.nearest import did_you_mean

__all__ = ["PROFILES", "profile_named", "profile_of"]


def _in_this_folder() -> Iterator[Profile]:
    for found in iter_modules(__path__):
        yield import_module(f"{__name__}.{found.name}").PROFILE


#: The profiles of partners by name: newsfeed's own, and those of plug-ins.
PROFILES = Registry("newsfeed.profiles", Profile, _in_this_folder)


def profile_of(rule: FeedRule, site: Site) -> Profile | None:
    """Return the profile that a rule's feeds follow; None without one.

    Raises:
        InvalidValue: No profile has that name.
        InvalidPlugin: A plug-in's profile can't be used.
    """
    return profile_named(rule.profile, site) if rule.profile else None


def profile_named(name: str, site: Site | None = None) -> Profile:
    """Return the profile of a name.

    Args:
        name: The name, as in `profile = "msn"`.
        site: A site with profiles of its own, which come first.

    Raises:
        InvalidValue: No profile has that name, or two of the site's have one name.
        InvalidPlugin: A plug-in's profile can't be used.

    >>> profile_named("msn").partner
    'MSN'
    """
    of_site = _profiles_of(site) if site is not None else {}
    if name in of_site:
        return of_site[name]
    if name not in PROFILES:
        remedy = did_you_mean(name, [*of_site, *PROFILES])
        raise InvalidValue(f"there is no profile {name!r}", remedy, field="profile")
    return PROFILES[name]


def _profiles_of(site: Site) -> Mapping[str, Profile]:
    """Return a site's own profiles by name.

    Raises:
        InvalidValue: Two of them have one name.
    """
    own: dict[str, Profile] = {}
    for index, profile in enumerate(site.profiles):
        if profile.name in own:
            raise InvalidValue(
                f"{profile.name!r} is also the name of another profile",
                "give each its own name",
                field=f"profiles[{index}].name",
            )
        own[profile.name] = profile
    return own
