"""Reading .xlsx and .xls files into raw sheets."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from typing import Any

from pyxform.xls2json_backends import xls_value_to_unicode, xlsx_value_to_str

from i18n import say
from survey.xlsform.problems import FormError, whole_file
from survey.xlsform.sources import check_archive
from survey.xlsform.workbook import (
    MAX_COLUMNS,
    SHEETS,
    Allowance,
    Workbook,
    read_sheet,
)

NumberedRows = Iterator[tuple[int, int | None, Sequence[Any]]]


def read_xlsx(content: bytes) -> Workbook:
    """Read the sheets of an .xlsx file that XLSForm knows.

    Raises:
        FormError: It is damaged, too large inside, or declares XML entities.
    """
    from openpyxl.reader.excel import ExcelReader

    check_archive(content)
    try:
        with warnings.catch_warnings():
            # openpyxl warns of drawings and validations it leaves out; they hold no answers.
            warnings.simplefilter("ignore")
            reader = ExcelReader(BytesIO(content), read_only=True, data_only=True)
            reader.read()
            book = reader.wb
            try:
                names = list(book.sheetnames)
                return _collect(names, lambda name: _xlsx_rows(book[name]), _xlsx_text)
            finally:
                book.close()
    except FormError:
        raise
    except Exception as error:  # whatever openpyxl stumbles over, the file is what is wrong
        raise whole_file(say("The file is damaged or is not a spreadsheet.")) from error


def _xlsx_rows(sheet: Any) -> NumberedRows:  # noqa: ANN401 - openpyxl's sheets share no public type
    if not hasattr(sheet, "iter_rows"):  # a sheet that is only a chart
        return
    # Some programs write a wrong size; what is there counts.
    sheet.reset_dimensions()
    for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
        yield number, None, values[:MAX_COLUMNS]


def _xlsx_text(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, str):
        value = value.strip()
        if not value:
            return None
    return str(xlsx_value_to_str(value))


def read_xls(content: bytes) -> Workbook:
    """Read the sheets of an .xls file that XLSForm knows.

    Raises:
        FormError: It is damaged.
    """
    import xlrd

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = xlrd.open_workbook(file_contents=content, on_demand=True, logfile=_Silence())
            try:
                names = list(book.sheet_names())
                return _collect(
                    names,
                    lambda name: _xls_rows(book.sheet_by_name(name)),
                    lambda cell: _xls_text(cell, book.datemode),
                )
            finally:
                book.release_resources()
    except FormError:
        raise
    except Exception as error:  # whatever xlrd stumbles over, the file is what is wrong
        raise whole_file(say("The file is damaged or is not a spreadsheet.")) from error


class _Silence:
    """A log file for xlrd, which otherwise writes its doubts to standard output."""

    def write(self, text: str) -> int:
        """Forget the text."""
        return len(text)

    def flush(self) -> None:
        """There is nothing to flush."""


def _xls_rows(sheet: Any) -> NumberedRows:  # noqa: ANN401 - xlrd has no types
    for place in range(sheet.nrows):
        yield place + 1, None, sheet.row(place)


def _xls_text(cell: Any, datemode: int) -> str | None:  # noqa: ANN401 - xlrd has no types
    value = cell.value
    if isinstance(value, str):
        value = value.strip()
    if value is None or value == "":
        return None
    return str(xls_value_to_unicode(value, cell.ctype, datemode))


def _collect(
    names: list[str],
    rows_of: Callable[[str], NumberedRows],
    text_of: Callable[[Any], str | None],
) -> Workbook:
    allowance = Allowance()
    sheets = {}
    for name in names:
        known = name.strip().lower()
        if known not in SHEETS:
            if len(names) > 1:
                continue
            known = "survey"  # as pyxform does: a file with one sheet is its survey
        sheets[known] = read_sheet(known, rows_of(name), allowance, text_of)
    return Workbook(sheets, names)
