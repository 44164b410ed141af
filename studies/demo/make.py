"""Write the month of the invented study: its responses and the truth they were written with.

Every sentence comes from `stock/` (one file a language, thoughts under their themes); `plan.toml`
says how often a theme comes up for whom and what is different by design; the seed in it decides who
writes what when. Run from the project's folder with `python -m studies.demo.make`; what it writes
is kept in version control, and a test checks that running it again gives the same files. It reads
`people.csv` and writes `responses/*.jsonl` and `truth.toml`.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

from studies.demo.writing.daily import daily
from studies.demo.writing.logs import budget, takes, tasks
from studies.demo.writing.month import Month
from studies.demo.writing.stock import HERE
from studies.demo.writing.truth import truth


def make(folder: Path) -> None:
    """Write the responses and the truth into a folder, which is made where it does not exist."""
    plan = tomllib.loads((HERE / "stock" / "plan.toml").read_text(encoding="utf-8"))
    logs = tomllib.loads((HERE / "stock" / "logs.toml").read_text(encoding="utf-8"))
    month = Month(plan, logs)
    written = {"daily": daily, "take": takes, "budget": budget, "tasks": tasks}
    (folder / "responses").mkdir(parents=True, exist_ok=True)
    for name, write in written.items():
        rows = sorted(write(month), key=lambda row: (row["day"], row["person"]))
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / "responses" / f"{name}.jsonl").write_text(text, encoding="utf-8")
    (folder / "truth.toml").write_text(truth(month), encoding="utf-8")


if __name__ == "__main__":
    make(HERE)
