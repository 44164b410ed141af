"""The rules of the house that no linter can see."""

from __future__ import annotations

import ast
import json
import subprocess
import sys

from settings import ROOT

HEAVY = {
    "torch", "sentence_transformers", "bertopic", "umap", "hdbscan", "sklearn", "spacy",
}  # fmt: skip
LOAD = """
import json, sys, runpy, pathlib
import streamlit_app
for file in sorted(pathlib.Path("pages").rglob("*.py")):
    compile(file.read_text(encoding="utf-8"), str(file), "exec")
import pages.navigation, pages.who, pages.words, pages.drawing, pages.waiting
import pages.researcher.findings, pages.researcher.showing
import nlp.quoting, nlp.searching, nlp.memos, nlp.results, nlp.chapter, nlp.charts, nlp.compare, nlp.chapter.differences
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def test_the_web_process_loads_nothing_heavy() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", LOAD],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert HEAVY.isdisjoint(json.loads(done.stdout.splitlines()[-1]))


def test_no_file_is_a_grab_bag() -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "*.py"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    bad = [
        path
        for path in tracked
        if path.rpartition("/")[2] in {"utils.py", "helpers.py", "common.py"}
    ]
    assert bad == []


def test_every_screen_asks_for_a_role_first() -> None:
    for role in ("participant", "interviewer", "researcher", "coordinator"):
        from pages import navigation

        screens = [
            screen
            for screen in vars(navigation).values()
            if isinstance(screen, navigation.Screen) and screen.file.startswith(role)
        ]
        assert screens
        for screen in screens:
            source = (ROOT / "pages" / screen.file).read_text(encoding="utf-8")
            body = source.split("\nme = require_role(")
            assert len(body) == 2, screen.file
            assert "st." not in body[0].split('"""', 2)[2], screen.file


def test_settings_and_i18n_import_nothing_of_ours() -> None:
    ours = {"pages", "server", "jobs", "nlp", "survey", "data"}
    for name in ("settings.py", "i18n.py"):
        tree = ast.parse((ROOT / name).read_text(encoding="utf-8"))
        imported = {
            (node.module or "") if isinstance(node, ast.ImportFrom) else node.names[0].name
            for node in ast.walk(tree)
            if isinstance(node, ast.Import | ast.ImportFrom)
        }
        assert ours.isdisjoint(module.partition(".")[0] for module in imported)
