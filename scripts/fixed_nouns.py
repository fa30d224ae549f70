"""Write the nouns that are nothing else, which correct the tagger: ``python scripts/fixed_nouns.py --train FILE ...``.

They are the nouns of the lexicon for people, bodies, documents and speech, without those that are verb forms as well or
that the treebanks have as other words; see ``app/parsing/tags.py``.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from app.errors import SagesmanError
from app.lexicon.entities import load_entities
from app.lexicon.load import load_cues
from app.lexicon.nouns import NounForm
from app.parsing.tags import FINITE_FORMS, FIXED_NOUNS, read_forms
from app.parsing.train.treebank import Tree, read_treebank

_RARE = 0.05
"""A form that the treebanks have as another word this often, of all its places, is left to the tagger."""


def nouns_of_lexicon() -> dict[str, NounForm]:
    """Every form, genitives aside, of the nouns for people, bodies, documents and speech."""
    entities, cues = load_entities("sv"), load_cues("sv")
    found: dict[str, NounForm] = {}
    for index in (entities.titles, entities.heads, entities.documents, cues.noun_index):
        for word, form in index.forms().items():
            if not form.genitive and word.isalpha() and word not in cues.verb_forms:
                found.setdefault(word, form)
    return found


def fixed(nouns: Mapping[str, NounForm], others: Iterable[str], trees: Iterable[Tree]) -> dict[str, str]:
    """Form -> gender, number and definiteness as in the tag set of SUC, for those that are no other word."""
    tagged: dict[str, Counter[str]] = {}
    for row in (row for tree in trees for row in tree.rows):
        tagged.setdefault(row.form.lower(), Counter())[row.upos] += 1
    neuter = {form.lemma for word, form in nouns.items() if form.definite and not form.plural and word.endswith("t")}
    taken = set(others)
    found = {}
    for word, form in nouns.items():
        seen = tagged.get(word, Counter())
        participle = form.definite and form.plural and form.lemma in neuter and word.endswith("en")
        other = sum(n for upos, n in seen.items() if upos not in {"NOUN", "PROPN"})
        # "*utslagen*", "*besluten*" are participles as well, whether or not a treebank has them.
        if word not in taken and not participle and other <= _RARE * seen.total():
            gender = "NEU" if form.lemma in neuter else "UTR"
            found[word] = f"{gender}|{'PLU' if form.plural else 'SIN'}|{'DEF' if form.definite else 'IND'}"
    return found


def main() -> None:
    """Write the forms; ends with 1 and the reason where that cannot be done."""
    options = argparse.ArgumentParser(prog="python scripts/fixed_nouns.py", description=__doc__)
    options.add_argument("--train", type=Path, nargs="+", required=True, help="CoNLL-U files that tell what else")
    options.add_argument("--out", type=Path, default=FIXED_NOUNS, help="the file to write")
    given = options.parse_args()
    try:
        trees = [tree for path in given.train for tree in read_treebank(path)]
        found = fixed(nouns_of_lexicon(), read_forms(FINITE_FORMS), trees)
        given.out.write_text("".join(f"{form}\t{tag}\n" for form, tag in sorted(found.items())), "utf-8")
    except (SagesmanError, OSError) as error:
        sys.exit(f"error: {error}")
    print(f"{len(found)} forms in {given.out}")


if __name__ == "__main__":
    main()
