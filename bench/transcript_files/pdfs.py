"""Interviews as PDFs."""

from __future__ import annotations

import random
import re

from bench.transcript_files.truth import UNSPACED, Made, interview


def pdf(language: str, rng: random.Random) -> list[Made]:
    """Write an interview as a PDF of wrapped lines with page numbers."""
    turns = interview(language, rng)
    width = 40 if language in UNSPACED else 78
    lines: list[str] = []
    for turn in turns:
        first, *rest = turn.paragraphs
        for words in (f"{turn.speaker}: {first}", *rest):
            broken = wrapped(words, width, spaced=language not in UNSPACED)
            lines.extend(drawn(line) if language == "ar" else line for line in broken)
    return [Made("pdf: colon", f"{language}.pdf", pdf_of(lines), turns)]


def drawn(line: str) -> str:
    """Put an Arabic line into the order in which its letters are drawn from the left."""
    return "".join(
        run[::-1] if not run[0].isdigit() else run
        for run in reversed(re.findall(r"\d[\d:]*|[^\d]+", line))
    )


def wrapped(text: str, width: int, *, spaced: bool) -> list[str]:
    """Break a paragraph into lines."""
    lines = [""]
    for piece in text.split(" ") if spaced else text:
        glue = " " if spaced and lines[-1] else ""
        if len(lines[-1]) + len(glue) + len(piece) > width:
            lines.append(piece)
        else:
            lines[-1] += glue + piece
    return lines


def pdf_of(lines: list[str], *, height: int = 45) -> bytes:
    """Write lines as a PDF; the font is only named, its character map says what is written."""
    pages = [lines[at : at + height] for at in range(0, len(lines), height)]
    to_unicode = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def "
        "1 begincodespacerange <0000> <FFFF> endcodespacerange "
        "1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end"
    )
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids ["
        + " ".join(f"{6 + 2 * at} 0 R" for at in range(len(pages)))
        + "] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /F /Encoding /Identity-H "
        "/DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /F "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 >>",
        f"<< /Length {len(to_unicode)} >> stream\n{to_unicode}\nendstream",
    ]
    for number, page in enumerate(pages):
        shown = [*page, str(number + 1)]
        drawn = "BT /F 11 Tf 60 780 Td " + " ".join(
            f"<{line.encode('utf-16-be').hex()}> Tj 0 -16 Td" for line in shown
        )
        drawn += " ET"
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            f"/Resources << /Font << /F 3 0 R >> >> /Contents {7 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(drawn)} >> stream\n{drawn}\nendstream")
    out = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("ascii")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return out + (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    ).encode("ascii")
