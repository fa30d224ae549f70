"""Finite verb forms that are nothing else, from a dictionary: ``python -m app.parsing.train.finite_forms``.

They correct the tagger before the parser reads its tags; see ``app/parsing/tags.py``.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from app.errors import InputError, SagesmanError
from app.parsing.train.treebank import Tree, read_treebank

_RARE = 0.05
"""A form that the treebank has as another word this often, of all its places, is left to the tagger."""
_SHORTEST = 3
PASSIVE = "Pass"
_SEASONS = frozenset({"våras", "somras", "höstas", "vintras"})
"""Adverbs of time behind "i"."""
_ABLAUT = {
    "komma": "kom",
    "gå": "gick",
    "få": "fick",
    "stå": "stod",
    "hålla": "höll",
    "falla": "föll",
    "låta": "lät",
    "sova": "sov",
    "äta": "åt",
    "ge": "gav",
    "se": "såg",
    "be": "bad",
    "dra": "drog",
    "slå": "slog",
    "ta": "tog",
    "säga": "sade",
    "lägga": "lade",
    "ligga": "låg",
    "göra": "gjorde",
    "veta": "visste",
    "hinna": "hann",
    "skrika": "skrek",
    "gråta": "grät",
    "ljuga": "ljög",
    "bryta": "bröt",
    "skriva": "skrev",
    "dricka": "drack",
    "springa": "sprang",
    "vinna": "vann",
    "sjunga": "sjöng",
    "sjunka": "sjönk",
    "flyga": "flög",
    "skjuta": "sköt",
    "njuta": "njöt",
    "bjuda": "bjöd",
    "gripa": "grep",
    "finna": "fann",
    "binda": "band",
    "stiga": "steg",
    "svika": "svek",
    "dö": "dog",
    "försvinna": "försvann",
}
_PREFIXES = frozenset(
    {"", "an", "av", "be", "bort", "efter", "er", "fram", "från", "för", "förbi", "före", "genom", "hem", "hop", "in"}
    | {"inne", "kring", "loss", "med", "miss", "mot", "ned", "ner", "om", "ord", "på", "sam", "till", "tillbaka"}
    | {"under", "upp", "uppe", "ut", "vid", "åter", "över"}
)
"""Verbs that change their vowel, with their preterite; longer verbs ("utbryta") change as their last part does."""


def finite_forms(entries: Mapping[str, str], trees: Iterable[Tree]) -> dict[str, str]:
    """Form → tense, ``Pass`` behind it for passives, of the finite forms among ``entries`` that are no other words.

    ``entries`` are form → lemma. A form is left out where the dictionary has a noun of that form or with that plural,
    or ``trees`` often tag it otherwise. Preterites in -ade are left out as well: they are participles just as often.
    """
    tagged: dict[str, Counter[str]] = {}
    for row in (row for tree in trees for row in tree.rows):
        tagged.setdefault(row.form.lower(), Counter())[row.upos] += 1
    of_lemma: dict[str, set[str]] = {}
    for form, lemma in entries.items():
        of_lemma.setdefault(lemma, set()).add(form)
    found = {}
    for lemma, forms in of_lemma.items():
        for form, tense in _forms(lemma, forms, entries):
            other = sum(n for upos, n in tagged.get(form, Counter()).items() if upos not in {"VERB", "AUX"})
            rare = other <= _RARE * tagged.get(form, Counter()).total()
            noun = _is_noun(entries, form) or (tense == "Pres" and _is_plural(entries, form))
            # "resas" may be the genitive of "resa".
            noun = noun or (tense.endswith(PASSIVE) and any(_is_noun(entries, n) for n in (lemma, form[:-1])))
            if rare and not noun and len(form) >= _SHORTEST and form not in _SEASONS:
                found[form] = tense
    return found


def _forms(lemma: str, forms: set[str], known: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The finite forms of a verb, with their tense; nothing for a noun that ends as verbs do ("flicka")."""
    stem = lemma.removesuffix("a")
    base = next((verb for verb in _ABLAUT if lemma.endswith(verb) and lemma.removesuffix(verb) in _PREFIXES), None)
    if base is not None:
        changed = lemma.removesuffix(base) + _ABLAUT[base]
        yield changed, "Past"
        if changed + "s" in known:
            yield changed + "s", "Past" + PASSIVE
    present = [form for form in (lemma + "r", stem + "er", stem + "r") if form in forms]
    past = [form for form in (stem + "de", stem + "te", stem + "dde") if form in forms and not form.endswith("ade")]
    if stem[-2:] in {"nn", "mm"} and stem[:-1] + "de" in known:
        # "erkände", which the dictionary has for a participle
        past += [stem[:-1] + "de"]
    perfect = any(form in forms for form in (lemma + "t", stem + "t", stem + "it", stem + "tt"))
    if lemma.isalpha() and present and (past or perfect or base is not None):
        yield from ((form, "Pres") for form in present)
        yield from ((form, "Past") for form in past)
        yield from ((form + "s", "Past" + PASSIVE) for form in past)
        if lemma + "r" in present and lemma + "s" in forms and lemma.endswith("a"):
            yield lemma + "s", "Pres" + PASSIVE
            yield lemma + "des", "Past" + PASSIVE


def _is_noun(entries: Mapping[str, str], form: str) -> bool:
    """Whether the dictionary has the form with the ending of a definite noun: "åkern" of "åker"."""
    return any(entries.get(form + ending) == form for ending in ("n", "en", "et"))


def _is_plural(entries: Mapping[str, str], form: str) -> bool:
    """Whether it is the plural of a noun: "prickarna", "pricken" of "prick"; "varnarna" are those who warn."""
    definite = entries.get(form + "na", "")
    noun = bool(definite) and not definite.endswith("are")
    return noun or (form.endswith("ar") and entries.get(form[:-2] + "en") == form[:-2])


def read_dictionary(path: Path) -> dict[str, str]:
    """The lines ``form<tab>lemma`` of a file; raises ``InputError`` with the line for one of another form."""
    entries = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        form, tab, lemma = line.partition("\t")
        if not (form and tab and lemma) or "\t" in lemma:
            raise InputError(f"{path}, line {number}: expected form<tab>lemma")
        entries[form] = lemma
    return entries


def main() -> None:
    """Write the forms; ends with 1 and the reason where that cannot be done."""
    options = argparse.ArgumentParser(prog="python -m app.parsing.train.finite_forms", description=__doc__)
    options.add_argument("--dictionary", type=Path, required=True, help="form<tab>lemma")
    options.add_argument("--train", type=Path, nargs="+", required=True, help="CoNLL-U files that tell what else")
    options.add_argument("--out", type=Path, required=True, help="the file to write")
    given = options.parse_args()
    try:
        trees = [tree for path in given.train for tree in read_treebank(path)]
        found = finite_forms(read_dictionary(given.dictionary), trees)
        given.out.write_text("".join(f"{form}\t{tense}\n" for form, tense in sorted(found.items())), "utf-8")
    except (SagesmanError, OSError) as error:
        sys.exit(f"error: {error}")
    print(f"{len(found)} forms in {given.out}")


if __name__ == "__main__":
    main()
