"""The questionnaires that ship: valid XLSForms, complete in their languages, the same in both."""

from pathlib import Path

import pytest
from pyxform.xls2xform import convert

STUDIES = Path(__file__).parents[2] / "studies"
NAMES = ["audience", "budget", "daily", "take", "tasks"]
PATHS = [
    *(STUDIES / "demo" / "questionnaires" / f"{name}.md" for name in NAMES),
    *(
        STUDIES / "my-story" / "questionnaires" / f"{name}.md"
        for name in ("first", "making", "last")
    ),
]
every_one = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
LANGUAGES = ["English (en)", "简体中文 (zh-Hans)", "Deutsch (de)"]


def rows(path: Path, sheet: str) -> list[dict[str, str]]:
    """Read one sheet of a Markdown XLSForm as rows by heading."""
    found: list[dict[str, str]] = []
    current = ""
    headings: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) < 2:
            continue
        if cells[0]:
            current, headings = cells[0], []
        elif current == sheet and not headings:
            headings = cells[1:]
        elif current == sheet:
            found.append(dict(zip(headings, cells[1:], strict=True)))
    return found


@pytest.mark.parametrize("study", ["ai-film-set", "demo"])
def test_every_questionnaire_is_there(study: str) -> None:
    assert sorted(path.stem for path in (STUDIES / study / "questionnaires").iterdir()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_both_studies_ask_the_same(name: str) -> None:
    template, demo = (
        (STUDIES / study / "questionnaires" / f"{name}.md").read_text(encoding="utf-8")
        for study in ("ai-film-set", "demo")
    )
    assert template == demo


@every_one
def test_pyxform_converts_without_a_warning_of_its_own(path: Path) -> None:
    warnings = convert(path).warnings
    # pyxform knows two-letter codes only and complains about the script in zh-Hans.
    assert [text for text in warnings if "简体中文 (zh-Hans)" not in text] == []


@every_one
def test_every_text_is_there_in_every_language(path: Path) -> None:
    for row in rows(path, "survey") + rows(path, "choices"):
        for kind in ("label", "hint", "required_message", "constraint_message"):
            texts = [row.get(f"{kind}::{language}", "") for language in LANGUAGES]
            assert all(texts) or not any(texts), (path.stem, row["name"], kind)
        structural = row.get("type", "").startswith(("end_", "hidden"))
        assert structural or row[f"label::{LANGUAGES[0]}"], (path.stem, row)


@every_one
def test_chinese_is_punctuated_as_chinese_and_says_ni(path: Path) -> None:
    for row in rows(path, "survey") + rows(path, "choices"):
        for heading, text in row.items():
            if "zh-Hans" in heading:
                assert "您" not in text
                assert not set(text) & set(",;:!?()"), text


def test_the_daily_one_asks_little_of_a_tired_person() -> None:
    asked = rows(STUDIES / "demo" / "questionnaires" / "daily.md", "survey")
    assert [row["name"] for row in asked if row["required"] == "yes"] == [
        "mood",
        "sincerity",
        "ai_today",
    ]


def test_estimates_are_worded_as_estimates() -> None:
    folder = STUDIES / "demo" / "questionnaires"
    by_name = {
        row["name"]: row
        for name in ("budget", "tasks")
        for row in rows(folder / f"{name}.md", "survey")
    }
    for name in ("replaced", "replaced_cost", "before"):
        labels = [by_name[name][f"label::{language}"] for language in LANGUAGES]
        assert "your own estimate" in labels[0]
        assert "据你估计" in labels[1]
        assert "deiner Schätzung" in labels[2]
