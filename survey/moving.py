"""Moving a day along with the first and last day of its study."""

from __future__ import annotations

from datetime import date

Span = tuple[date, date]


def moved(day: date, *, before: Span, after: Span) -> date:
    """Return where a day lies once a study has another first and last day.

    A day nearer to the end keeps its distance from the last day, the others theirs from the first;
    none leaves the study because of it.

    Example:
        >>> june = date(2027, 6, 1), date(2027, 6, 30)
        >>> july = date(2027, 7, 1), date(2027, 7, 10)
        >>> moved(date(2027, 6, 29), before=june, after=july)
        datetime.date(2027, 7, 9)
    """
    inside = before[0] <= day <= before[1]
    late = before[1] - day < day - before[0]
    there = after[1] - (before[1] - day) if late else after[0] + (day - before[0])
    return min(max(there, after[0]), after[1]) if inside else there
