"""How commands speak: sentences, and exit status 1 where something is refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from i18n import Refusal


def stop(sentence: str) -> typer.Exit:
    """Say why a command ends here, and return what to raise."""
    typer.echo(sentence, err=True)
    return typer.Exit(1)


@contextmanager
def speaking() -> Iterator[None]:
    """Turn what is refused into sentences and exit status 1."""
    from sqlalchemy.exc import SQLAlchemyError

    from data.database import trouble

    try:
        yield
    except SQLAlchemyError as error:
        raise stop(str(trouble(error))) from error
    except Refusal as refusal:
        raise stop(str(refusal)) from refusal
