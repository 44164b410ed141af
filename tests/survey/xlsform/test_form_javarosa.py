"""ODK Validate, built on JavaRosa, agrees on which questionnaires are valid."""

import shutil
import warnings
from pathlib import Path

import pytest
from pyxform.errors import PyXFormError
from pyxform.validators.odk_validate import ODKValidateError
from pyxform.xls2xform import convert

from survey.xlsform import FormError, load

FILES = sorted((Path(__file__).parents[4] / "shared" / "benchmarks" / "xlsforms").glob("*"))
COLUMNS = "type | name | label | relevant | calculation | required | readonly | repeat_count"
FORMS = {
    "relevant to each other": "text | a | A | ${b} = 'x' \n text | b | B | ${a} = 'x'",
    "relevant to itself": "text | a | A | ${a} = 'x'",
    "worked out of itself": "integer | a | A | | . + 1",
    "required by itself": "text | a | A | | | ${a} = ''",
    "read-only by itself": "text | a | A | | | | ${a} != ''",
    "group asked by its child": "begin group | g | G | ${a} = 'x' \n text | a | A \n end group",
    "circle of calculations": "calculate | a | | | ${b} + 1 \n calculate | b | | | ${a} + 1",
    "unknown function": "calculate | a | | | nonsense(1)",
    "too few arguments": "calculate | a | | | selected(1)",
    "no such path": "calculate | a | | | /data/nothing + 1",
    "turns counted by themselves": "begin repeat | r | R | | | | | count(${r}) \n text | a | A \n end repeat",
    "sum of the neighbours": "begin repeat | r | R \n integer | a | A \n calculate | s | | | sum(${r}/a) \n end repeat",
    "sum of itself": "begin repeat | r | R \n calculate | s | | | sum(../../r/s) \n end repeat",
    "no such list": "calculate | a | | | instance('zz')/root/item[name='x']/label",
}


def form(rows: str) -> bytes:
    lines = "\n".join(f"| | {row.strip()} {'|' * (8 - row.count('|'))}" for row in rows.split("\n"))
    return f"| survey |\n| | {COLUMNS} |\n{lines}\n".encode()


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("java") is None, reason="ODK Validate needs Java")
@pytest.mark.parametrize("name", FORMS)
def test_odk_validate_agrees(name: str) -> None:
    content = form(FORMS[name])
    assert ours(content, ".md") == theirs(content, ".md")


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("java") is None, reason="ODK Validate needs Java")
@pytest.mark.skipif(not FILES, reason="the benchmark questionnaires are not here")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_odk_validate_agrees_about_real_questionnaires(path: Path) -> None:
    content = path.read_bytes()
    assert ours(content, path.suffix) == theirs(content, path.suffix)


def ours(content: bytes, file_type: str) -> bool:
    try:
        load(content, file_type=file_type)
    except FormError:
        return False
    return True


def theirs(content: bytes, file_type: str) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the pipes pyxform leaves open
        try:
            convert(content, file_type=file_type, validate=True)
        except (PyXFormError, ODKValidateError):
            return False
    return True
