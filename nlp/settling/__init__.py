"""What several coders marked in the same texts: how far they agree, and settling where they differ.

The unit is a passage: one thought, as texts are cut for the themes; a text that was not cut yet is
taken sentence by sentence. Only texts count that at least two coders have finished, and of these
only passages in which at least one of them marked anything: long stretches that nobody marked would
make agreement look better than it is.
"""

from nlp.settling.comparing import CodeAgreement, by_code
from nlp.settling.deciding import decide, take_over, talk
from nlp.settling.differing import Difference, differences, unsettled

__all__ = [
    "CodeAgreement",
    "Difference",
    "by_code",
    "decide",
    "differences",
    "take_over",
    "talk",
    "unsettled",
]
