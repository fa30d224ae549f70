"""Stanza behind the parser protocol. The only module that imports stanza and torch, and only when it parses."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.domain.parse import Paragraph, ParsedText, Sentence, Word
from app.errors import ModelError
from app.parsing.clean import CleanLine, clean, lines
from app.parsing.entities import entities, normal_tag
from app.parsing.names import with_name_lemmas
from app.parsing.repair import repair
from app.parsing.segments import MAX_MODEL_CHARS, MAX_SEGMENT_CHARS, Token, bearable, segments
from app.parsing.tags import correct_tags

BUNDLED_MODELS = Path(__file__).parent / "models"
"""The Stanza resources directory that travels inside the package."""

_SWEDISH = "sv"
_REQUIRED = ("tokenize", "pos", "lemma", "depparse")
_BATCH_CHARS = 100_000
"""Texts go through the models in batches of about this many characters; larger ones gain no speed."""


@dataclass(slots=True)
class _Segment:
    """A stretch of a paragraph on its way through the models, and the sentences that come out."""

    line: CleanLine
    sentences: list[Sentence] = field(default_factory=list)


@dataclass(slots=True)
class _Line:
    start: int
    end: int
    segments: list[_Segment]


class StanzaParser:
    """A ``Parser`` that runs a Stanza pipeline on the CPU. The models are loaded on first use, or by ``load``.

    ``package`` ``None`` takes the bundled models, whatever ``model_dir`` says; any other name ("default") is a package
    in the Stanza resources directory ``model_dir``, downloaded earlier or trained. ``threads`` is how many threads
    torch may use in this process; more than one gains little, so run processes instead. An instance can be pickled;
    the copy loads its own models.

    The same text always gives the same analysis, whatever texts it is parsed together with.
    """

    def __init__(
        self, language: str = "sv", package: str | None = None, model_dir: Path | str | None = None, threads: int = 1
    ) -> None:
        self.language = language
        self.package = package
        self.model_dir = Path(model_dir) if model_dir is not None else None
        self.threads = threads
        self._pipeline: Any = None

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_pipeline": None}

    def load(self) -> None:
        """Load the models now; about two seconds. Raises ``ModelError`` naming what is missing or broken."""
        if self._pipeline is None:
            self._pipeline = self._loaded()

    def parse_many(self, texts: Sequence[str]) -> list[ParsedText]:
        """See ``Parser.parse_many``. Raises ``ModelError``."""
        self.load()
        parsed: list[ParsedText] = []
        for batch in _batches(texts):
            split = [list(_split(text)) for text in batch]
            for part in _portions([segment for text in split for line in text for segment in line.segments]):
                self._analyse(part)
            parsed += [
                ParsedText(text, with_name_lemmas(_paragraphs(found))) for text, found in zip(batch, split, strict=True)
            ]
        return parsed

    def _loaded(self) -> Any:
        directory = BUNDLED_MODELS if self.package is None else self.model_dir
        if directory is None:
            raise ModelError(f"Stanza package {self.package!r} needs a model directory to be loaded from")
        package = self.package or "default"
        processors = _processors(directory, self.language, package)
        try:
            import stanza
            import torch
        except ImportError as error:
            raise ModelError(f"Stanza cannot be imported: {error}") from error
        torch.set_num_threads(self.threads)
        try:
            return stanza.Pipeline(
                self.language,
                dir=str(directory),
                package=package,
                processors=processors,
                download_method=None,
                use_gpu=False,
                logging_level="ERROR",
                tokenize_max_seqlen=MAX_SEGMENT_CHARS,
            )
        except (OSError, ValueError, KeyError, RuntimeError, EOFError, pickle.UnpicklingError) as error:
            raise ModelError(f"the {self.language!r} models in {directory} cannot be loaded: {error}") from error

    def _analyse(self, wanted: Sequence[_Segment]) -> None:
        """Run the models over the segments, at least one, and fill in their sentences."""
        tokenized = self._pipeline.bulk_process([segment.line.text for segment in wanted], processors="tokenize")
        owners: list[_Segment] = []
        chosen: list[Sequence[Token]] = []
        for segment, document in zip(wanted, tokenized, strict=True):
            found = [[_token(token) for token in sentence.tokens] for sentence in document.sentences]
            for sentence in repair(segment.line.text, found):
                for part in bearable(sentence):
                    owners.append(segment)
                    chosen.append(part)
        from stanza.models.common.doc import Document

        document = Document([[_as_stanza(token, i) for i, token in enumerate(part, 1)] for part in chosen])
        self._pipeline.process(document, processors="mwt,pos")
        if self.language == _SWEDISH:
            for sentence in document.sentences:
                correct_tags(sentence.words)
        self._pipeline.process(document, processors="lemma,depparse,ner")
        for segment, tokens, analysis in zip(owners, chosen, document.sentences, strict=True):
            segment.sentences.append(_sentence(segment.line, tokens, analysis))


def _processors(directory: Path, language: str, package: str) -> str:
    """The processors to load for ``language``; the entity tagger only where there is one."""
    path = directory / "resources.json"
    try:
        resources = json.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise ModelError(f"no Stanza models in {directory}: resources.json is missing") from error
    except (OSError, ValueError) as error:
        raise ModelError(f"{path} cannot be read: {error}") from error
    known = resources.get(language, {}) if isinstance(resources, dict) else {}
    missing = [name for name in _REQUIRED if name not in known]
    if missing:
        raise ModelError(f"{path} lists no models for language {language!r}: {', '.join(missing)} missing")
    if package not in known.get("packages", {}):
        raise ModelError(f"{path} lists no package {package!r} for language {language!r}")
    return ",".join((*_REQUIRED, "ner") if "ner" in known else _REQUIRED)


def _batches(texts: Sequence[str]) -> Iterator[list[str]]:
    """The texts in groups of about ``_BATCH_CHARS`` characters; a longer one is a group of its own."""
    batch: list[str] = []
    size = 0
    for text in texts:
        if batch and size + len(text) > _BATCH_CHARS:
            yield batch
            batch, size = [], 0
        batch.append(text)
        size += len(text)
    if batch:
        yield batch


def _portions(found: Sequence[_Segment]) -> Iterator[Sequence[_Segment]]:
    """The segments in groups of about ``_BATCH_CHARS`` characters, so that one huge text needs no more memory."""
    start, size = 0, 0
    for i, segment in enumerate(found):
        size += len(segment.line.text)
        if size >= _BATCH_CHARS:
            yield found[start : i + 1]
            start, size = i + 1, 0
    if start < len(found):
        yield found[start:]


def _split(text: str) -> Iterator[_Line]:
    for start, end in lines(text):
        line = clean(text, start, end)
        if line.text:
            yield _Line(line.starts[0], line.ends[-1], [_Segment(part) for part in segments(line)])


def _paragraphs(found: list[_Line]) -> Iterator[Paragraph]:
    for line in found:
        sentences = tuple(sentence for segment in line.segments for sentence in segment.sentences)
        if sentences:
            yield Paragraph(line.start, line.end, sentences)


def _token(token: Any) -> Token:
    return Token(token.text, token.start_char, token.end_char, "MWT=Yes" in (token.misc or ""))


def _as_stanza(token: Token, number: int) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": (number,), "text": token.text[:MAX_MODEL_CHARS]}
    if token.expands:
        entry["misc"] = "MWT=Yes"
    return entry


def _sentence(line: CleanLine, tokens: Sequence[Token], analysis: Any) -> Sentence:
    words: list[Word] = []
    for token, analysed in zip(tokens, analysis.tokens, strict=True):
        for word in analysed.words:
            text = token.text if len(analysed.words) == 1 else word.text
            words.append(
                Word(
                    index=len(words),
                    text=text,
                    lemma=word.lemma if word.lemma and word.lemma != "_" else text,
                    upos=word.upos or "X",
                    head=word.head - 1,
                    deprel=word.deprel or "dep",
                    start=line.starts[token.start],
                    end=line.ends[token.end - 1],
                    feats=_feats(word.feats),
                    xpos=word.xpos or "",
                    ner=normal_tag(analysed.ner),
                )
            )
    return Sentence(tuple(words), entities(words))


def _feats(feats: str | None) -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in feats.split("|")) if feats else {}
