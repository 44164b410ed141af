"""An expression worked out over a small document at a known moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from survey.xpath import evaluate

Answer = str | float | bool | list[str]
NOON = datetime(2026, 11, 22, 12, 30, 15, 250_000, tzinfo=UTC)


@pytest.fixture
def work_out() -> Callable[..., Answer]:
    """Return a function of an expression, XML, a context path and a zone."""

    def answer(
        expression: str, xml: str = "<data/>", context: str = "/", zone: str = "UTC"
    ) -> Answer:
        now = NOON.astimezone(ZoneInfo(zone))
        return evaluate(expression, instance=xml, context=context, now=now)

    return answer
