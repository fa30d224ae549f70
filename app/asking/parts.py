"""The parts of a clause: its verb, the phrases that prepositions bring, names and matters."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from app.asking.tokens import Token, text_of
from app.asking.vocabulary import VerbSense, Vocabulary
from app.domain.claim import Act
from app.errors import BadQuestion


@dataclass(slots=True)
class Groups:
    """The words after a verb: a bare object, then what each preposition brings.

    ``stranded`` names the group whose preposition stands last, without what it governs ("anklagar Ryssland för?").
    """

    bare: tuple[Token, ...] = ()
    topic: tuple[Token, ...] = ()
    toward: tuple[Token, ...] = ()
    by: tuple[Token, ...] = ()
    over: tuple[Token, ...] = ()
    stranded: set[str] = field(default_factory=set)


class Parts:
    """Finds the parts of clauses with one language's vocabulary."""

    def __init__(self, words: Vocabulary) -> None:
        self._voc = words
        self._w = words.words

    def verb(self, rest: tuple[Token, ...], *, opened: bool) -> int | None:
        """The place of the verb: not after an article, and a word without capital before one with."""
        places = [
            i
            for i, token in enumerate(rest)
            if token.key in self._voc.verbs
            and not (i and rest[i - 1].key in self._w.articles)
            and self.sense(token, rest[i + 1 :]) is not None
        ]
        lower = [i for i in places if rest[i].is_lower or (i == 0 and not opened)]
        full = [i for i in lower or places if rest[i].key not in self._w.auxiliaries]
        found = full or lower or places
        return found[0] if found else None

    def sense(self, token: Token, after: Sequence[Token]) -> VerbSense | None:
        """The sense of a verb form whose particle, if it needs one, is among the words after it."""
        later = {each.key for each in after}
        for sense in self._voc.verbs[token.key]:
            if not sense.particle or later.intersection(sense.particle):
                return sense
        return None

    def act(self, sense: VerbSense, rest: Sequence[Token]) -> Act | None:
        """The act asked for; "inte bekräfta" is one of its own, and other negated questions raise `BadQuestion`."""
        negated = any(token.key in self._w.negations for token in rest)
        if negated and sense.act is Act.CONFIRMATION:
            return Act.UNVERIFIED
        if negated:
            raise BadQuestion("what somebody did not say is not recorded; ask what they said, or denied")
        return sense.act

    def passive(self, sense: VerbSense, front: Sequence[Token]) -> bool:
        """Whether the verb is passive, by its form or by the "blev" or "was" in ``front``."""
        keys = {token.key for token in front}
        cleft = self._voc.language == "sv" and "som" in keys
        return sense.passive or (sense.participle and not cleft and bool(keys & self._w.be))

    def content_clause(self, after: tuple[Token, ...]) -> tuple[tuple[Token, ...], str | None]:
        """What follows the verb up to "att"/"that", and the matter in the words after it."""
        for place, token in enumerate(after[:-1]):
            if token.key in self._w.that:
                return after[:place], self.matter(after[place + 1 :])
        return after, None

    def groups(self, tokens: Sequence[Token], splits: Collection[str] = (), keep: Sequence[str] = ()) -> Groups:
        """The words after a verb or noun of saying, by what brings them.

        "om" and "mot" always begin a group; ``splits`` names the lists of prepositions that do so after this verb too,
        since in names they are common ("ministry of defence"). ``keep`` are particles that belong to the verb.
        """
        optional = {
            "from": ("from", self._w.from_),
            "over": ("over", self._w.over),
            "upon": ("topic", self._w.upon),
            "reply": ("topic", self._w.toward | self._w.upon),
            "by": ("by", self._w.by),
            "source": ("by", self._w.by | self._w.from_),
        }
        kinds = dict.fromkeys(self._w.toward, "toward") | dict.fromkeys(self._w.topic, "topic")
        for name in splits:
            kind, words = optional[name]
            kinds |= dict.fromkeys(words, kind)
        kinds |= dict.fromkeys(self._w.according, "by")
        found: dict[str, tuple[Token, ...]] = {}
        current: str = "bare"
        last: str | None = None
        for token in tokens:
            begins = kinds.get(token.key) if token.is_lower else None
            if begins:
                current = "over" if token.key in keep and begins == "topic" else begins
                last = current
                found.setdefault(current, ())
            elif token.key not in self._w.negations and not (token.key in keep and token.is_lower):
                found[current] = (*found.get(current, ()), token)
                last = None
        return Groups(
            bare=self.strip(found.get("bare", ())),
            topic=found.get("topic", ()),
            toward=found.get("toward", ()) or found.get("from", ()),
            by=found.get("by", ()),
            over=found.get("over", ()),
            stranded={last} if last else set(),
        )

    def strip(self, tokens: Sequence[Token]) -> tuple[Token, ...]:
        """The words without auxiliaries and fillers at either end; what stands inside a name stays."""
        loose = self._w.auxiliaries | self._w.fillers | self._w.expletives | self._w.negations | self._w.and_
        kept = list(tokens)
        while kept and kept[0].key in loose and kept[0].is_lower and not self._lone_reference(kept):
            kept.pop(0)
        while kept and kept[-1].key in loose and kept[-1].is_lower and not self._lone_reference(kept):
            kept.pop()
        return tuple(kept)

    def _lone_reference(self, tokens: Sequence[Token]) -> bool:
        return len(tokens) == 1 and tokens[0].key in self._w.back_reference

    def is_back_reference(self, tokens: Sequence[Token]) -> bool:
        """Whether the words only point back ("det", "the accusation") and so name nothing to look up."""
        kept = [token for token in tokens if token.key not in self._w.articles]
        return all(token.key in self._w.back_reference for token in kept or tokens)

    def coordinated(self, tokens: Sequence[Token]) -> list[str]:
        """The names in "Frankrike och Tyskland", or nothing where it is one name."""
        names: list[list[Token]] = [[]]
        for token in tokens:
            if token.key in self._w.and_:
                names.append([])
            else:
                names[-1].append(token)
        found = [name for part in names if (name := self.name(part))]
        return found if len(found) > 1 else []

    def name(self, tokens: Sequence[Token]) -> str | None:
        """The words as a name, or nothing; raises `BadQuestion` for a pronoun, since nobody was named before it."""
        kept = list(self.strip(tokens))
        if self._voc.language == "en":
            while kept and kept[0].key in self._w.articles:
                kept.pop(0)
        if not kept or self.is_back_reference(kept):
            return None
        if len(kept) == 1 and kept[0].key in self._w.pronouns:
            raise BadQuestion(f"{kept[0].text!r} may be anybody; name the person or the party")
        return text_of(kept)

    def owner(self, tokens: Sequence[Token]) -> str | None:
        """Whose thing is named: "Azerbajdzjan" for "Azerbajdzjans militära insats"; nothing without a genitive."""
        for place, token in enumerate(tokens[:-1]):
            if len(token.key) > 3 and without_genitive(token.text) != token.text:
                return self.name([*tokens[:place], Token(found := without_genitive(token.text), found.casefold())])
        return None

    def matter(self, tokens: Sequence[Token]) -> str | None:
        """The words worth searching for, or nothing."""
        kept = [token for token in tokens if token.key not in self._w.stop_words]
        kept = [token for token in kept if token.key not in self._voc.question_words]
        return None if not kept or self.is_back_reference(kept) else text_of(kept)


def without_genitive(name: str) -> str:
    """ "Bakus" gives "Baku", "USA:s" and "Baku's" likewise; a name that ends in s by itself is another reading."""
    for ending in ("'s", "’s", ":s", "s'", "s"):
        if name.casefold().endswith(ending):
            return name[: -1 if ending == "s'" else -len(ending)]
    return name
