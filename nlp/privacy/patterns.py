"""What identifies a person without being a name: addresses, numbers, links, handles.

The patterns are read on the original text. They are general shapes with plausibility checks, not
validators: a wrongly copied identity number is still one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Found(NamedTuple):
    """A stretch of the text, in code points, and what it is."""

    start: int
    end: int
    kind: str


CUE = re.compile(
    r"(?:\b(?:tel|telefon\w*|telephone|phone|mobile|mobil\w*|cell|call(?:ed)?|fax|handy\w*|"
    r"whatsapp|wechat|"
    r"ruf\w*|nummer|number|t[ée]l[ée]phone|tel[ée]fono|m[óo]vil|celular|telefone|"
    r"telefonnummer|numer|numara\w*|"
    r"cep|signal|sms|тел\w*|номер\w*|звони\w*)|电话|手机|電話|手機|携帯|号码|號碼|微信|전화|"
    r"번호|휴대폰|โทร|"
    r"เบอร์|هاتف|الهاتف|رقم|फ़ोन|फोन|नंबर|मोबाइल)[^\n\d+]{0,16}$",
    re.IGNORECASE,
)
ID_CUE = re.compile(
    r"(?:\b(?:passport|pass(?:nummer|-?nr)|reisepass\w*|ausweis\w*|personalausweis\w*|id|"
    r"identit\w*|"
    r"national insurance|social security|ssn|steuer-?(?:id|nummer)|nif|dni|curp|cpf|bsn|pesel|"
    r"kimlik|"
    r"passeport|pasaporte|passaporto|paszport\w*|pasaport|паспорт\w*|инн|снилс|aadhaar|"
    r"matricule)|"
    r"护照\w*|護照\w*|身份证\w*|身分證\w*|パスポート|旅券|マイナンバー|여권|주민등록번호|"
    r"หนังสือเดินทาง|"
    r"บัตรประชาชน|جواز|هوية|पासपोर्ट|आधार)[^\n\d]{0,14}$",
    re.IGNORECASE,
)
EMAIL = re.compile(
    r"(?<![\w.+-])[A-Za-z0-9_À-ɏ][\w.+'-]{0,63}\s?(?:@|＠|\(at\)|\[at\])\s?"
    r"(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24}(?![A-Za-z0-9])",
    re.ASCII,
)
LINK = re.compile(
    r"(?:https?|"
    r"ftp)://[^\s<>\"'“”‘’「」『』【】（）。，、；！？\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]+"
    r"|"
    r"(?<![\w@.])www\.[A-Za-z0-9-]+\.[^\s<>\"'“”。，、；！？（）\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]+"
    r"|(?<![\w@.-])(?:[a-z0-9-]{1,63}\.){1,4}(?:com|org|net|io|cn|de|edu|gov|info|app|dev|ai|"
    r"tv|fr|jp|kr|uk|ru|"
    r"eu|co|me)(?:/[^\s<>\"'“”。，、；！？（）\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]*|"
    r"(?![\w.-]))",
    re.IGNORECASE,
)
HANDLE = re.compile(
    r"(?<![\w@.])[@＠](?=[\w.]*[A-Za-z_])[A-Za-z0-9_][A-Za-z0-9_.]{1,30}(?<!\.)"
    r"|(?<![\w@])[@＠][\u3400-\u9fff\u3040-\u30ff\uac00-\ud7a3][\w-]{1,14}(?=[\s:：,，。]|$)"
    r"|(?<!\w)[\w.]{2,32}#\d{4}(?!\w)"
)
ACCOUNT = re.compile(
    r"(?:\b(?:wechat|weixin|qq|instagram|insta|telegram|snapchat|tiktok|line|kakao(?:talk)?|"
    r"discord|skype)"
    r"|微信号?|微信號?|QQ号?|抖音号?|小红书号?)(?: ?(?:id|ID|号|號|name))?(?:[:：]\s?|"
    r"\s(?=\S*[\d_]))"
    r"(?P<name>[A-Za-z0-9][A-Za-z0-9_.-]{3,29}(?<![.-]))",
    re.IGNORECASE,
)
IDENTITY = re.compile(
    r"(?<![\dA-Za-z])(?:"
    r"[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]"  # China
    r"|\d{6}-?[1-8]\d{6}(?!\d)(?<=-\d{7})"  # Korea
    r"|\d{3}-\d{2}-\d{4}"  # United States
    r"|\d{3}\.\d{3}\.\d{3}-\d{2}"  # Brazil
    r"|[12] \d{2} \d{2} \d{2} \d{3} \d{3}(?: \d{2})?"  # France
    r"|[12]\d{2}(?:0[1-9]|1[0-2])\d{8}(?:\d{2})?"
    r"|\d{8}-?[A-HJ-NP-TV-Z]|[XYZ]-?\d{7}-?[A-Z]"  # Spain
    r"|[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]"  # Italy
    r"|[A-Z][12]\d{8}|[A-Z]{1,2}\d{6}\([\dA]\)"  # Taiwan, Hong Kong
    r"|[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]"  # United Kingdom
    r"|\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{4}"  # a bank card
    r"|\d{4} \d{4} \d{4}"  # India
    r"|[A-Z]{1,2}\d{7,9}"  # passports
    r"|[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?"  # IBAN
    r")(?![\dA-Za-z])"
)
LOOSE_IDENTITY = re.compile(
    r"(?<![\dA-Za-z])(?=(?:[A-Z -]{0,9}\d){4})[A-Z0-9][A-Z0-9 -]{4,17}[A-Z0-9](?![\dA-Za-z])"
)
PHONE = re.compile(
    r"(?<![\w.,+/:-])(?:\+|＋|00(?=[1-9]))?\(?\d[\d\s().\u00a0/–-]{5,22}\d(?![\w]|[.,:]\d)"
)
DATE = re.compile(
    r"(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|\d{4}[./-]\d{1,2}[./-]\d{1,2})(?!\d)|"
    r"(?:1[89]|20)\d{2}\s?[–/-]\s?(?:1[89]|20)\d{2}$"
)
PHONE_SHAPE = re.compile(
    r"(?:\+|00)\d{8,15}"
    r"|1[3-9]\d{9}"  # mobile phones in China
    r"|0\d{8,11}"  # with the prefix of an area or a mobile network
    r"|8[349]\d{9}"  # Russia
)
US_SHAPE = re.compile(r"(?:1[-. ])?\(?\d{3}\)?[-. ]\d{3}[-.]\d{4}|\(\d{3}\) ?\d{3}[- ]\d{4}")
SERVICE_SHAPE = re.compile(r"[48]00[- ]\d{3,4}[- ]\d{3,4}|[6-9]\d{4} \d{5}|\d{3,4}-\d{4}-\d{4}")


def find(text: str) -> list[Found]:
    """Find what identifies a person in a text, without overlaps; the first kinds win."""
    finds = _Finds(text)
    digits = any(character.isdigit() for character in text)
    if "@" in text or "＠" in text or "at)" in text or "at]" in text:
        finds.add(_matches(EMAIL, text, "email"))
    if "." in text:
        finds.add(_links(text))
    if digits:
        finds.add(_identities(text))
        finds.add(_phones(text))
    if any(sign in text for sign in "@＠#"):
        finds.add(_matches(HANDLE, text, "handle"))
    finds.add(_accounts(text))
    if digits:
        from nlp.privacy.addresses import addresses

        finds.add(Found(start, end, "address") for start, end in addresses(text))
    return sorted(finds.found)


class _Finds:
    """What was found in a text so far; the first finder of a place keeps it."""

    def __init__(self, text: str) -> None:
        self.found: list[Found] = []
        self._taken = bytearray(len(text))

    def add(self, more: Iterable[Found]) -> None:
        """Keep what does not overlap with what was found before."""
        for new in more:
            if 1 not in self._taken[new.start : new.end]:
                self.found.append(new)
                self._taken[new.start : new.end] = b"\1" * (new.end - new.start)


def _matches(pattern: re.Pattern[str], text: str, kind: str) -> Iterator[Found]:
    """Yield the matches of a pattern as they are."""
    for match in pattern.finditer(text):
        yield Found(match.start(), match.end(), kind)


def _accounts(text: str) -> Iterator[Found]:
    """Yield account names that are announced as such."""
    for match in ACCOUNT.finditer(text):
        yield Found(match.start("name"), match.end("name"), "handle")


def _links(text: str) -> Iterator[Found]:
    """Yield web addresses without the punctuation of the sentence around them."""
    for match in LINK.finditer(text):
        size = len(match.group().rstrip(".,;:!?)]}'\"…*"))
        if (
            match.group().count("(") > match.group()[:size].count(")")
            and match.group()[size:][:1] == ")"
        ):
            size += 1
        yield Found(match.start(), match.start() + size, "link")


def _identities(text: str) -> Iterator[Found]:
    """Yield identity numbers of known shape, and others that are announced as one."""
    yield from (
        match
        for match in _matches(IDENTITY, text, "id")
        if sum(character.isdigit() for character in text[match.start : match.end]) >= 6
    )
    for match in LOOSE_IDENTITY.finditer(text):
        if ID_CUE.search(text[max(0, match.start() - 32) : match.start()]):
            yield Found(match.start(), match.end(), "id")


def _phones(text: str) -> Iterator[Found]:
    """Yield phone numbers: of a shape that only they have, or announced as one."""
    for match in PHONE.finditer(text):
        raw = match.group()
        start, end = match.start(), match.end()
        if raw.startswith("(") and ")" not in raw:
            start, raw = start + 1, raw[1:]
        bare = re.sub(r"[^\d+]", "", raw.replace("＋", "+").replace("(0)", ""))
        announced = CUE.search(text[max(0, start - 48) : start])
        count = sum(map(str.isdigit, bare))
        if DATE.match(raw) or not 6 <= count <= 15 or "\n" in raw:
            continue
        shaped = (
            PHONE_SHAPE.fullmatch(bare) or US_SHAPE.fullmatch(raw) or SERVICE_SHAPE.fullmatch(raw)
        )
        if shaped or announced:
            yield Found(start, end, "phone")
