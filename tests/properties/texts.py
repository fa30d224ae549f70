"""Texts that nobody would call an article: cut short, shuffled, in other languages, full of marks and remains."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

QUOTES = "\"”“„»«'’‘″‟"
DASHES = "–—-−―"
STRANGE = "\x00\x01\x07\x0b\x0c\x1b\x7f\x85\xa0\xad\u200b\u200d\u200f\u2028\u2029\ufeff\ufffd😀👩‍👩‍👧\u0301Åå\ud800"

OTHER_LANGUAGES = (
    "The minister said on Monday that the talks had failed. “We tried everything,” she told reporters.",
    "Ministeri sanoi maanantaina, että neuvottelut olivat epäonnistuneet. – Yritimme kaikkea, hän kertoi.",
    "Der Minister sagte am Montag, die Gespräche seien gescheitert. „Wir haben alles versucht“, erklärte sie.",
    "Statsråden sa måndag at samtalene hadde brutt sammen. – Vi prøvde alt, sier hun til NTB.",
    "قال الوزير يوم الاثنين إن المحادثات فشلت. «حاولنا كل شيء»، كما أضافت.",
    "部长星期一表示谈判破裂。她说：“我们什么都试过了。”",
    "Министр заявил в понедельник, что переговоры провалились. «Мы сделали всё», — сказала она.",
)

HTML_REMAINS = (
    "<p>Polisen säger att <b>ingen</b> skadats.</p>",
    "&nbsp;&ndash; Vi vet inte, s&auml;ger han.&quot;",
    '<a href="https://exempel.se/?a=1&b=2" class="lank">Läs mer</a>',
    "<script>var a = 'säger';</script>",
    "[annons_2]",
    "<!-- bild 1 --><br/><br>",
    "{{ artikel.ingress }} | Foto: TT/AP",
)

EXTREMES = (
    "",
    " \n\t\n ",
    '"' * 5000,
    "”“" * 600,
    "– " * 600,
    "\n".join("–" for _ in range(150)),
    "(" * 700,
    "säger " * 400,
    "Anna sa att " * 200,
    "a" * 20_000,
    "Han sa: " + "mycket " * 1500 + ".",
    "”Ja, sa hon, ”nej, sa han, ”kanske, sa de." * 40,
    ", sa han" * 300,
    "enligt " * 300,
    "Enligt enligt Anna enligt Bo enligt.",
    ". ".join("Bo sade att Ada sade att" for _ in range(60)),
    ":::::\n:::\n–:–:–\n”:”\n",
    "?!" * 300,
)


def mangled(random: Random, texts: Sequence[str]) -> str:
    """One of the texts, put through up to four changes."""
    text = random.choice(texts)
    for _ in range(random.randint(1, 4)):
        text = random.choice(_CHANGES)(random, text, texts)
    return text


def _truncated(random: Random, text: str, texts: Sequence[str]) -> str:
    start = random.randrange(len(text) + 1)
    return text[start:] if random.random() < 0.5 else text[:start]


def _shuffled_paragraphs(random: Random, text: str, texts: Sequence[str]) -> str:
    lines = text.split("\n")
    random.shuffle(lines)
    return "\n".join(lines)


def _one_line(random: Random, text: str, texts: Sequence[str]) -> str:
    return text.replace("\n", random.choice((" ", "", "\t", "\u2028")))


def _shuffled_words(random: Random, text: str, texts: Sequence[str]) -> str:
    words = text.split(" ")
    at = random.randrange(len(words))
    some = words[at : at + 12]
    random.shuffle(some)
    return " ".join((*words[:at], *some, *words[at + 12 :]))


def _sprinkled(random: Random, text: str, texts: Sequence[str]) -> str:
    """Marks and strange characters put in anywhere."""
    kind = random.choice((QUOTES, QUOTES, DASHES, STRANGE, "\n", "().,:;?!"))
    characters = list(text)
    for _ in range(random.randint(1, 30)):
        characters.insert(random.randrange(len(characters) + 1), random.choice(kind))
    return "".join(characters)


def _without_marks(random: Random, text: str, texts: Sequence[str]) -> str:
    """Some of the quotation marks and dashes lost, or turned into others."""
    return "".join(random.choice(("", random.choice(QUOTES), c)) if c in QUOTES + DASHES else c for c in text)


def _other_case(random: Random, text: str, texts: Sequence[str]) -> str:
    return random.choice((str.upper, str.lower, str.title, str.swapcase))(text)


def _with_remains(random: Random, text: str, texts: Sequence[str]) -> str:
    at = random.randrange(len(text) + 1)
    return text[:at] + random.choice(HTML_REMAINS + OTHER_LANGUAGES) + text[at:]


def _spliced(random: Random, text: str, texts: Sequence[str]) -> str:
    other = random.choice(texts)
    return text[: random.randrange(len(text) + 1)] + other[random.randrange(len(other) + 1) :]


def _repeated(random: Random, text: str, texts: Sequence[str]) -> str:
    start = random.randrange(len(text) + 1)
    return text + text[start : start + random.randint(0, 300)] * random.randint(1, 4)


_CHANGES = (
    _truncated, _shuffled_paragraphs, _one_line, _shuffled_words, _sprinkled, _without_marks, _other_case,
    _with_remains, _spliced, _repeated,
)  # fmt: skip
