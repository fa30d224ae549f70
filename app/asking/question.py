"""Plain questions: "what did Baku claim about Armenia?" becomes what to look up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from app.asking.grammar import Asks, Clause, Reader
from app.asking.moments import take_moments
from app.asking.tokens import Token, put_right, tokenise
from app.asking.vocabulary import Vocabulary, load_vocabularies
from app.domain.claim import Act, Mode
from app.errors import BadQuestion

__all__ = ["LONGEST_QUESTION", "Asks", "Question", "parse_question"]

# Far more than anybody asks; it keeps a pasted article out of the parser.
LONGEST_QUESTION = 500


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood, before any name is looked up.

    ``asks`` is what it wants to know. ``speaker`` and ``target`` are names as asked, ``topic`` a name or a matter the
    claims are about, ``q`` words to search for. ``scope`` is ``party``, or ``own`` where "själv" or "itself" was said.
    ``otherwise`` are readings to try where a name of this one is unknown, ``offered`` is the other meaning of an
    ambiguous question as a clear question, ``follow_up`` a second question about the answer to the first ("… och vem
    förnekade det?"), ``slips`` what was typed and what it was read as.
    """

    text: str
    language: str
    asks: Asks
    speaker: str | None = None
    target: str | None = None
    topic: str | None = None
    act: Act | None = None
    mode: Mode | None = None
    q: str | None = None
    scope: str = "party"
    since: datetime | None = None
    until: datetime | None = None
    otherwise: tuple[Question, ...] = ()
    offered: str | None = None
    follow_up: Question | None = None
    slips: tuple[tuple[str, str], ...] = ()


def parse_question(text: str, *, today: date | None = None) -> Question:
    """Read a question in Swedish or English.

    ``today`` is the day "yesterday" counts from, by default the current day in UTC. Raises `BadQuestion` with examples
    where nothing that can be looked up is recognised, and where the text is over `LONGEST_QUESTION` code points.
    """
    if len(text) > LONGEST_QUESTION:
        raise BadQuestion(f"a question may have {LONGEST_QUESTION} characters, this has {len(text)}")
    for words in _languages(text):
        question = _read(text, words, today or datetime.now(UTC).date())
        if question is not None:
            return question
    examples = [f"”{example}”" for words in load_vocabularies().values() for example in words.words.examples[:3]]
    raise BadQuestion(
        f"no question about who said what was recognised in {text!r}; ask for instance {', '.join(examples)}"
    )


def _languages(text: str) -> list[Vocabulary]:
    """The vocabularies, the one that knows most of the words first; Swedish where none knows more."""
    keys = [token.key for token in tokenise(text)]

    def known(words: Vocabulary) -> int:
        plain = words.words.auxiliaries | words.words.topic | words.words.articles | words.words.toward
        return sum(
            3 * (key in words.question_words) + (key in plain) + (key in words.verbs) + (key in words.nouns)
            for key in keys
        )

    return sorted(load_vocabularies().values(), key=known, reverse=True)


def _read(text: str, words: Vocabulary, today: date) -> Question | None:
    moments = take_moments(text, words.words.time, today)
    tokens, slips = put_right(tokenise(_with_plain_case(moments.rest), words.phrases), words)
    own = any(token.key in words.words.own for token in tokens)
    verbatim = any(token.key in words.words.verbatim for token in tokens)
    marks = words.words.own | words.words.verbatim
    if tokens and tokens[0].key in words.words.auxiliaries:
        tokens = (Token(tokens[0].key, tokens[0].key), *tokens[1:])
    first, second = _clauses([token for token in tokens if token.key not in marks], words)
    clause = Reader(words).read(first)
    if clause is None:
        return None
    then = Reader(words).read(second) if second else None

    def question(clause: Clause, follow_up: Question | None) -> Question:
        return Question(
            text=text,
            language=words.language,
            asks=clause.asks,
            speaker=clause.speaker,
            target=clause.target,
            topic=clause.topic,
            act=clause.act,
            mode=Mode.DIRECT if verbatim else None,
            q=clause.q,
            scope="own" if own else "party",
            since=moments.since,
            until=moments.until,
            otherwise=tuple(question(each, follow_up) for each in clause.otherwise),
            offered=clause.offered,
            follow_up=follow_up,
            slips=slips,
        )

    return question(clause, question(then, None) if then else None)


def _with_plain_case(text: str) -> str:
    """The text in small letters where its capitals say nothing: all of it in them, or every word with one."""
    words = text.split()
    titled = len(words) > 3 and all(not word[0].isalpha() or word[0].isupper() for word in words)
    return text.lower() if text.isupper() or titled else text


def _clauses(tokens: list[Token], words: Vocabulary) -> tuple[list[Token], list[Token]]:
    """The question, and what follows "och vem" or "and who"."""
    for place in range(1, len(tokens) - 1):
        if tokens[place].key in words.words.and_ and tokens[place + 1].key in words.question_words:
            return tokens[:place], tokens[place + 1 :]
    return tokens, []
