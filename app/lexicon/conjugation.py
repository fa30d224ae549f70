"""Swedish verb forms from an infinitive and a conjugation: a class, a model verb, or the principal parts themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.lexicon.schema import Tense, Voice

CLASSES = ("ar", "de", "te", "dde")
"""Weak conjugations by their preterite: kallar/kallade, krävde, tyckte, trodde."""

_VOWELS = "aeiouyåäö"


@dataclass(frozen=True, slots=True)
class Parts:
    """Principal parts, each with its doublets ("sade", "sa"): the past participle is empty where the verb has none."""

    infinitive: str
    present: tuple[str, ...]
    preterite: tuple[str, ...]
    supine: tuple[str, ...]
    participle: tuple[str, ...]

    def prefixed(self, prefix: str) -> Parts:
        """The parts of the verb with ``prefix`` before it: hålla → framhålla."""
        present, preterite, supine, participle = (
            tuple(prefix + form for form in forms)
            for forms in (self.present, self.preterite, self.supine, self.participle)
        )
        return Parts(prefix + self.infinitive, present, preterite, supine, participle)


def read_parts(infinitive: str, fields: tuple[str, ...]) -> Parts:
    """Principal parts as data spells them: present, preterite, supine, participle ("-": none), doublets with "/".

    Raises ``ValueError`` when there are not four.
    """
    if len(fields) != 4:
        raise ValueError(f"expected present, preterite, supine, participle, found {len(fields)} forms")
    columns = [() if column == "-" else tuple(column.split("/")) for column in fields]
    return Parts(infinitive, columns[0], columns[1], columns[2], columns[3])


def conjugate(verb: str, inflection: str, strong: Mapping[str, Parts]) -> Parts:
    """The principal parts of ``verb`` in a weak class, or after a model verb of ``strong`` that it ends in.

    Raises ``ValueError`` for an unknown class or a verb that does not fit it.
    """
    if inflection in strong:
        if not verb.endswith(inflection):
            raise ValueError(f"{verb!r} does not end in its model {inflection!r}")
        return strong[inflection].prefixed(verb.removesuffix(inflection))
    if inflection not in CLASSES:
        raise ValueError(f"{inflection!r} is neither a class ({', '.join(CLASSES)}) nor a verb under 'strong'")
    if inflection == "dde":
        if verb[-1] not in _VOWELS:
            raise ValueError(f"{verb!r} does not end in a stressed vowel")
        return Parts(verb, (verb + "r",), (verb + "dde",), (verb + "tt",), (verb + "dd",))
    if not verb.endswith("a"):
        raise ValueError(f"{verb!r} does not end in -a")
    stem = verb[:-1]
    if inflection == "ar":
        return Parts(verb, (verb + "r",), (verb + "de",), (verb + "t",), (verb + "d",))
    return _second(verb, stem, inflection)


def _second(verb: str, stem: str, inflection: str) -> Parts:
    """Second conjugation: krävde, tyckte. Double m and n lose one letter before an ending, t and d merge with it."""
    present = stem if stem[-1] == "r" else stem + "er"
    bare = stem[:-1] if stem.endswith(("mm", "nn")) else stem
    if inflection == "te":
        if stem[-1] not in "ptksx":
            raise ValueError(f"{verb!r} cannot take -te after {stem[-1]!r}")
        if stem[-1] == "t":  # möta, mötte, mött; lyfta, lyfte, lyft
            merged = stem + "t" if stem[-2] in _VOWELS else stem
            return Parts(verb, (present,), (merged + "e",), (merged,), (merged,))
        return Parts(verb, (present,), (bare + "te",), (bare + "t",), (bare + "t",))
    if stem[-1] in "ptksx":
        raise ValueError(f"{verb!r} cannot take -de after {stem[-1]!r}")
    if stem[-1] == "d" and stem[-2] in _VOWELS:  # antyda, antydde, antytt, antydd
        return Parts(verb, (present,), (stem + "de",), (stem[:-1] + "tt",), (stem + "d",))
    if stem[-1] == "d":  # sända, sände, sänt, sänd
        return Parts(verb, (present,), (stem + "e",), (stem[:-1] + "t",), (stem,))
    return Parts(verb, (present,), (bare + "de",), (bare + "t",), (bare + "d",))


def forms(parts: Parts) -> Iterator[tuple[str, Voice, Tense]]:
    """Every form of a verb, lower case, with voice and tense: active, s-passive, and past participle in all genders."""
    infinitive = parts.infinitive
    if infinitive.endswith("s"):  # deponents have no other voice: hoppas, minns
        yield from _deponent(parts)
        return
    yield infinitive, Voice.ACTIVE, Tense.INFINITIVE
    yield infinitive + "s", Voice.PASSIVE, Tense.INFINITIVE
    for tense, active in ((Tense.PRETERITE, parts.preterite), (Tense.SUPINE, parts.supine)):
        for form in active:
            yield form, Voice.ACTIVE, tense
            yield form + "s", Voice.PASSIVE, tense
    for form in parts.present:
        yield form, Voice.ACTIVE, Tense.PRESENT
        yield _passive_present(infinitive, form), Voice.PASSIVE, Tense.PRESENT
        yield _imperative(infinitive, form), Voice.ACTIVE, Tense.IMPERATIVE
    for form in parts.participle:
        for inflected in _participle(form):
            yield inflected, Voice.PARTICIPLE, Tense.PARTICIPLE


def _deponent(parts: Parts) -> Iterator[tuple[str, Voice, Tense]]:
    yield parts.infinitive, Voice.ACTIVE, Tense.INFINITIVE
    columns = ((Tense.PRESENT, parts.present), (Tense.PRETERITE, parts.preterite), (Tense.SUPINE, parts.supine))
    for tense, column in columns:
        for form in column:
            yield form, Voice.ACTIVE, tense


def _passive_present(infinitive: str, present: str) -> str:
    """anklagar → anklagas, kräver → krävs, löser → löses, berömmer → beröms, ger → ges, gör → görs, begär → begärs."""
    if infinitive[-1] != "a":
        return present.removesuffix("r") + "s"
    if present == infinitive + "r":
        return infinitive + "s"
    stem = present.removesuffix("er")
    if stem.endswith("mm"):
        stem = stem[:-1]
    return stem + ("es" if stem[-1] in "sx" else "s")


def _imperative(infinitive: str, present: str) -> str:
    """anklagar → anklaga, kräver → kräv, berömmer → beröm, slår → slå, gör → gör."""
    if infinitive[-1] != "a" or present == infinitive + "r":
        return present.removesuffix("r")
    stem = present.removesuffix("er")
    return stem[:-1] if stem.endswith("mm") else stem


def _participle(common: str) -> tuple[str, ...]:
    """anklagad → anklagat, anklagade; trodd → trott, trodda; hållen → hållet, hållna; funnen → funna; sänd → sänt."""
    if common.endswith("nnen"):
        return common, common[:-2] + "et", common[:-2] + "a"
    if common.endswith("en"):
        return common, common[:-2] + "et", common[:-2] + "na"
    if common.endswith("ad"):
        return common, common[:-1] + "t", common + "e"
    if common.endswith("dd"):
        return common, common[:-2] + "tt", common + "a"
    if common.endswith("d"):
        return common, common[:-1] + "t", common + "a"
    return common, common + "a"
