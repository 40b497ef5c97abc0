"""The drawings and the files, with what is said about them. Drawn and written for this project."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
CREDIT = "Wagtail Newsroom (rysunek)"
LICENCE = "BSD-3-Clause"


@dataclass(frozen=True)
class PhotoCard:
    """A drawing: its title in the library and, for those who don't see it, what it shows."""

    title: str
    description: str
    caption: str = ""


@dataclass(frozen=True)
class FileCard:
    """A file and its place among the others; ``belongs_to`` and ``supersedes`` are keys of :data:`FILES`."""

    name: str
    title: str
    kind: str
    issued_on: dt.date | None = None
    belongs_to: str = ""
    supersedes: str = ""
    change_note: str = ""
    internal: bool = False


# The gallery of the fifth story, in its order
GALLERY = {
    "rozmowa-przy-okraglym-stole": PhotoCard(
        "Okrągły stół",
        "Rysunek: sześć osób siedzi wokół okrągłego stołu z filiżankami i kartkami, mężczyzna z brodą mówi i unosi"
        " rękę.",
        "Przy jednym stole usiedli ci, którzy zlecają usługi, i ci, którzy je prowadzą.",
    ),
    "wystapienie-przy-mownicy": PhotoCard(
        "Powitanie",
        "Rysunek: kobieta w zielonym żakiecie mówi przy mównicy i wskazuje ekran, na którym strzałki łączą dom, ludzi"
        " i serce.",
        "Spotkanie otworzyła Agnieszka Duda.",
    ),
    "sala-pelna-sluchaczy": PhotoCard(
        "Pełna sala",
        "Rysunek: pełna sala widziana od tyłu, trzy osoby podnoszą ręce, na ekranie lista i wykres słupkowy, który"
        " rośnie.",
        "Pytania padały jeszcze w trakcie prezentacji modelu.",
    ),
    "podpisanie-porozumienia": PhotoCard(
        "Porozumienie",
        "Rysunek: kobieta i mężczyzna podają sobie ręce nad stołem, na którym leży podpisany dokument i stoi wazon z"
        " kwiatami.",
        "Dwie instytucje podpisały porozumienie jeszcze tego samego dnia.",
    ),
    "warsztat-przy-tablicy": PhotoCard(
        "Praca w grupach",
        "Rysunek: cztery osoby pracują przy białej tablicy, jedna z nich przykleja żółtą karteczkę w środkowej"
        " kolumnie.",
        "Grupy zapisywały na karteczkach, co pomaga, a co przeszkadza.",
    ),
    "przerwa-kawowa": PhotoCard(
        "Przerwa",
        "Rysunek: kobieta w fartuchu trzyma dzbanek kawy, przy ladzie z ciastami i bułkami stoją dwie osoby z"
        " identyfikatorami.",
        "Poczęstunek przygotowała Spółdzielnia Socjalna „Pod Lipami”.",
    ),
    "rozmowa-przy-oknie": PhotoCard(
        "W kuluarach",
        "Rysunek: młody mężczyzna na wózku rozmawia przy oknie z kobietą, która trzyma filiżankę, i ze starszym"
        " mężczyzną z brodą.",
        "Najważniejsze ustalenia zapadają czasem na korytarzu.",
    ),
    "lista-rekomendacji": PhotoCard(
        "Rekomendacje",
        "Rysunek: ruda kobieta pisze na dużej kartce listę czterech punktów, trzy z nich są już odhaczone.",
        "Cztery rekomendacje trafią do regionalnego komitetu.",
    ),
}

PHOTOS = {
    **GALLERY,
    "spotkanie-online": PhotoCard(
        "Spotkanie online",
        "Rysunek: osoba w słuchawkach, widziana od tyłu, siedzi przed ekranem, na którym uśmiechają się uczestnicy"
        " wideorozmowy.",
    ),
    "rozmowa-na-scenie": PhotoCard(
        "Rozmowa na scenie",
        "Rysunek: cztery osoby rozmawiają w fotelach na scenie, przed nimi siedzi publiczność.",
    ),
    "gmach-uniwersytetu": PhotoCard(
        "Gmach uniwersytetu",
        "Rysunek: gmach z kolumnami i zegarem, przed nim para przechodniów i osoba na wózku, z prawej strony podjazd z"
        " poręczą.",
    ),
    "autokar-na-trasie": PhotoCard(
        "Autokar na trasie",
        "Rysunek: żółty autokar jedzie przez wzgórza, a nad pięcioma wioskami stoją znaczniki z numerami od 1 do 5.",
    ),
    "kawiarnia-spoldzielni": PhotoCard(
        "Kawiarnia spółdzielni",
        "Rysunek: kawiarnia z markizą w pasy, przy stoliku przed wejściem rozmawia dwoje starszych ludzi.",
    ),
    "ekipa-ogrodnicza": PhotoCard(
        "Ekipa ogrodnicza",
        "Rysunek: trzy osoby w pasiastych swetrach sadzą kwiaty w parku, jedna pcha taczkę z ziemią.",
    ),
    "piekarnia": PhotoCard(
        "Piekarnia",
        "Rysunek: dwoje piekarzy w białych czapkach wyrabia ciasto, za nimi płonie ogień w piecu.",
    ),
    "stolarnia": PhotoCard(
        "Stolarnia",
        "Rysunek: trzy osoby w fartuchach pracują przy stole stolarskim, na stole stoi gotowa budka lęgowa.",
    ),
}

# Marks are pictures too; their alternative text stands with the organisation or the project.
MARKS = {
    "znak-centrum": "Znak: Centrum Wspólna Sprawa",
    "znak-zwiazek-gmin": "Znak: Związek Gmin Doliny Lipy",
    "znak-fundacja-sasiedzi": "Znak: Fundacja Sąsiedzi dla Sąsiadów",
    "znak-uniwersytet": "Znak: Uniwersytet Lipogrodzki",
    "znak-fundusz": "Znak: Fundusz Wspólnej Przyszłości",
    "znak-pod-lipami": "Znak: Spółdzielnia Socjalna „Pod Lipami”",
    "pasek-znakow-razem-dla-uslug": "Pasek znaków projektu „Razem dla usług”",
}

FILES = {
    "invitation": FileCard(
        "zaproszenie-i-program-wizyty-studyjnej.pdf",
        "Zaproszenie i program wizyty studyjnej",
        "invitation",
    ),
    "regulations-2024": FileCard(
        "regulamin-udzialu-w-projekcie-2024.pdf",
        "Regulamin udziału w projekcie „Razem dla usług” (2024)",
        "regulations",
        issued_on=dt.date(2024, 3, 4),
    ),
    "regulations": FileCard(
        "regulamin-udzialu-w-projekcie.pdf",
        "Regulamin udziału w projekcie „Razem dla usług”",
        "regulations",
        issued_on=dt.date(2025, 3, 10),
        supersedes="regulations-2024",
        change_note="Zgłoszenia przyjmujemy także e-mailem, a na liście rezerwowej jest dziesięć miejsc.",
    ),
    "form": FileCard(
        "formularz-zgloszeniowy-wizyta-studyjna.docx",
        "Formularz zgłoszeniowy – wizyta studyjna",
        "form",
        belongs_to="regulations",
    ),
    "programme": FileCard("program-konferencji.pdf", "Program konferencji „Usługi blisko domu”", "programme"),
    "slides": FileCard(
        "prezentacja-najpierw-zapytaj.pdf",
        "Prezentacja: Najpierw zapytaj, potem planuj",
        "presentation",
    ),
    "rota": FileCard("terminarz-zespolu.pdf", "Terminarz zespołu (dokument wewnętrzny)", "other", internal=True),
}
