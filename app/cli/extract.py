"""``sagesman extract``: the claims of files, without a database."""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.files import Source, read_sources, write_output
from app.cli.options import ARTICLE_FILES, Encoding, Language, Output

if TYPE_CHECKING:
    from app.domain.claim import Claim, Extraction, Target
    from app.parsing.parser import Parser
    from app.settings import Settings


class Format(StrEnum):
    """What ``extract`` prints."""

    TABLE = "table"
    JSON = "json"
    SCORE = "score"
    CONLLU = "conllu"


_EXAMPLES = """Examples:

sagesman extract article.txt

cat article.txt | sagesman extract - --format json -o claims.json

sagesman extract documents.json --format score > system.json
"""


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(epilog=_EXAMPLES)(extract)


def extract(
    files: Annotated[list[str], typer.Argument(metavar="FILE", help=ARTICLE_FILES)],
    form: Annotated[Format, typer.Option("--format", "-f", help="What to print.")] = Format.TABLE,
    language: Language = None,
    encoding: Encoding = None,
    output: Output = None,
) -> None:
    """Print the claims in FILES: who says what, with which words, about or against whom. Nothing is stored.

    The format table is for people; json has everything, with rules and offsets; score is what the evaluation reads;
    conllu is the parse that the claims were found in.
    """
    from app.cli.wiring import settings_of_this_run

    settings = settings_of_this_run()
    sources = [
        source
        for path in files
        for source in read_sources(path, settings.max_text_chars, encoding, language=language)
        if not source.withdrawn
    ]
    if form is Format.CONLLU:
        write_output(output, _conllu(sources, settings))
        return
    results = _extracted(sources, settings)
    if form is Format.TABLE:
        write_output(output, "".join(_table(source, found) for source, found in results))
        return
    from app.formats.extraction_json import extraction_document
    from app.formats.score import scored_document

    value = (
        [scored_document(source.name, found) for source, found in results]
        if form is Format.SCORE
        else [{"source": source.name, **extraction_document(source.article, found)} for source, found in results]
    )
    write_output(output, json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def _extracted(sources: Sequence[Source], settings: Settings) -> list[tuple[Source, Extraction]]:
    """Each source with what was found in it."""
    from app.cli.output import progress
    from app.cli.wiring import Extractors

    extractors = Extractors(settings)
    for language in {source.article.language for source in sources}:
        extractors.prepare(language)
    found: list[tuple[Source, Extraction]] = []
    with progress() as bar:
        task = bar.add_task("extracting", total=len(sources))
        for start in range(0, len(sources), settings.batch_size):
            batch = sources[start : start + settings.batch_size]
            found += zip(batch, extractors.extract_many([source.article for source in batch]), strict=True)
            bar.advance(task, len(batch))
    return found


def _conllu(sources: Sequence[Source], settings: Settings) -> str:
    from app.cli.wiring import parser
    from app.parsing.conllu import to_conllu

    parsers: dict[str, Parser] = {}
    documents = []
    for source in sources:
        language = source.article.language
        parsers.setdefault(language, parser(settings, language))
        (parsed,) = parsers[language].parse_many([source.article.text])
        documents.append(f"# source = {source.name}\n{to_conllu(parsed)}")
    return "".join(documents)


def _table(source: Source, found: Extraction) -> str:
    from app.cli.output import table

    names = {actor.ref: actor.name for actor in found.actors}
    rows = [
        (claim.ref, _speaker(claim, names), claim.act.value, _content(claim), _targets(claim, names))
        for claim in found.claims
    ]
    return table(("", "speaker", "act", "claim", "targets"), rows, f"{source.name}: {len(rows)} claims")


def _speaker(claim: Claim, names: dict[str, str]) -> str:
    named = ", ".join(names[ref] for ref in claim.speakers)
    printed = claim.speaker.text if claim.speaker else ""
    return named if printed in ("", named) else f"{named} ({printed})" if named else printed or "–"


def _content(claim: Claim) -> str:
    return " … ".join(span.text for span in claim.content)


def _targets(claim: Claim, names: dict[str, str]) -> str:
    aimed = [f"{target.role.value}: {_whom(target, names)}" for target in claim.targets]
    return "\n".join([*aimed, *(f"{relation.kind.value} {relation.claim}" for relation in claim.relations)])


def _whom(target: Target, names: dict[str, str]) -> str:
    if target.actor is not None:
        return names[target.actor]
    return target.mention.text if target.mention else "?"
