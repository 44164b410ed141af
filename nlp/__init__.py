"""Understanding: languages, passages, encoders, themes, comparisons, the chapter."""
