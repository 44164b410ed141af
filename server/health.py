"""Whether the server can do its work, for whoever watches over it."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from data.database import engine


def _database_answers() -> bool:
    try:
        with engine().connect() as connection:
            connection.execute(text("SELECT 1 FROM study LIMIT 1"))
    except SQLAlchemyError:
        return False
    return True


async def health(_request: Request) -> JSONResponse:
    """Answer 200 when the database answers, else 503."""
    database = await run_in_threadpool(_database_answers)
    return JSONResponse(
        {"status": "ok" if database else "unavailable", "database": database},
        status_code=200 if database else 503,
        headers={"Cache-Control": "no-store"},
    )


routes = [Route("/health", health)]
