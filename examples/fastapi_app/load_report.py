"""Loads the articles of examples/report, so that there is something to see. Committing them publishes them, too."""

import asyncio
import json
from datetime import datetime

from app import HERE, Article, Base, engine, feeds, sessions


async def main() -> None:
    """Load them."""
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    lines = (HERE.parent / "report" / "articles.jsonl").read_text("utf-8").splitlines()
    async with sessions() as session:
        for record in map(json.loads, lines):
            article = Article(
                language=record["language"],
                story=record.get("story"),
                slug=record["url"].rpartition("/")[2],
                title=record["title"],
                summary=record.get("summary"),
                content=record.get("content"),
                published=datetime.fromisoformat(record["published"]),
                authors=record.get("authors", []),
                categories=record.get("categories", []),
            )
            session.add(article)
        await session.commit()
    await engine.dispose()
    print(f"{len(lines)} articles loaded, and published to {feeds.output}.")  # noqa: T201


asyncio.run(main())
