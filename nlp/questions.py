"""The research questions of a study, as a theme run takes them."""

from __future__ import annotations

from data.tables import Study
from i18n import DEFAULT_LANGUAGE, best


def guiding(study: Study, language: str = DEFAULT_LANGUAGE) -> list[list[str]]:
    """Return language and text of each research question, for `ThemeSettings.questions`.

    Args:
        study: Whose questions.
        language: In which language where they have it; a question guides in one language only, so
            that it counts once.
    """
    asked = []
    for question in study.design.get("research_questions", []):
        texts = {tag: text for tag, text in question["text"].items() if text.strip()}
        if texts:
            tag = best([language, DEFAULT_LANGUAGE], texts, default=next(iter(texts)))
            asked.append([tag, texts[tag]])
    return asked
