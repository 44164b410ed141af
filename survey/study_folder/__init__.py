"""A study as a folder: what is in it, reading it, and making a study of it."""

from survey.study_folder.checking import read_study
from survey.study_folder.files import StudyFolderError
from survey.study_folder.importing import import_study
from survey.study_folder.reading import StudyFolder
from survey.study_folder.templates import Template, begin, templates

__all__ = [
    "StudyFolder",
    "StudyFolderError",
    "Template",
    "begin",
    "import_study",
    "read_study",
    "templates",
]
