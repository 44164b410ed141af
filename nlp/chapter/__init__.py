"""The report's qualitative chapter, written from what is stored."""

from nlp.chapter.writing import ChapterError, Format, missing, write

__all__ = ["ChapterError", "Format", "missing", "write"]
