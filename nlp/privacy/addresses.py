"""Street addresses, where the shape is clear enough to be one."""

from __future__ import annotations

import re
from collections.abc import Iterator

_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\wÀ-ɏ.'’-]{0,40}"
_TOWN = (
    rf"(?:,?\s+\d{{4,5}}(?:\s?[A-Z]{{2}})?\s+{_CAPITAL}(?:\s(?:am|an der|im|sur|de)\s{_CAPITAL})?)?"
)
_NUMBER = r"\d{1,4}(?:\s?[a-zA-Z](?!\w))?(?:\s?[-–/]\s?\d{1,4})?"
PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        # Königstraße 12a, 10115 Berlin; Keizersgracht 12
        rf"\b{_CAPITAL}(?:straße|strasse|str\.|gasse|allee|platz|damm|ufer|chaussee|straat|gracht|laan|plein|"
        rf"kade|gatan|vägen|gade|vej)\s?{_NUMBER}{_TOWN}",
        rf"\b{_CAPITAL}[\s-](?:Straße|Strasse|Str\.|Allee|Platz|Weg|Gasse|Ring|Damm|Ufer)\s{_NUMBER}{_TOWN}",
        rf"\b[A-ZÄÖÜ][a-zäöüß]{{2,}}(?:weg|ring)\s\d{{1,3}}[a-z]?\b{_TOWN}",
        # 221b Baker Street, London NW1 6XE
        rf"\b\d{{1,5}}[a-zA-Z]?,?\s(?:{_CAPITAL}\s){{1,3}}(?:Street|St\b\.?|Road|Rd\b\.?|Avenue|Ave\b\.?|Lane|Ln\b\.?|"
        rf"Drive|Dr\b\.?|Boulevard|Blvd\b\.?|Court|Square|Terrace|Place|Way)(?:,\s{_CAPITAL}(?:\s[A-Z]{{1,2}}\d[\dA-Z]?"
        rf"\s\d[A-Z]{{2}})?)?",
        # 12 rue de la Paix, 75002 Paris
        rf"\b\d{{1,4}}(?:\s(?:bis|ter))?,?\s(?i:rue|avenue|boulevard|bd|place|chemin|allée|quai|impasse|cours|square)\s"
        rf"(?:(?:de|du|des|la|le|les|aux?)\s|d['’]|l['’])*{_CAPITAL}(?:[\s-]{_CAPITAL}){{0,3}}{_TOWN}",
        # Calle de Alcalá 45; Via Roma, 12; Rua Augusta 100
        rf"\b(?i:calle|c/|avenida|avda\.|av\.|plaza|paseo|rua|via|viale|piazza|corso|largo|praça|travessa|ulica|ul\.|"
        rf"al\.|os\.)\s?(?:(?:de|del|della|dei|do|da|dos|das|la|las|los)\s)*{_CAPITAL}(?:\s(?:(?:de|del|la|di)\s)?"
        rf"{_CAPITAL}){{0,3}},?\s(?:n[.º°]?\s?)?{_NUMBER}{_TOWN}",
        # Atatürk Caddesi No: 5
        rf"\b(?:{_CAPITAL}\s){{1,3}}(?:Caddesi|Cad\.|Sokak|Sokağı|Sok\.|Bulvarı)\s?(?:No:?\s?)?{_NUMBER}",
        # улица Ленина, дом 5, кв. 12
        r"\b(?i:ул\.|улица|улице|улицы|проспект|пр-т|пр\.|переулок|пер\.|набережная|шоссе)\s?[А-ЯЁ][\w-]*(?:\s[А-ЯЁ]"
        r"[\w-]*)?,?\s(?:д\.?\s?|дом\s)?\d{1,4}(?:\s?[а-я](?!\w))?(?:,?\s(?:кв\.?|квартира|корп\.?)\s?\d{1,4})*",
        # 上海市徐汇区淮海中路123号5栋601室; 台北市信義路五段7號
        r"(?:[\u3400-\u9fff]{2,8}(?:省|市|区|區|县|縣|镇|鎮)){0,3}[\u3400-\u9fff]{1,8}?(?:路|街|道|巷|弄|胡同|大道)"
        r"(?:[一二三四五六七八九十\d]{1,3}段)?(?:\d{1,5}弄)?\d{1,5}(?:号|號)"
        r"(?:[院楼樓]|\d{1,4}(?:栋|棟|幢|号楼|號樓|单元|單元|楼|樓|层|層|室|房))*",
        # 東京都渋谷区神南1丁目2番3号; 神南1-2-3
        r"(?:[\u3400-\u9fff]{2,3}[都道府県])?[\u3400-\u9fffァ-ヺー]{1,6}[市区町村][\u3400-\u9fffァ-ヺーヶの]{1,8}"
        r"\d{1,3}(?:丁目\d{1,3}番(?:地)?(?:\d{1,3}号?)?|[-－−]\d{1,3}(?:[-－−]\d{1,4}){0,2})",
        # 서울시 강남구 테헤란로 152
        r"(?:[가-힣]{2,8}(?:시|도|구|군|읍|면|동)\s){1,3}[가-힣\d]{1,10}(?:로|길)\s?\d{1,4}(?:-\d{1,4})?(?:번길\s\d{1,4})?",
        # 99/12 ถนนสุขุมวิท
        r"\d{1,4}/\d{1,4}\s(?:หมู่\s?\d+\s)?(?:ซอย|ถนน)[\u0e00-\u0e7f]+(?:\s(?:แขวง|เขต|ตำบล|อำเภอ)[\u0e00-\u0e7f]+)*",
    )
)


def addresses(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each street address."""
    for pattern in PATTERNS:
        for match in pattern.finditer(text):
            yield match.start(), match.start() + len(match.group().rstrip(" ,.;"))
