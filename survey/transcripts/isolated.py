"""PDF and Excel files are opened in a process of their own, with bounded time and memory.

Both formats can ask for any amount of work (cycles, deep nesting, bombs in streams), and neither
library can be stopped from outside. A process can.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from i18n import say
from survey.transcripts import limits
from survey.transcripts.model import TranscriptError

_OPENER = Path(__file__).with_name("opener.py")


def open_apart(filename: str, kind: str, content: bytes) -> dict[str, Any]:
    """Return what `opener` found.

    Args:
        filename: For errors.
        kind: `pdf`, `xlsx` or `xls`.
        content: The file.

    Raises:
        TranscriptError: If the file is damaged, encrypted, too large or takes too long.
    """
    command = [
        *(sys.executable, "-I", str(_OPENER), kind),
        *(str(limits.ISOLATED_BYTES), str(limits.ISOLATED_SECONDS)),
    ]
    try:
        done = subprocess.run(  # noqa: S603 - our own script; the file is only its input
            command,
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.ISOLATED_SECONDS,
            check=False,
        )
        answer = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        raise TranscriptError(
            say("{file} takes too long to open; it may be damaged.", file=filename)
        ) from None
    except ValueError:  # it ended without an answer: out of memory or of time
        answer = {"problem": "damaged"}
    problem = answer.get("problem") if isinstance(answer, dict) else "damaged"
    if problem == "encrypted":
        raise TranscriptError(say("{file} is protected by a password.", file=filename))
    if problem == "large":
        raise TranscriptError(say("{file} holds far more than an interview.", file=filename))
    if problem:
        raise TranscriptError(say("{file} is damaged and cannot be opened.", file=filename))
    return dict(answer)
