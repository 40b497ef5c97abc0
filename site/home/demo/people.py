"""Invented people and organisations."""

from __future__ import annotations

from dataclasses import dataclass

CENTRE = "Centrum Wspólna Sprawa"


@dataclass(frozen=True)
class OrganisationCard:
    """An organisation; ``logo`` is a key of :data:`home.demo.files.PHOTOS`."""

    key: str
    name: str
    url: str = ""
    logo: str = ""
    logo_alt: str = ""
    english: str = ""


@dataclass(frozen=True)
class PersonCard:
    """A person; ``organisation`` is the name of one below."""

    name: str
    role: str
    organisation: str


ORGANISATIONS = (
    OrganisationCard(
        "centre",
        CENTRE,
        "https://wspolna-sprawa.example.org/",
        "znak-centrum",
        "Znak Centrum Wspólna Sprawa: dwa splecione kręgi, złoty i zielony.",
        "Common Cause Centre (Centrum Wspólna Sprawa)",
    ),
    OrganisationCard(
        "communes",
        "Związek Gmin Doliny Lipy",
        "https://dolina-lipy.example.org/",
        "znak-zwiazek-gmin",
        "Znak Związku Gmin Doliny Lipy: złoty liść nad zielonym wzgórzem.",
    ),
    OrganisationCard(
        "neighbours",
        "Fundacja Sąsiedzi dla Sąsiadów",
        "https://sasiedzi.example.org/",
        "znak-fundacja-sasiedzi",
        "Znak Fundacji Sąsiedzi dla Sąsiadów: biały dom na ceglanym kole.",
    ),
    OrganisationCard(
        "university",
        "Uniwersytet Lipogrodzki",
        "https://uniwersytet.example.org/",
        "znak-uniwersytet",
        "Znak Uniwersytetu Lipogrodzkiego: portyk z czterema kolumnami.",
        "University of Lipogród",
    ),
    OrganisationCard(
        "fund",
        "Fundusz Wspólnej Przyszłości",
        "https://fundusz.example.org/",
        "znak-fundusz",
        "Znak Funduszu Wspólnej Przyszłości: dwa łuki nad kropką.",
        "Common Future Fund",
    ),
    OrganisationCard(
        "limes",
        "Spółdzielnia Socjalna „Pod Lipami”",
        "https://pod-lipami.example.org/",
        "znak-pod-lipami",
        "Znak Spółdzielni Socjalnej „Pod Lipami”: bochenek chleba.",
    ),
    OrganisationCard("office", "Biuro Polityki Społecznej Regionu"),
    OrganisationCard("lawyers", "Kancelaria Kos i Partnerzy"),
    OrganisationCard("beginning", "Centrum Integracji Społecznej „Nowy Początek”"),
    OrganisationCard("green", "Spółdzielnia Socjalna „Zielony Kąt”"),
    OrganisationCard("silver", "Ośrodek Wsparcia Doliny Srebrnej"),
    OrganisationCard("jarzebnik", "Urząd Gminy Jarzębnik"),
    OrganisationCard("doors", "Fundacja Otwarte Drzwi"),
    OrganisationCard("craft", "Spółdzielnia Socjalna „Solidny Fach”"),
    OrganisationCard("river", "Spółdzielnia Socjalna „Czysta Rzeka”"),
    OrganisationCard("debinow", "Urząd Gminy Dębinów"),
    OrganisationCard("cottage", "Spółdzielnia Socjalna „Pełna Chata”"),
)

PEOPLE = (
    PersonCard("Ewa Lis", "koordynatorka", CENTRE),
    PersonCard("Dorota Nowicka", "kierowniczka", CENTRE),
    PersonCard("Marta Gil", "doradczyni do spraw usług", CENTRE),
    PersonCard("Paweł Zięba", "doradca do spraw samorządu", CENTRE),
    PersonCard("Joanna Mazur", "organizacja konferencji", CENTRE),
    PersonCard("Halina Wrona", "badaczka usług społecznych", "Uniwersytet Lipogrodzki"),
    PersonCard("Jan Kos", "radca prawny", "Kancelaria Kos i Partnerzy"),
    PersonCard("Olga Bielik", "ekspertka do spraw finansowania", "Fundusz Wspólnej Przyszłości"),
    PersonCard("Łukasz Adamczyk", "główny specjalista", "Biuro Polityki Społecznej Regionu"),
    PersonCard("Agnieszka Duda", "zastępczyni dyrektora", "Biuro Polityki Społecznej Regionu"),
    PersonCard("Michał Sowa", "doradca, współautor modelu", "Fundacja Sąsiedzi dla Sąsiadów"),
    PersonCard("Beata Król", "kierowniczka", "Centrum Integracji Społecznej „Nowy Początek”"),
    PersonCard("Tomasz Lewandowski", "prezes", "Spółdzielnia Socjalna „Zielony Kąt”"),
    PersonCard("Irena Maj", "doradczyni kluczowa", "Ośrodek Wsparcia Doliny Srebrnej"),
    PersonCard("Katarzyna Dudek", "doradczyni biznesowa", "Ośrodek Wsparcia Doliny Srebrnej"),
    PersonCard("Adam Wilk", "sekretarz gminy", "Urząd Gminy Jarzębnik"),
    PersonCard("Piotr Zając", "prezes", "Fundacja Otwarte Drzwi"),
    PersonCard("Grażyna Pawlak", "prezeska", "Spółdzielnia Socjalna „Solidny Fach”"),
    PersonCard("Robert Sikora", "prezes", "Spółdzielnia Socjalna „Czysta Rzeka”"),
    PersonCard("Danuta Wójcik", "zastępczyni wójta", "Urząd Gminy Dębinów"),
    PersonCard("Monika Kaczmarek", "prezeska", "Spółdzielnia Socjalna „Pełna Chata”"),
)
