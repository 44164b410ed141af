"""What people coded, put together: by code, theme, group, question and time; people as units."""

from nlp.coded.combining import Combination, Nearness, Relation, combined
from nlp.coded.crossing import OF_PEOPLE, OF_TEXTS, Side, cross, person_codes
from nlp.coded.meeting import Meeting, codes_in_theme, meetings, themes_of_code
from nlp.coded.reading import Coded, read_coded

__all__ = [
    "OF_PEOPLE",
    "OF_TEXTS",
    "Coded",
    "Combination",
    "Meeting",
    "Nearness",
    "Relation",
    "Side",
    "codes_in_theme",
    "combined",
    "cross",
    "meetings",
    "person_codes",
    "read_coded",
    "themes_of_code",
]
