"""Every route with every key of the other study in its address and in what is sent."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

import server
from bench.isolating.leaks import Findings
from bench.isolating.viewers import Viewer
from survey import entering

TAKEN = ("response", "interview", "person", "assignment", "invite", "sign_in", "export", "draft")
"""Tables whose keys are tried wherever an address has room for one."""


def routes() -> list[Route]:
    """Return every route of the server, in whatever module it is."""
    found: dict[tuple[str, str], Route] = {}
    for module in pkgutil.walk_packages(server.__path__, "server."):
        named = getattr(import_module(module.name), "routes", [])
        for route in named if isinstance(named, list) else []:  # a module may be called so, too
            for method in route.methods or {"GET"}:
                found[route.path, method] = route
    return list({id(route): route for route in found.values()}.values())


def addresses(route: Route, own: str, rows: dict[str, list[str]]) -> Iterator[str]:
    """Yield the addresses of a route with what belongs to the other study in them.

    A name of a study or link is the first study's own: under the other's it is its public page.
    """
    if not route.param_convertors:
        yield route.path
        return
    name = next(iter(route.param_convertors))
    keys = [key for table in TAKEN for key in rows.get(table, [])[:1]]
    values = {"slug": [own, *keys], "what": ["open", "mark", "unmark", "memo", "undo"]}
    for value in values.get(name, keys):
        yield route.path.split("{")[0] + value + route.path.rpartition("}")[2]


def bodies(rows: dict[str, list[str]]) -> list[dict[str, Any]]:
    """Return what may be sent, with keys of the other study wherever there is room for one."""

    def first(table: str) -> str:
        return rows[table][0]

    return [
        {
            "kind": kind,
            "key": first(table),
            "mark": first("coding"),
            "memo": "mine",
            "codes": [first("code")],
            "marks": [first("coding")],
            "stretches": [{"text": first(table), "mark": "0", "start": 0, "end": 3}],
            "assignment": first("assignment"),
            "day": "2026-06-02",
            "path": "/data/mood",
            "instance": first("response"),
            "value": "mine",
            "revision": 0,
            "code": first("invite"),
            "ticket": first("visit"),
            "receipt": first("visit"),
        }
        for kind, table in (("entry", "response"), ("interview", "interview"))
    ]


def check_routes(
    found: Findings, people: list[Viewer], rows: dict[str, list[str]], *, own: str
) -> None:
    """Ask every route as everybody.

    Args:
        found: Where it is noted.
        people: Who asks.
        rows: Keys of the other study by table.
        own: The slug of the first study.
    """
    known = routes()
    for viewer in people:
        held = {entering.COOKIE: viewer.cookie} if viewer.cookie else {}
        with TestClient(
            Starlette(routes=known), base_url="http://set.example", cookies=held,
            follow_redirects=False, raise_server_exceptions=False,
        ) as client:  # fmt: skip
            for route in known:
                for address in addresses(route, own, rows):
                    for method in sorted((route.methods or {"GET"}) - {"HEAD"}):
                        if address == "/leave" and method == "POST":
                            continue  # it would sign the viewer out, which is no question here
                        _ask(client, method, address, viewer=viewer, found=found, rows=rows)


def _ask(
    client: TestClient,
    method: str,
    address: str,
    *,
    viewer: Viewer,
    found: Findings,
    rows: dict[str, list[str]],
) -> None:
    tried: list[dict[str, Any]] = [{}]
    if method != "GET":
        tried = [{name: body} for body in bodies(rows) for name in ("json", "data")]
    for sent in tried:
        answer = client.request(method, address, **sent)
        what = f"{method} {address} as {viewer.name}"
        said = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
        found.look("routes", what, said.encode() + b"\n\n" + answer.content)
        if answer.status_code >= 500:
            found.crashes.append(f"{what}: {answer.status_code}")
