"""Words that end in a full stop without ending a sentence, in the languages a study may meet.

Words that are also common words of another language ("no", "art", "max") are left out: texts mix
languages, and a missed sentence end is worse than a sentence parted after an abbreviation.
"""

from __future__ import annotations

# Lower case, without the last stop.
_ALWAYS = (
    # English
    "mr mrs ms mx dr prof sr jr st rev hon gen capt lt sgt messrs mt vs e.g i.e cf approx dept fig "
    "figs vol pp eds inc ltd co corp u.s u.k a.m p.m feb aug sept oct nov dec blvd ph.d b.a m.a "
    # German
    "bzw z.b d.h u.a o.ä u.ä i.d.r z.t v.a s.o s.u ca evtl ggf inkl exkl nr hr hrn fr frl str abs "
    "bd bzgl dipl ing gegr geb hrsg jh jhd mio mrd mwst sog spez tel usf vgl vorm zz zzt zzgl allg "
    "bspw etw entspr d.i m.e u.u o.g g.z "
    # French
    "m mm mme mmes mlle mlles mgr bd boul env p.ex c.-à-d chap éd rens "
    # Spanish, Portuguese, Italian
    "sra srta sres sras srs dra drs ud uds vd vds d dña avda pág págs p.ej ee.uu núm tfno aprox "
    "exmo exma av apto sigg dott dott.ssa prof.ssa avv geom pag "
    # Dutch, Polish, Turkish, Nordic
    "dhr mevr mw mevr bijv d.w.z o.a m.b.t i.v.m t.a.v m.a.w blz resp zgn ul tj tzn np wg godz tys "
    "mln mld zob m.in p.o bkz örn doç yrd t.ex bl.a d.v.s m.fl f.eks f.d "
    # Russian and Ukrainian
    "гг т.е т.д т.п т.к т.н др пр см ср напр ул кв корп стр руб коп тыс млн млрд гр им проф акад"
)
# These do end a sentence when a capital letter follows.
_SOMETIMES = "etc usw u.s.w p.m a.m inc ltd co corp jr sr itp itd enz ecc vb др т.д т.п пр ph.d"

# These end no sentence when a number follows, and are words otherwise.
_BEFORE_NUMBERS = "ok no nos art max min kl cap ab abb fig tab s p st col bl str circa about nr"

BEFORE_NUMBERS = frozenset(_BEFORE_NUMBERS.split())
ALWAYS = frozenset(_ALWAYS.split())
SOMETIMES = frozenset(_SOMETIMES.split())

# Languages in which a number and a stop is an ordinal: "am 3. Mai", "2. sezon".
ORDINAL_LANGUAGES = frozenset(
    {"cs", "da", "de", "fi", "hr", "hu", "nb", "nn", "no", "pl", "sk", "sl", "tr"}
)
