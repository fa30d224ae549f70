"""Bodies by name and by head noun: authorities, governments, armed forces, organisations, media, groups, documents."""

from __future__ import annotations

import pytest

from app.domain.actor import ActorKind
from app.lexicon.entities import load_entities
from app.lexicon.persons import DocumentFamily

LEXICON = load_entities("sv")


@pytest.mark.parametrize(
    ("word", "name", "genitive"),
    [
        ("EU", "EU", False),
        ("EU:s", "EU", True),
        ("Europeiska unionens", "EU", True),
        ("FN:s säkerhetsråd", "FN:s säkerhetsråd", False),
        ("Världshälsoorganisationen", "WHO", False),
        ("Nato", "Nato", False),
        ("NATO:s", "Nato", True),
        ("NATOS", None, False),
        ("Säpo", "Säkerhetspolisen", False),
        ("Säpos", "Säkerhetspolisen", True),
        ("Folkhälsomyndigheten", "Folkhälsomyndigheten", False),
        ("FHM", "Folkhälsomyndigheten", False),
        ("polisen", "Polisen", False),
        ("Reuters", "Reuters", False),
        ("DN", "Dagens Nyheter", False),
        ("Dagens Nyheters", "Dagens Nyheter", True),
        ("Centerns", "Centerpartiet", True),
        ("Påhittade förbundet", None, False),
    ],
)
def test_bodies_by_name(word: str, name: str | None, genitive: bool) -> None:
    hit = LEXICON.organisation(word)
    assert (hit.organisation.name if hit else None) == name
    assert (hit.genitive if hit else False) == genitive


def test_reuters_is_no_genitive_of_itself() -> None:
    hit = LEXICON.organisation("Reuters")
    assert hit is not None
    assert hit.organisation.kind is ActorKind.MEDIA
    assert not hit.genitive


@pytest.mark.parametrize(
    ("letters", "name"),
    [
        ("(S)", "Socialdemokraterna"),
        ("SD", "Sverigedemokraterna"),
        ("(MP)", "Miljöpartiet"),
        ("(X)", None),
        ("(s)", None),
    ],
)
def test_party_letters(letters: str, name: str | None) -> None:
    party = LEXICON.party(letters)
    assert (party.name if party else None) == name


@pytest.mark.parametrize(
    ("word", "kind", "organ"),
    [
        ("regeringen", ActorKind.GOVERNMENT, True),
        ("försvarsministerium", ActorKind.GOVERNMENT, True),
        ("Ministeriet", ActorKind.GOVERNMENT, True),
        ("utrikesdepartementets", ActorKind.GOVERNMENT, True),
        ("ambassaden", ActorKind.GOVERNMENT, True),
        ("armén", ActorKind.ARMED_FORCE, True),
        ("specialstyrkor", ActorKind.ARMED_FORCE, True),
        ("flygvapnet", ActorKind.ARMED_FORCE, True),
        ("säkerhetstjänsten", ActorKind.AUTHORITY, True),
        ("gränspolisen", ActorKind.AUTHORITY, True),
        ("Naturvårdsverket", ActorKind.AUTHORITY, False),
        ("hovrätten", ActorKind.AUTHORITY, False),
        ("miljödomstolen", ActorKind.AUTHORITY, False),
        ("Skolinspektionen", ActorKind.AUTHORITY, False),
        ("socialnämnden", ActorKind.AUTHORITY, False),
        ("länsstyrelsen", ActorKind.AUTHORITY, False),
        ("handbollsförbundet", ActorKind.ORGANISATION, False),
        ("bostadsrättsföreningen", ActorKind.ORGANISATION, False),
        ("oppositionspartierna", ActorKind.ORGANISATION, False),
        ("gruvbolaget", ActorKind.ORGANISATION, False),
        ("universitetet", ActorKind.ORGANISATION, False),
        ("simklubben", ActorKind.ORGANISATION, False),
        ("rebellgruppen", ActorKind.GROUP, False),
    ],
)
def test_bodies_by_head_noun(word: str, kind: ActorKind, organ: bool) -> None:
    hit = LEXICON.body_noun(word)
    assert hit is not None
    assert (hit.entry.kind, hit.entry.organ) == (kind, organ)


@pytest.mark.parametrize(
    "word",
    [
        "området",
        "bostadsområden",
        "kraftverk",
        "vattenkraftverket",
        "maträtter",
        "äganderätten",
        "förslaget",
        "grundlagen",
        "anledningen",
        "producenter",
        "bostäder",
        "järnvägarna",
        "vindstyrkan",
        "erfarenheter",
        "taggtråd",
        "förråd",
        "vanliga",
        "stol",
    ],
)
def test_words_that_only_look_like_bodies(word: str) -> None:
    assert LEXICON.body_noun(word) is None


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Reuters", ActorKind.MEDIA),
        ("Försvarsmakten", ActorKind.ARMED_FORCE),
        ("Azerbajdzjans försvarsministerium", ActorKind.GOVERNMENT),
        ("Attunda tingsrätt", ActorKind.AUTHORITY),
        ("Västra Götalands Jägareförbund", ActorKind.ORGANISATION),
        ("Tidningen Skogsnytt", ActorKind.MEDIA),
        ("Demonstranter", ActorKind.GROUP),
        ("Göteborgs universitet", ActorKind.ORGANISATION),
        ("Anna Lind", None),
        ("", None),
    ],
)
def test_kind_of_an_unknown_name(name: str, kind: ActorKind | None) -> None:
    assert LEXICON.kind_of(name) is kind


@pytest.mark.parametrize(
    ("word", "kind", "plural"),
    [
        ("demonstranter", ActorKind.GROUP, True),
        ("Invånare", ActorKind.GROUP, None),
        ("forskarna", ActorKind.GROUP, True),
        ("tjänstemän", ActorKind.AUTHORITY, True),
        ("marktrupper", ActorKind.ARMED_FORCE, True),
        ("fredsbevarare", ActorKind.ARMED_FORCE, None),
        ("separatisterna", ActorKind.ARMED_FORCE, True),
        ("separatistmyndigheter", ActorKind.AUTHORITY, True),
        ("oppositionen", ActorKind.ORGANISATION, False),
        ("bedömare", ActorKind.GROUP, None),
        ("källor", ActorKind.GROUP, True),
        ("föräldrar", ActorKind.GROUP, True),
        ("anhöriga", ActorKind.GROUP, True),
    ],
)
def test_groups(word: str, kind: ActorKind, plural: bool | None) -> None:
    hit = LEXICON.group(word)
    assert hit is not None
    assert (hit.entry.kind, hit.form.plural) == (kind, plural)


@pytest.mark.parametrize("word", ["sekunder", "energikällor", "förtroende", "immunförsvaret", "bord"])
def test_words_that_only_look_like_groups(word: str) -> None:
    assert LEXICON.group(word) is None


@pytest.mark.parametrize(
    ("word", "family"),
    [
        ("rapporten", DocumentFamily.REPORT),
        ("FN-rapport", DocumentFamily.REPORT),
        ("studien", DocumentFamily.REPORT),
        ("opinionsundersökningen", DocumentFamily.REPORT),
        ("åtalet", DocumentFamily.LEGAL),
        ("stämningsansökan", DocumentFamily.LEGAL),
        ("polisanmälan", DocumentFamily.LEGAL),
        ("domen", DocumentFamily.LEGAL),
        ("pressmeddelande", DocumentFamily.MESSAGE),
        ("mejlet", DocumentFamily.MESSAGE),
        ("uttalandet", DocumentFamily.MESSAGE),
        ("siffrorna", DocumentFamily.DATA),
        ("videor", DocumentFamily.RECORDING),
        ("satellitbilder", DocumentFamily.RECORDING),
    ],
)
def test_documents(word: str, family: DocumentFamily) -> None:
    hit = LEXICON.document(word)
    assert hit is not None
    assert hit.entry.family is family


@pytest.mark.parametrize(
    "word", ["arbetsuppgifter", "behandlingen", "ungdom", "sjukdomen", "plånboken", "misshandling", "antal"]
)
def test_words_that_only_look_like_documents(word: str) -> None:
    assert LEXICON.document(word) is None


@pytest.mark.parametrize("word", ["tidningen", "nyhetsbyrån", "tv-kanalen", "lokaltidningen", "radion", "nyhetssajten"])
def test_media_heads(word: str) -> None:
    assert LEXICON.media_head(word) is not None


@pytest.mark.parametrize("word", ["torkarbladet", "avloppskanalen", "mässan"])
def test_words_that_only_look_like_media(word: str) -> None:
    assert LEXICON.media_head(word) is None


def test_bodies_of_other_states_know_their_state() -> None:
    for name, code in (("CIA", "US"), ("Hamas", "gaza"), ("Stortinget", "NO"), ("FSB", "RU")):
        hit = LEXICON.organisation(name)
        assert hit is not None
        assert hit.organisation.territory == code
