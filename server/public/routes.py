"""Every address that is open to everybody."""

from __future__ import annotations

from server.public import answering, assets, receipt

routes = [*assets.routes, *receipt.routes, *answering.routes]
