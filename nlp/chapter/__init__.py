"""The report's qualitative chapter, written from what is stored."""

from nlp.chapter.writing import ChapterError, Format, Made, make, missing, write

__all__ = ["ChapterError", "Format", "Made", "make", "missing", "write"]
