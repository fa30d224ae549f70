"""Lines that are never text, and lines that look like them and are."""

from __future__ import annotations

import pytest

from app.lexicon.boilerplate import BoilerplateKind, load_boilerplate

RULES = load_boilerplate("sv")

FURNITURE = [
    "Kommentar (0)",
    "Kommentarer",
    "14 kommentarer",
    "Skriv en kommentar",
    "[annons_2]",
    "[annons]",
    "Annons",
    "ANNONS",
    "ANNONS:",
    "Artikeln fortsätter efter annonsen",
    "Källa",
    "Källor:",
    "Källa: SCB",
    "Läs mer",
    "Läs mer:",
    "Läs mer: Så röstade partierna om budgeten",
    "Läs också: Regeringen backar",
    "LÄS ÄVEN: Nya siffror chockar",
    "Läs mer på 1177.se",
    "Dela",
    "Dela på Facebook",
    "Facebook Twitter",
    "Skriv ut",
    "Prenumerera",
    "Prenumerera här!",
    "Logga in",
    "Bli prenumerant",
    "Den här artikeln är låst",
    "För prenumeranter",
    "Publicerad 12.30",
    "Publicerad: 2023-09-20 14:05",
    "Uppdaterad 20 september 2023 kl. 14.05",
    "PUBLICERAD 2023-09-20",
    "Publicerad i går 12:30",
    "12:30",
    "2023-09-20",
    "20 september 2023",
    "I går 17:21",
    "5 minuter sedan",
    "Lästid: 3 min",
    "https://example.org/nyheter/1",
    "redaktionen@example.se",
    "E-post: tips@example.se",
    "Tel: 08-123 45 67",
    "© TT Nyhetsbyrån",
    "Ansvarig utgivare: Anna Svensson",
    "Ämnen: Ryssland, Ukraina",
    "Mest läst",
    "Vi använder cookies för att förbättra din upplevelse.",
    "Godkänn alla cookies",
    "Fakta",
    "Visa fler",
    "Nästa",
    "Bild 1 av 4",
    "***",
    "----",
    "Spela klippet",
    "Anna Svensson anna.svensson@example.se",
    "Detta är en kommenterande text. Analys och ställningstaganden är skribentens.",
]
CREDITS = [
    "Foto: Anna Svensson/TT",
    "Foto: TT",
    "FOTO: JESSICA GOW/TT",
    "Bild: Henrik Montgomery/TT",
    "(Foto: Reuters)",
    "Arkivbild.",
    "Arkivbild från 2019",
    "Genrebild",
    "Nguyen Quang Minh (enligt Reuters/Foto: Artsakh Public TV/Reuters)",
    "(enligt Reuters)",
    "Fredrik Persson/TT",
    "Illustration: Anna Svensson",
    "Arkivbild: Pontus Lundahl/TT",
]
BYLINES = [
    "TT",
    "(TT)",
    "TT-AFP",
    "TT/Reuters",
    "Reuters",
    "Av Anna Svensson",
    "Av: Anna Svensson",
    "Text: Anna Svensson",
    "Text och foto: Anna Svensson",
    "Text: TT",
    "Anna Svensson/TT",
    "Anna Svensson, reporter",
    "Av Anna Svensson och Per Berg",
    "Reporter: Anna af Klint",
]
EDGE_ONLY = ["Anna Andersson", "Anna Andersson och Per Berg", "Magdalena Andersson i riksdagen. Foto: Anna Svensson/TT"]

TEXT = [
    "Kommentaren fick henne att lämna mötet.",
    "Källan uppger att avtalet är klart.",
    "Källor till TT säger att hon avgår.",
    "Annonsen togs bort, säger bolaget.",
    "Läs inte för mycket i siffrorna, säger Anna Lind.",
    "Läs mer än du skriver, uppmanar författaren.",
    "Dela med er av maten, uppmanar kommunen.",
    "Dela ut vaccinet nu, kräver WHO.",
    "Foton från platsen visar att byn är förstörd.",
    "Bilder från satelliter visar stridsvagnar.",
    "Publicerade handlingar visar att ministern visste.",
    "Reuters kunde inte verifiera påståendena från någon av sidorna.",
    "TT har sökt ministern.",
    "TT: Vad säger du om kritiken?",
    "Enligt Reuters har 25 personer dödats.",
    "Av hundra tillfrågade säger tio nej.",
    "Av Anna Svensson har vi fått veta att mötet är inställt.",
    "Text och bild hör ihop, säger han.",
    "Ring efter hjälp",
    '"Att avsluta ett kapitel i historien"',
    "Vinsten är rekordstor, men nu ska var femte tjänst bort",
    'Nordbruk varslar 210 – facket: "Ett svek"',
    "Studie: Fjällens glaciärer smälter snabbare än väntat",
    "– Nej.",
    "– Vi har en misstänkt och bara en.",
    "Fakta talar för att hon har rätt, säger åklagaren.",
    "Följ reglerna, uppmanar polisen.",
    "Följ pengarna",
    "Hem till byn vågar ingen.",
    "Anna Lind (S) säger nej.",
    "Ryssland anklagar Ukraina",
    "Löfven: Vi backar inte",
    "Spara pengar nu, råder ekonomen.",
    "12 personer greps.",
    "I går greps tre män.",
    "Två döda i Malmö",
    "Magdalena Andersson sade att det var fel (enligt uppgift till Ekot).",
    "Polisen (Säpo) bekräftar.",
    "Mer om detta säger hon inte.",
    "Bakgrund: Konflikten har pågått sedan 1988.",
    "Vi använder kakor i receptet, säger bagaren.",
]


@pytest.mark.parametrize(
    ("line", "kind"),
    [(line, BoilerplateKind.FURNITURE) for line in FURNITURE]
    + [(line, BoilerplateKind.CREDIT) for line in CREDITS]
    + [(line, BoilerplateKind.BYLINE) for line in BYLINES],
)
def test_lines_that_are_no_text(line: str, kind: BoilerplateKind) -> None:
    rule = RULES.rule_for(line)
    assert rule is not None
    assert (rule.kind is BoilerplateKind.FURNITURE) == (kind is BoilerplateKind.FURNITURE)
    assert RULES.is_boilerplate(f"  {line}\t")


@pytest.mark.parametrize("line", TEXT)
def test_text_is_kept_even_at_the_edge(line: str) -> None:
    assert RULES.rule_for(line, at_edge=True) is None


@pytest.mark.parametrize("line", EDGE_ONLY)
def test_a_name_alone_is_a_byline_at_the_edge_only(line: str) -> None:
    assert not RULES.is_boilerplate(line)
    assert RULES.rule_for(line, at_edge=True) is not None


def test_edges_work_inward_and_leave_the_headline() -> None:
    lines = [
        "Stefan Löfven",
        "Anna Svensson/TT",
        "Partiledaren avgår, säger han.",
        "Nu väntar val.",
        "Ulf Kristersson",
        "Han tackar.",
        "Per Berg",
        "Kommentar (0)",
    ]
    assert RULES.edges(lines) == [False, True, False, False, False, False, True, True]


def test_empty_and_long_lines_are_left_alone() -> None:
    assert RULES.rule_for("") is None
    assert RULES.rule_for("Foto: " + "A" * 500) is None
