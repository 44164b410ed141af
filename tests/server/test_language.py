"""Streamlit's page says the language it is in."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from server.language import PageLanguage

PAGE = '<!doctype html><html lang="en"><body>日记</body></html>'


async def page(request: Request) -> Response:
    if "if-none-match" in request.headers:
        return Response(status_code=304)
    return HTMLResponse(PAGE, headers={"etag": '"x"'})


async def data(_request: Request) -> Response:
    return JSONResponse({"html": '<html lang="en">'})


client = TestClient(
    Starlette(
        routes=[Route("/", page), Route("/data", data)], middleware=[Middleware(PageLanguage)]
    )
)


def test_the_page_is_in_the_browsers_language() -> None:
    answer = client.get("/", headers={"Accept": "text/html", "Accept-Language": "zh-TW,zh;q=0.9"})
    assert answer.text == PAGE.replace('lang="en"', 'lang="zh-Hans"')
    assert int(answer.headers["content-length"]) == len(answer.content)


def test_an_old_copy_in_another_language_is_not_used_again() -> None:
    answer = client.get(
        "/", headers={"Accept": "text/html", "If-None-Match": '"x"', "Accept-Language": "de"}
    )
    assert answer.status_code == 200
    assert "etag" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"


def test_what_is_no_page_is_left_alone() -> None:
    assert client.get("/data", headers={"Accept": "text/html"}).json() == {
        "html": '<html lang="en">'
    }
    assert client.get("/", headers={"Accept": "*/*"}).text == PAGE
