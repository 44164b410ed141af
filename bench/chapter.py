"""How long the demo's chapter takes, in each language and format.

The demo is loaded and its themes are found once; then the chapter is written in every format and in
both languages. Where LibreOffice is installed, the Word file is opened with it and turned into
pages, which are counted. Run `python -m bench.chapter`; about a minute.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import get_args

from bench.report import report
from settings import ROOT

LANGUAGES = ("en", "zh-Hans")


def main() -> None:
    """Load, find, write, open."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ |= {"DATA_FOLDER": name, "DATABASE_URL": f"sqlite:///{folder}/bench.db"}
        from data.database import engine, migrate, open_session
        from nlp.analysis import analyse
        from nlp.chapter import Format, write
        from survey.study_folder import import_study, read_study

        migrate()
        with open_session() as session:
            study = import_study(read_study(ROOT / "studies" / "demo"), session=session)
            session.commit()
            analyse(study_id=study.id, session=session, tell=lambda *_: None)
            session.commit()
            seconds = {}
            for language in LANGUAGES:
                for form in get_args(Format):
                    start = time.perf_counter()
                    content = write("demo", session=session, format=form, language=language)
                    session.commit()
                    seconds[f"{form}_{language}_s"] = round(time.perf_counter() - start, 2)
                    (folder / f"{language}.{form}").write_bytes(content)
        engine().dispose()
        pages = {f"pages_{language}": _pages(folder / f"{language}.docx") for language in LANGUAGES}
    report(
        "chapter",
        {"slowest_s": max(seconds.values()), **seconds, **{k: v for k, v in pages.items() if v}},
        {"slowest_s": ("<=", 20)},
    )


def _pages(file: Path) -> int:
    """Turn a Word file into pages with LibreOffice and count them; 0 where it is not installed."""
    office = shutil.which("soffice")
    if office is None:
        return 0
    subprocess.run(
        [office, "--headless", "--convert-to", "pdf", "--outdir", str(file.parent), str(file)],
        check=True,
        capture_output=True,
    )
    return len(re.findall(rb"/Type\s*/Page\b", file.with_suffix(".pdf").read_bytes()))


if __name__ == "__main__":
    main()
