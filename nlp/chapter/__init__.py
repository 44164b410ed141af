"""The report's qualitative chapter, written from what is stored."""

from nlp.chapter.writing import FORMATS, ChapterError, write

__all__ = ["FORMATS", "ChapterError", "write"]
