"""Questions as Streamlit elements."""

from pages.drawing.form import draw

__all__ = ["draw"]
