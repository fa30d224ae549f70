"""What speaks for and against two actors being one. Every feature has a weight in points of a hundred and a reason."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from app.domain.actor import ActorKind
from app.lexicon.anaphora import load_anaphora
from app.lexicon.entities import load_entities
from app.lexicon.grammar import load_grammar
from app.lexicon.identity import load_identity
from app.lexicon.persons import Holder
from app.lexicon.transliteration import INITIAL, LONGER_FIRST_NAME, SAME, SURNAME_ONLY, name_key, same_name
from app.resolution.keys_names import organisation_name

if TYPE_CHECKING:
    from app.domain.profile import ActorProfile

_SHORTEST_ACRONYM, _LONGEST_ACRONYM = 2, 6


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing that was compared: its name, what it weighs, and why in words that a reader understands."""

    name: str
    weight: int
    reason: str


def person_features(left: ActorProfile, right: ActorProfile, language: str) -> tuple[Feature, ...]:
    """Name, how common it is, party, role; nothing but the name where the names conflict."""
    name = _person_name(left, right, language)
    if name.weight < 0:
        return (name,)
    found = (name, _common(left, right, language), *_party(left, right, language), _role(left, right, language))
    return tuple(feature for feature in found if feature is not None)


def organisation_features(left: ActorProfile, right: ActorProfile, language: str) -> tuple[Feature, ...]:
    """Name or abbreviation, and kind; nothing but the name where the names share nothing."""
    name = _organisation_name(left, right, language)
    if name.weight < 0:
        return (name,)
    if left.kind is right.kind:
        kind = Feature("kind", 10, f"both are of the kind {left.kind}")
    elif ActorKind.UNKNOWN in {left.kind, right.kind}:
        return (name,)
    else:
        kind = Feature("kind", -10, f"one is of the kind {left.kind}, the other {right.kind}")
    return name, kind


def names_of_person(profile: ActorProfile) -> tuple[str, ...]:
    """The fullest name, and the other printed forms that hold first name and surname."""
    others = (form for form in profile.names[1:] if _is_full(form))
    return tuple(dict.fromkeys((profile.name, *others)))


def _is_full(form: str) -> bool:
    words = form.split()
    return len(words) > 1 and words[0][:1].isupper() and words[-1][:1].isupper()


@lru_cache(maxsize=1 << 14)
def _alike(one: str, other: str, language: str) -> float:
    """`same_name`, remembered: the names that news repeats are compared again and again."""
    return same_name(one, other, language)


def _person_name(left: ActorProfile, right: ActorProfile, language: str) -> Feature:
    pairs = [(one, other) for one in names_of_person(left) for other in names_of_person(right)]
    degree, one, other = max((_alike(one, other, language), one, other) for one, other in pairs)
    if degree >= SAME and len(one.split()) > 1:
        spelling = "same full name" if one == other else f"same full name, spelled {one} and {other}"
        return Feature("name", 55, spelling)
    if degree >= LONGER_FIRST_NAME and min(len(one.split()), len(other.split())) > 1:
        return Feature("name", 45, f"{one} and {other}: a longer form of the name")
    if degree >= INITIAL and min(len(one.split()), len(other.split())) > 1:
        return Feature("name", 35, f"{one} and {other}: a short form or an initial")
    if degree >= SURNAME_ONLY:
        return Feature("name", 30, f"{one} and {other} share one name")
    if degree > 0:
        return Feature("name", 10, f"{one} and {other} share a first name")
    return Feature("name", -100, f"{left.name} and {right.name} are different names")


def _common(left: ActorProfile, right: ActorProfile, language: str) -> Feature | None:
    common = load_identity(language).is_common
    for profile in (left, right):
        surname = profile.name.split()[-1]
        if common(name_key(surname, language)):
            return Feature("common", -10, f"{surname} is a common surname")
    return None


def _party(left: ActorProfile, right: ActorProfile, language: str) -> tuple[Feature, ...]:
    if not left.parties and not right.parties:
        return ()
    if not left.parties or not right.parties:
        beside = left.beside if not left.parties else right.beside
        for party in (*left.parties, *right.parties):
            if party.party in beside:
                return (Feature("beside", 20, f"one speaks for {party.name}, the other's article names it"),)
        return ()
    pairs = [(one, other) for one in left.parties for other in right.parties]
    shared = sorted(one.name for one, other in pairs if one.party == other.party)
    if shared:
        return (Feature("party", 35, f"both speak for {shared[0]}"),)
    codes = sorted({one.territory for one, other in pairs if one.territory and one.territory == other.territory})
    abroad = [code for code in codes if code != load_identity(language).home]
    words = f"one speaks for {left.parties[0].name}, the other for {right.parties[0].name}"
    if abroad:
        return (Feature("party", 30, f"{words}: both of {_territory(abroad[0], language)}"),)
    if codes:
        # Half of those whom Swedish news quotes speak for some Swedish authority.
        return (Feature("party", -10, f"{words}, two bodies of {_territory(codes[0], language)}"),)
    states = all(one.territory and other.territory for one, other in pairs)
    return (Feature("party", -50 if states else -30, words),)


def _territory(code: str, language: str) -> str:
    territory = load_entities(language).territory(code)
    return territory.name if territory is not None else code


def _role(left: ActorProfile, right: ActorProfile, language: str) -> Feature | None:
    if not left.roles or not right.roles:
        return None
    synonyms = load_anaphora(language).synonyms
    pairs = [(role_lemma(one, language), role_lemma(other, language)) for one in left.roles for other in right.roles]
    for one, other in pairs:
        if one == other or other in synonyms.get(one, ()):
            hit = load_entities(language).title(one.split()[-1])
            office = hit is not None and hit.entry.of is Holder.STATE
            words = f"both are {one}" if one == other else f"{one} and {other} are one office"
            return Feature("role", 30 if office else 25, words)
    for one, other in pairs:
        if one.endswith(other) or other.endswith(one):
            return Feature("role", 15, f"{min(one, other, key=len)} may be short for {max(one, other, key=len)}")
    return Feature("role", -10, f"one is {left.roles[0]}, the other {right.roles[0]}")


def role_lemma(role: str, language: str) -> str:
    """A title as printed, its noun in the base form: "utrikesministern" → "utrikesminister"."""
    words = role.casefold().split()
    hit = load_entities(language).title(words[-1]) if words else None
    return " ".join((*words[:-1], hit.prefix + hit.form.lemma)) if hit is not None else " ".join(words)


def acronyms(profile: ActorProfile) -> frozenset[str]:
    """The abbreviations among the printed forms: "FHM"."""
    forms = (form.strip("()") for form in profile.names)
    return frozenset(
        form
        for form in forms
        if _SHORTEST_ACRONYM <= len(form) <= _LONGEST_ACRONYM and form.isalpha() and form.isupper()
    )


def initials(profile: ActorProfile) -> frozenset[str]:
    """The abbreviations that full names of three words or more would give, small words left out."""
    found = set()
    for form in profile.names:
        letters = [word[0] for word in form.split() if word[0].isupper()]
        if len(letters) > 2:
            found.add("".join(letters))
    return frozenset(found)


def plain_names(profile: ActorProfile, language: str) -> frozenset[str]:
    """The printed forms that are names of the body, without legal forms; descriptions ("bolaget") left out."""
    determiners, legal_forms = load_grammar(language).determiners, load_identity(language).legal_forms
    forms = (profile.name, *(form for form in profile.names[1:] if _is_full(form)))
    return frozenset(organisation_name(form, determiners, legal_forms) for form in forms)


def _organisation_name(left: ActorProfile, right: ActorProfile, language: str) -> Feature:
    ones, others = plain_names(left, language), plain_names(right, language)
    if ones & others:
        return Feature("name", 65, f"both are called {min(ones & others)}")
    for one in sorted(ones):
        for other in sorted(others):
            if name_key(one, language) == name_key(other, language):
                return Feature("name", 65, f"{one} and {other} are spellings of one name")
    short = acronyms(left) & acronyms(right)
    if short:
        return Feature("name", 55, f"both are called {min(short)} for short")
    short = (acronyms(left) & initials(right)) | (initials(left) & acronyms(right))
    if short:
        return Feature("name", 45, f"{min(short)} are the initials of the other's name")
    for one in sorted(ones):
        for other in sorted(others):
            shorter, longer = sorted((one.split(), other.split()), key=len)
            if longer[: len(shorter)] == shorter or longer[-len(shorter) :] == shorter:
                return Feature("name", 40, f"{' '.join(shorter)} is part of the name {' '.join(longer)}")
    return Feature("name", -100, f"{left.name} and {right.name} share no name")
