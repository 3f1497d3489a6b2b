"""Functions of a session, run in one of its own on an engine that waits, or on one that runs on asyncio."""

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Engine
from sqlalchemy.orm import Session
from sqlalchemy.util import await_only

__all__ = ["InSession", "in_sessions_of", "out_of_loop"]

_Result = TypeVar("_Result")

#: Calls a function with a session, which is closed afterwards, and returns the result.
InSession = Callable[[Callable[[Any], Any]], Any]


def in_sessions_of(engine: Any) -> InSession:  # noqa: ANN401 - mypy doesn't look at SQLAlchemy
    """Return what runs functions in sessions of an engine.

    Args:
        engine: The engine. If it runs on asyncio, this is called where its event loop runs, and what is returned is
            called in other threads.
    """
    if not engine.dialect.is_async:
        return lambda function: _run(engine, function)
    from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

    loop = asyncio.get_running_loop()

    async def run(function: Callable[[Any], Any]) -> Any:  # noqa: ANN401 - as above
        async with AsyncSession(AsyncEngine(engine), expire_on_commit=False) as session:
            result = await session.run_sync(function)
            await session.commit()
            return result

    return lambda function: asyncio.run_coroutine_threadsafe(run(function), loop).result()


def out_of_loop(engine: Engine, call: Callable[[], _Result]) -> _Result:
    """Call a function that may take long, in a thread if it would keep an event loop from running.

    Args:
        engine: The engine of the session in whose event this is called.
        call: The function.
    """
    if not engine.dialect.is_async:
        return call()
    # SQLAlchemy calls events of an AsyncSession where it can be awaited like this
    result: _Result = await_only(asyncio.to_thread(call))
    return result


def _run(engine: Engine, function: Callable[[Any], Any]) -> Any:  # noqa: ANN401 - as above
    with Session(engine, expire_on_commit=False) as session:
        result = function(session)
        session.commit()
        return result
