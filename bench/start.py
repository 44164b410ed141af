"""How quickly a newcomer sees the first screen, and how light the web process stays.

`make run` is started in a fresh data folder in a warm environment, a browser waits for the first
screen; then imports and memory of the web process are measured beside its three libraries alone.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import suppress

import psutil
from playwright.sync_api import sync_playwright

from bench.report import report
from settings import ROOT

RUNS = 3
PORT = 8501
LIBRARIES = "import streamlit, sqlmodel, altair"
OURS = "import streamlit_app, pages.navigation, pages.drawing, pages.who"
HEAVY = ("torch", "sentence_transformers", "bertopic", "umap", "hdbscan", "sklearn", "spacy")


def import_seconds(code: str) -> float:
    """Return the median time of an import in a fresh process, the interpreter's start included."""
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-W", "ignore", "-c", code], cwd=ROOT, check=True)
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def heavy_modules(server: psutil.Process) -> int:
    """Count libraries of the heavy kind that the web process has mapped into memory."""
    maps = " ".join(mapped.path for mapped in server.memory_maps())
    return sum(f"/site-packages/{name}/" in maps for name in HEAVY)


def first_screen() -> tuple[float, float, int]:
    """Run `make run` once: seconds to the first screen, its memory in MB, heavy libraries."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page()
        begun = time.perf_counter()
        make = subprocess.Popen(
            ["make", "run"],
            cwd=ROOT,
            env=os.environ | {"DATA_FOLDER": folder, "PUBLIC_URL": f"http://localhost:{PORT}"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait(f"http://localhost:{PORT}/health")
            page.goto(f"http://localhost:{PORT}")
            page.wait_for_selector("h1")
            seconds = time.perf_counter() - begun
            server = _server(make.pid)
            memory = server.memory_info().rss / 2**20
            return seconds, memory, heavy_modules(server)
        finally:
            browser.close()
            for child in psutil.Process(make.pid).children(recursive=True):
                with suppress(psutil.NoSuchProcess):
                    child.terminate()
            make.wait(timeout=30)
            time.sleep(2)


def _wait(address: str) -> None:
    for _ in range(1200):
        with suppress(OSError), urllib.request.urlopen(address):
            return
        time.sleep(0.05)
    raise TimeoutError(address)


def _server(pid: int) -> psutil.Process:
    children = psutil.Process(pid).children(recursive=True)
    return next(child for child in children if "streamlit" in " ".join(child.cmdline()))


def main() -> None:
    """Measure and print the JSON line."""
    assert (ROOT / ".venv").exists(), "run make test once: the environment must be warm"
    seconds, memory, heavy = zip(*(first_screen() for _ in range(RUNS)), strict=True)
    libraries, ours = import_seconds(LIBRARIES), import_seconds(OURS)
    report(
        "start",
        {
            "first_screen_s": round(statistics.median(seconds), 2),
            "import_ratio": round(ours / libraries, 2),
            "memory_mb": round(max(memory)),
            "heavy_libraries": max(heavy),
        },
        {
            "first_screen_s": ("<=", 6),
            "import_ratio": ("<=", 1.5),
            "memory_mb": ("<=", 250),
            "heavy_libraries": ("==", 0),
        },
        baseline={"import_libraries_s": round(libraries, 2), "import_ours_s": round(ours, 2)},
        runs=RUNS,
    )


if __name__ == "__main__":
    main()
