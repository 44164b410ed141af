"""Every address that is open to everybody."""

from __future__ import annotations

from server.public import answering, assets, kiosk, receipt, wall

routes = [*assets.routes, *receipt.routes, *answering.routes, *kiosk.routes, *wall.routes]
