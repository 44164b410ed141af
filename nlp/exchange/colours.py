"""Colours of codes: ours have names and come from the look, others write red, green and blue."""

from __future__ import annotations

from nlp.coding.codebook import COLOURS


def written(name: str) -> str:
    """Return a colour as other programs write it; empty where there is none of that name."""
    return dict(zip(COLOURS, _series(), strict=True)).get(name, "")


def nearest(colour: str) -> str:
    """Return the name of our colour that is closest to one written as `#rrggbb`."""
    if not colour:
        return COLOURS[-1]
    wanted = _parts(colour)
    distances = [
        sum((one - other) ** 2 for one, other in zip(wanted, _parts(each), strict=True))
        for each in _series()
    ]
    return COLOURS[distances.index(min(distances))]


def _series() -> tuple[str, ...]:
    from nlp.charts.look import LIGHT

    return tuple(colour.lower() for colour in LIGHT.series)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
