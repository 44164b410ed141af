"""What reports of qualitative research are asked to say, and where the chapter says it.

The items are those of COREQ (Tong, Sainsbury and Craig 2007, International Journal for Quality in
Health Care 19(6)) and SRQR (O'Brien, Harris, Beckman, Reed and Cook 2014, Academic Medicine 89(9)),
named by their topics.
"""

from __future__ import annotations

from dataclasses import dataclass

from i18n import Message, say


@dataclass(frozen=True)
class Item:
    """One item: its number, its topic, and the heading under which the chapter answers it.

    `where` is None where only the authors can answer: it is left to them, never invented.
    """

    number: str
    topic: Message
    where: Message | None = None


BASIS = say("What this chapter rests on")
THEMES = say("Themes")
METHOD = say("How it was done")
ABOUT = say("About this study")
LIMITS = say("What this cannot say")
APPENDIX = say("Appendix")
MINOR = say("Minor themes and single voices")

COREQ = (
    Item("1", say("Interviewer")),
    Item("2", say("Credentials")),
    Item("3", say("Occupation")),
    Item("4", say("Gender")),
    Item("5", say("Experience and training")),
    Item("6", say("Relationship established"), ABOUT),
    Item("7", say("What participants knew of the interviewer")),
    Item("8", say("Interviewer characteristics"), ABOUT),
    Item("9", say("Methodological orientation"), METHOD),
    Item("10", say("Sampling")),
    Item("11", say("Method of approach")),
    Item("12", say("Sample size"), BASIS),
    Item("13", say("Non-participation"), BASIS),
    Item("14", say("Setting of data collection")),
    Item("15", say("Presence of others")),
    Item("16", say("Description of sample"), BASIS),
    Item("17", say("Interview guide"), APPENDIX),
    Item("18", say("Repeat interviews")),
    Item("19", say("Recording")),
    Item("20", say("Field notes")),
    Item("21", say("Duration")),
    Item("22", say("Data saturation")),
    Item("23", say("Transcripts returned")),
    Item("24", say("Number of coders"), ABOUT),
    Item("25", say("Description of the coding tree"), THEMES),
    Item("26", say("Derivation of themes"), METHOD),
    Item("27", say("Software"), APPENDIX),
    Item("28", say("Participant checking")),
    Item("29", say("Quotations presented"), THEMES),
    Item("30", say("Data and findings consistent"), THEMES),
    Item("31", say("Clarity of major themes"), THEMES),
    Item("32", say("Clarity of minor themes"), MINOR),
)
SRQR = (
    Item("S1", say("Title")),
    Item("S2", say("Abstract")),
    Item("S3", say("Problem formulation")),
    Item("S4", say("Purpose or research question"), THEMES),
    Item("S5", say("Approach and paradigm"), METHOD),
    Item("S6", say("Researcher characteristics and reflexivity"), ABOUT),
    Item("S7", say("Context")),
    Item("S8", say("Sampling strategy")),
    Item("S9", say("Ethical issues"), ABOUT),
    Item("S10", say("Data collection methods"), BASIS),
    Item("S11", say("Data collection instruments"), APPENDIX),
    Item("S12", say("Units of study"), BASIS),
    Item("S13", say("Data processing"), METHOD),
    Item("S14", say("Data analysis"), METHOD),
    Item("S15", say("Techniques to enhance trustworthiness"), APPENDIX),
    Item("S16", say("Synthesis and interpretation"), THEMES),
    Item("S17", say("Links to empirical data"), THEMES),
    Item("S18", say("Integration with prior work")),
    Item("S19", say("Limitations"), LIMITS),
    Item("S20", say("Conflicts of interest")),
    Item("S21", say("Funding"), ABOUT),
)
