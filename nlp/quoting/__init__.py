"""Quoting people: the shelf of chosen words, their translations, and their authors' release."""

from nlp.quoting.around import Around, around
from nlp.quoting.asking import Request, reminded, requests
from nlp.quoting.printing import (
    Printed,
    Rules,
    Shelf,
    as_printed,
    open_items,
    printable,
    read_shelf,
    rules_of,
)
from nlp.quoting.refusal import QuotingError
from nlp.quoting.releasing import (
    asked_of,
    choose,
    mark_printed,
    may_be_sent,
    record_reply,
    send,
    waiting_for,
)
from nlp.quoting.shelf import imbalance, narrow, put, starred, take_off, unstar
from nlp.quoting.standing import OPEN, RELEASED, Quoted, Standing, one, shelf_of
from nlp.quoting.translating import check, translate

__all__ = [
    "OPEN",
    "RELEASED",
    "Around",
    "Printed",
    "Quoted",
    "QuotingError",
    "Request",
    "Rules",
    "Shelf",
    "Standing",
    "around",
    "as_printed",
    "asked_of",
    "check",
    "choose",
    "imbalance",
    "mark_printed",
    "may_be_sent",
    "narrow",
    "one",
    "open_items",
    "printable",
    "put",
    "read_shelf",
    "record_reply",
    "reminded",
    "requests",
    "rules_of",
    "send",
    "shelf_of",
    "starred",
    "take_off",
    "translate",
    "unstar",
    "waiting_for",
]
