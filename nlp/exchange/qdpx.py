"""A REFI-QDA project file (.qdpx): `project.qde` and the texts, in one zip archive.

Written after the REFI-QDA standard 1.5, www.qdasoftware.org; see `schema/`.
"""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from i18n import say
from nlp.exchange import limits
from nlp.exchange.counting import Unit
from nlp.exchange.model import Project, Reading
from nlp.exchange.package import Package
from nlp.exchange.project_reading import read_project
from nlp.exchange.project_writing import files_of, project_xml
from nlp.exchange.refusal import ExchangeError

PROJECT = "project.qde"
MOMENT = (1980, 1, 1, 0, 0, 0)
"""Of every file in the archive, so that the same project is the same file."""


def write_qdpx(project: Project, *, unit: Unit = "code points") -> bytes:
    """Write a project as a file; the same project gives the same bytes.

    Args:
        project: What to write.
        unit: What positions are counted in; the standard says code points.
    """
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        files = {PROJECT: project_xml(project, unit=unit), **files_of(project)}
        for name, content in files.items():
            info = ZipInfo(name, MOMENT)
            info.compress_type = ZIP_DEFLATED
            archive.writestr(info, content)
    return target.getvalue()


def read_qdpx(content: bytes, *, unit: Unit | None = None) -> Reading:
    """Read a project file of any program.

    Args:
        content: The file.
        unit: What its positions are counted in, where somebody says so; otherwise found out.

    Raises:
        ExchangeError: It cannot be opened, or it is none.
    """
    package = Package(content)
    names = package.ending(".qde")
    if not names:
        raise ExchangeError(say("This file holds no project of coded texts."))
    part = package.part(names[0], most=limits.PROJECT_BYTES)
    return read_project(part, package, unit=unit)
