"""A FastAPI site whose feeds are written when an article is saved.

python load_report.py
uvicorn app:app

Then send an article to /articles, from the page /docs, and look at /feeds/en/all.rss.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from html import escape
from pathlib import Path
from threading import Event, Thread

from fastapi import FastAPI, HTTPException
from fastapi.responses import HTMLResponse
from pydantic import BaseModel
from sqlalchemy import JSON, UniqueConstraint, select
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from newsfeed.contrib.sqlalchemy import ModelFeeds
from newsfeed.web import asgi_app, gone_from

HERE = Path(__file__).parent
PUBLIC = HERE / "public"

engine = create_async_engine(f"sqlite+aiosqlite:///{HERE / 'cms.db'}")
sessions = async_sessionmaker(engine, expire_on_commit=False)
feeds = ModelFeeds(HERE.parent / "report" / "newsroom.toml", HERE / "news.db", output=PUBLIC)


class Base(DeclarativeBase):
    """The tables."""


class Article(Base):
    """One language edition of a story. Its attributes are named like the fields of an article."""

    __tablename__ = "article"
    __table_args__ = (UniqueConstraint("language", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    language: Mapped[str]
    story: Mapped[str | None]
    slug: Mapped[str]
    title: Mapped[str]
    summary: Mapped[str | None]
    content: Mapped[str | None]
    published: Mapped[datetime]
    authors: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    categories: Mapped[list[str]] = mapped_column(JSON)

    @property
    def url(self) -> str:
        """The path of its page."""
        return f"/{self.language}/{self.slug}"


feeds.register(Article)


class Author(BaseModel):
    """Somebody who writes."""

    name: str


class Draft(BaseModel):
    """What an editor sends."""

    language: str = "en"
    story: str | None = None
    slug: str
    title: str
    summary: str | None = None
    content: str | None = None
    published: datetime
    authors: list[Author] = []
    categories: list[str] = []


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    """Create the tables, and publish articles when they are due."""
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    stop = Event()
    Thread(target=feeds.watch, args=(stop,), daemon=True).start()
    yield
    stop.set()


app = FastAPI(lifespan=lifespan)
app.mount("/feeds", asgi_app(PUBLIC, gone=gone_from(PUBLIC)))


@app.post("/articles", status_code=201)
async def add(draft: Draft) -> int:
    """Save a new article; a site of yours asks who is writing."""
    async with sessions() as session:
        article = Article(**draft.model_dump())
        session.add(article)
        await session.commit()
        return article.id


@app.put("/articles/{number}")
async def edit(number: int, draft: Draft) -> None:
    """Save an article again."""
    async with sessions() as session:
        article = await session.get(Article, number)
        if article is None:
            raise HTTPException(404)
        for name, value in draft.model_dump().items():
            setattr(article, name, value)
        await session.commit()


@app.delete("/articles/{number}")
async def delete(number: int) -> None:
    """Delete an article."""
    async with sessions() as session:
        article = await session.get(Article, number)
        if article is None:
            raise HTTPException(404)
        await session.delete(article)
        await session.commit()


@app.get("/", response_class=HTMLResponse)
async def home() -> str:
    """Show the newest articles."""
    async with sessions() as session:
        newest = await session.scalars(select(Article).order_by(Article.published.desc()).limit(20))
        links = "\n".join(f'<li><a href="{each.url}">{escape(each.title)}</a></li>' for each in newest)
    tags = feeds.store.newsroom().alternate_links(language="en")
    return f"<!doctype html>\n<title>Report</title>\n{tags}\n<h1>Report</h1>\n<ul>\n{links}\n</ul>"
