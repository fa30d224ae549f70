"""The words a picture uses, in Swedish and English."""

from __future__ import annotations

from typing import Literal

Language = Literal["sv", "en"]

STYLES: dict[Language, dict[str, str]] = {
    "en": {
        "accusation": "accuses",
        "denial": "denies",
        "criticism": "criticises",
        "demand": "demands",
        "unverified": "could not verify",
        "support": "supports",
        "confirmation": "confirms",
        "question": "asks",
        "announcement": "announces",
        "opinion": "thinks",
        "statement": "says",
        "speaks_for": "speaks for",
        "said": "made the claim",
        "part_of": "said within",
        "repeats": "repeats",
        "answers": "answers",
    },
    "sv": {
        "accusation": "anklagar",
        "denial": "förnekar",
        "criticism": "kritiserar",
        "demand": "kräver",
        "unverified": "kunde inte verifiera",
        "support": "stöder",
        "confirmation": "bekräftar",
        "question": "frågar",
        "announcement": "meddelar",
        "opinion": "anser",
        "statement": "säger",
        "speaks_for": "talar för",
        "said": "står för påståendet",
        "part_of": "sagt inuti",
        "repeats": "upprepar",
        "answers": "svarar",
    },
}
"""What an edge of each style says, read from its source to its target."""

KINDS: dict[Language, dict[str, str]] = {
    "en": {
        "person": "person",
        "state": "state",
        "government": "government",
        "authority": "authority",
        "armed_force": "armed force",
        "organisation": "organisation",
        "media": "media",
        "group": "group",
        "document": "document",
        "unknown": "unknown kind",
    },
    "sv": {
        "person": "person",
        "state": "stat",
        "government": "regering",
        "authority": "myndighet",
        "armed_force": "väpnad styrka",
        "organisation": "organisation",
        "media": "medium",
        "group": "grupp",
        "document": "dokument",
        "unknown": "okänt slag",
    },
}
"""Actor kinds as said of an actor."""

_PHRASES: dict[Language, dict[str, str]] = {
    "en": {
        "actor_title": "Who speaks about, to and against whom",
        "claim_title": "Claims and how they bear on one another",
        "state": "state or government",
        "person": "person",
        "body": "other party",
        "claim": "claim",
        "size": "larger name: more claims",
        "shown": "{shown} of {all} shown.",
        "empty": "No claims to show.",
    },
    "sv": {
        "actor_title": "Vem talar om, till och mot vem",
        "claim_title": "Påståenden och hur de förhåller sig till varandra",
        "state": "stat eller regering",
        "person": "person",
        "body": "annan part",
        "claim": "påstående",
        "size": "större namn: fler påståenden",
        "shown": "{shown} av {all} visas.",
        "empty": "Inga påståenden att visa.",
    },
}


def phrase(language: Language, key: str, **values: object) -> str:
    """The phrase of that key, with the values put in."""
    return _PHRASES[language][key].format(**values)


def claims(language: Language, count: int) -> str:
    """``3 claims`` / ``3 påståenden``."""
    if language == "sv":
        return f"{count} påstående" if count == 1 else f"{count} påståenden"
    return f"{count} claim" if count == 1 else f"{count} claims"


def actors(language: Language, count: int) -> str:
    """``3 actors`` / ``3 aktörer``."""
    if language == "sv":
        return f"{count} aktör" if count == 1 else f"{count} aktörer"
    return f"{count} actor" if count == 1 else f"{count} actors"


def links(language: Language, count: int) -> str:
    """``3 links`` / ``3 förbindelser``."""
    if language == "sv":
        return f"{count} förbindelse" if count == 1 else f"{count} förbindelser"
    return f"{count} link" if count == 1 else f"{count} links"


def targeted(language: Language, count: int) -> str:
    """In how many claims an actor is the target."""
    return f"mål för {claims(language, count)}" if language == "sv" else f"target of {claims(language, count)}"
