"""Keys of other systems by which an article may be a draft, not yet out, or over; any other costs it nothing."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from newsfeed import Place, Site
from newsfeed.model.article_source import ArticleSource
from newsfeed.model.sourced_article import SourcedArticle
from newsfeed.sources.mapping import RecordMapping
from newsfeed.sources.not_public import may_hold_back
from newsfeed.sources.site_articles import read_articles
from newsfeed.sources.source_records import SourceRecord

SITE = Site(title="Report", url="https://report.example/", languages=["en"])
SNOW = {"language": "en", "url": "https://report.example/snow", "published": "2025-12-19T18:24:00Z"}


def record(values: Mapping[str, object]) -> SourceRecord:
    return SourceRecord(values, Place(file="a.json"))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("draft", True),
        ("status", "pending"),
        ("isPublished", False),
        ("publish", False),
        ("listed", False),
        ("unlisted", True),
        ("hide", True),
        ("password", "secret"),
        ("post_password", "secret"),
        ("publish_after", "2099-01-01"),
        ("publishFrom", "2099-01-01"),
        ("live_from", "2099-01-01"),
        ("available-from", "2099-01-01"),
        ("go_live", "2099-01-01"),
        ("scheduled", "2099-01-01"),
        ("not_before", "2099-01-01"),
        ("killed", True),
        ("removed", True),
        ("valid_until", "2020-01-01"),
        ("end date", "2020-01-01"),
        ("wihtdrawn", True),
        ("exipres", "2020-01-01"),
        ("acess", "members"),
        ("acces", "members"),
        ("accesss", "members"),
        ("Access", "members"),
        ("ACCESS", True),
        ("tiers", ["gold"]),
        ("tiers", [{"slug": "gold"}]),
        ("tier", "gold"),
        ("members", True),
        ("audience", "only_paid"),
        ("audience", "paid"),
        ("visibility", "members"),
        ("isAccessibleForFree", False),
        ("isAccessibleForFree", "False"),
        ("is_accessible_for_free", "no"),
        ("is_free", False),
        ("is_free", 0),
        ("isFree", "partly"),
        ("free", "no"),
        ("open_access", False),
        ("access_level", "gold"),
        ("accessLevel", 2),
        ("access_type", "subscriber"),
        ("content_tier", "paid"),
        ("contentTier", "metered"),
        ("is_paid", True),
        ("paid", "yes"),
        ("paid_content", 1),
        ("is_premium", True),
        ("premium_article", True),
        ("paywall_status", "locked"),
        ("requires_subscription", True),
        ("subscription_required", True),
        ("subscriber_only", True),
        ("login_required", True),
        ("requiresLogin", "true"),
        ("registration_required", True),
        ("restricted_to", ["gold"]),
        ("gated", True),
        ("membership_level", "gold"),
        ("required_subscription_plan", "gold"),
        ("conditionsOfAccess", "Subscribers"),
    ],
)
def test_what_may_hold_an_article_back(key: str, value: object) -> None:
    assert may_hold_back(key, value)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("status", "publish"),
        ("draft", False),
        ("password", ""),
        ("scheduled", False),
        ("unlisted", "no"),
        ("killed", 0),
        ("publish", True),
        ("publishDate", "2025-12-19"),
        ("published_at", "2025-12-19"),
        ("hide_title", True),
        ("liveblog", True),
        ("experience", "good"),
        ("exports", 5),
        ("layout", "post"),
        ("tags", ["oil"]),
        ("weight", 5),
        ("acess", "free"),
        ("Access", "public"),
        ("access_level", "Free"),
        ("access_level", 0),
        ("audience", "everyone"),
        ("audience", {"@type": "Audience", "audienceType": "General public"}),
        ("tiers", ["free", "gold"]),
        ("tiers", [{"slug": "free"}, {"slug": "gold"}]),
        ("tiers", []),
        ("visibility", "public"),
        ("visibility", "published"),
        ("isAccessibleForFree", True),
        ("isAccessibleForFree", "True"),
        ("is_free", 1),
        ("is_free", "yes"),
        ("free", ""),
        ("is_paid", False),
        ("paid_content", "no"),
        ("requires_subscription", 0),
        ("login_required", "false"),
        ("accessed", "2025-12-19"),
        ("success", True),
        ("process", "web"),
        ("excess", 3),
        ("prepaid", True),
        ("accessibility", "captions"),
        ("freelancer", "AA"),
        ("subscriber_count", 4),
        ("access_count", 7),
        ("access_token", "x"),
        ("address", "Baku"),
    ],
)
def test_what_costs_nothing(key: str, value: object) -> None:
    assert not may_hold_back(key, value)


@pytest.mark.parametrize("fields", [{}, {"title": "headline"}])
@pytest.mark.parametrize(
    "more",
    [
        {"acess": "members"},
        {"isAccessibleForFree": False},
        {"tiers": ["gold"]},
        {"requires_subscription": True},
    ],
)
def test_an_article_that_may_be_closed_is_left_out_and_reported(
    fields: dict[str, str], more: dict[str, object]
) -> None:
    source = ArticleSource(name="cms", kind="json", files=["a.json"], fields=fields)
    values = {**SNOW, fields.get("title", "title"): "Snow", **more}
    (key,) = more
    (found,) = RecordMapping(source, SITE).articles(record(values))
    assert str(found) == (
        f"a.json: NF107 {key}: this key is unknown, and it may mean that the article isn't public. "
        "Use withdrawn, expires, access or a later published instead, and remove this key."
    )


@pytest.mark.parametrize("blank", [None, "", " ", "\n\t", "\u00a0"])
def test_a_default_stands_for_blank_access(blank: object) -> None:
    source = ArticleSource(name="cms", kind="json", files=["a.json"], defaults={"access": "members"})
    (found,) = RecordMapping(source, SITE).articles(record({**SNOW, "title": "Snow", "access": blank}))
    assert isinstance(found, SourcedArticle)
    assert found.article.access == "members"


@pytest.mark.parametrize(
    ("named", "values", "missing", "meant"),
    [
        ("meta.acess", {"meta": {"access": "members"}}, "meta.acess", "meta.access"),
        ("mta.access", {"meta": {"access": "members"}}, "mta.access", "meta"),
        ("acess", {"access": "members"}, "acess", "access"),
        ("acf.level", {"acf": {"access_level": "gold"}}, "acf.level", "acf.access_level"),
        ("paywal", {"paywall": True}, "paywal", "paywall"),
        ("plan", {"access": "members"}, "plan", "access"),
    ],
)
def test_access_made_of_a_misspelt_name_publishes_nothing(
    named: str, values: dict[str, object], missing: str, meant: str
) -> None:
    source = ArticleSource(name="cms", kind="json", files=["a.json"], fields={"access": named})
    (found,) = RecordMapping(source, SITE).articles(record({**SNOW, "title": "Snow", **values}))
    assert str(found) == (
        f"a.json: NF107 access: the record has no {missing}, so the article may not be for everybody. "
        f"Did you mean {meant!r}? Correct access in [sources.fields]."
    )


@pytest.mark.parametrize(
    "values", [{}, {"meta": None}, {"meta": {}}, {"meta": {"access": None}}, {"meta": {"author": "AA"}}]
)
def test_access_that_a_record_lacks_is_free(values: dict[str, object]) -> None:
    source = ArticleSource(name="cms", kind="json", files=["a.json"], fields={"access": "meta.access"})
    (found,) = RecordMapping(source, SITE).articles(record({**SNOW, "title": "Snow", **values}))
    assert isinstance(found, SourcedArticle)
    assert found.article.access == "free"


def test_what_other_fields_are_made_of_closes_nothing() -> None:
    fields = {"access": "tier", "expires": "expires_at"}
    source = ArticleSource(name="cms", kind="json", files=["a.json"], fields=fields)
    values = {**SNOW, "title": "Snow", "expires_at": "2099-01-01T00:00:00Z"}
    (found,) = RecordMapping(source, SITE).articles(record(values))
    assert isinstance(found, SourcedArticle)


class TestNamesThatNoRecordHas:
    def found(self, folder: Path, records: list[dict[str, object]], **values: Any) -> list[str]:
        rows = [
            {**SNOW, "url": f"https://report.example/{number}", "title": "Snow", **each}
            for number, each in enumerate(records)
        ]
        (folder / "a.json").write_text(json.dumps(rows))
        given: dict[str, Any] = {
            "name": "cms",
            "kind": "json",
            "files": ["a.json"],
            "fields": {"access": "level.of"},
            **values,
        }
        source = ArticleSource(**given)
        site = Site(title="Report", url="https://report.example/", languages=["en"], sources=[source])
        return [str(each) for each in read_articles(site, folder)[1]]

    def test_are_an_error(self, tmp_path: Path) -> None:
        remedy = (
            "so everybody may read all of its articles. Correct access in [sources.fields], "
            'or if that is right, write access = "free" in [sources.defaults].'
        )
        assert self.found(tmp_path, [{}]) == [
            f"a.json: NF107 access: its only record doesn't have level.of, {remedy}"
        ]
        expected = [f"a.json: NF107 access: none of its 10 records has level.of, {remedy}"]
        assert self.found(tmp_path, [{}] * 10) == expected
        assert self.found(tmp_path, [{}] * 10, files=["*.json"]) == expected

    def test_are_none_if_one_record_has_it_or_others_may(self, tmp_path: Path) -> None:
        assert self.found(tmp_path, [{}, {"level": {"of": None}}]) == []
        assert self.found(tmp_path, [{}, {"level": {"of": "gold"}}]) == []
        assert self.found(tmp_path, [{}, {}], files=["*.json"]) == []
        assert self.found(tmp_path, [{}, {}], defaults={"access": "free"}) == []
        assert self.found(tmp_path, []) == []
