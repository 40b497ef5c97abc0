"""Invented places, topics, the project and the clause about personal data."""

from __future__ import annotations

from typing import Any

VENUES: dict[str, dict[str, str]] = {
    "aula": {
        "name": "Uniwersytet Lipogrodzki",
        "hall": "Aula Zielona",
        "street": "ul. Akademicka 3",
        "postal_code": "00-020",
        "city": "Lipogród",
        "access": (
            "Wejście od ul. Akademickiej: schody i podjazd z poręczą. Aula jest na parterze. Dwa miejsca parkingowe"
            " dla osób z niepełnosprawnościami są przy portierni. Przystanek „Uniwersytet” (linie 2 i 5) leży 150"
            " metrów od wejścia. Pies asystujący jest mile widziany."
        ),
    },
    "centre": {
        "name": "Centrum Wspólna Sprawa",
        "hall": "sala spotkań, parter",
        "street": "ul. Ogrodowa 12",
        "postal_code": "00-012",
        "city": "Lipogród",
        "access": (
            "Wejście z poziomu chodnika, drzwi otwierają się same. Toaleta dla osób na wózkach jest obok sali."
            " Przystanek „Ogrodowa” leży naprzeciwko."
        ),
    },
    "region": {
        "name": "Dom Regionu",
        "hall": "sala okrągła, piętro 1",
        "street": "pl. Lipowy 1",
        "postal_code": "00-010",
        "city": "Lipogród",
        "access": "Winda jest po prawej stronie holu. W sali działa pętla indukcyjna.",
    },
    "bakery": {
        "name": "Piekarnia „Pod Lipami”",
        "street": "ul. Młyńska 4",
        "postal_code": "00-031",
        "city": "Wierzbinów",
        "access": "Do piekarni prowadzi jeden stopień o wysokości 12 cm; na prośbę rozkładamy rampę.",
    },
}

AULA_IN_ENGLISH = {
    "name": "University of Lipogród",
    "hall": "Green Hall (Aula Zielona)",
    "access": (
        "Entrance from Akademicka Street: stairs and a ramp with a handrail. The hall is on the ground floor. There"
        " are two parking spaces for disabled people next to the porter's lodge. The “Uniwersytet” stop (lines 2 and"
        " 5) is 150 metres from the entrance. Assistance dogs are welcome."
    ),
}

# Polish name, English name, description in Polish
TOPICS: dict[str, tuple[str, str, str]] = {
    "services": (
        "Usługi społeczne",
        "Social services",
        "Opieka, wsparcie rodzin, dowóz i inne usługi dla mieszkańców.",
    ),
    "cooperatives": (
        "Spółdzielnie socjalne",
        "Social co-operatives",
        "Jak powstają, co robią i kogo zatrudniają.",
    ),
    "communes": (
        "Współpraca z samorządem",
        "Working with local government",
        "Zlecenia, umowy, strategie i wspólne plany.",
    ),
    "funding": ("Pieniądze i nabory", "Funding and calls", "Dotacje, pożyczki i terminy naborów."),
    "learning": ("Szkolenia i wizyty", "Training and visits", "Gdzie można się czegoś nauczyć."),
    "people": ("Ludzie i miejsca", "People and places", "Opowieści z regionu."),
}

PROJECT: dict[str, Any] = {
    "name": "Razem dla usług",
    "number": "FWP.07.02-0014/25",
    "value": "1 840 000 zł",
    "grant": "1 564 000 zł",
    "funding_statement": (
        "Projekt „Razem dla usług” jest współfinansowany ze środków Funduszu Wspólnej Przyszłości w ramach programu"
        " Region Lipogrodzki."
    ),
    "logo_strip_alt": "Znaki: Fundusz Wspólnej Przyszłości, Region Lipogrodzki, Centrum Wspólna Sprawa.",
    "url": "https://wspolna-sprawa.example.org/razem-dla-uslug/",
}
PROJECT_PARTNERS = ("centre", "communes", "neighbours")
PROJECT_IN_ENGLISH = {
    "name": "Together for Services",
    "funding_statement": (
        "The project “Together for Services” is co-financed by the Common Future Fund under the Lipogród Region"
        " programme."
    ),
    "logo_strip_alt": "Marks of the Common Future Fund, the Lipogród Region and the Common Cause Centre.",
}

CLAUSE = {
    "title": "Udział w spotkaniach i szkoleniach",
    "text": (
        "<p>Administratorem Twoich danych jest Centrum Wspólna Sprawa, ul. Ogrodowa 12, 00-012 Lipogród.</p><ul><li>Po"
        " co: żeby przyjąć zgłoszenie, przysłać informacje i rozliczyć projekt.</li><li>Jak długo: przez pięć lat od"
        " zakończenia projektu.</li><li>Twoje prawa: wgląd, poprawienie, usunięcie, ograniczenie, skarga do organu"
        " nadzorczego.</li><li>Kontakt z inspektorem ochrony danych: iod@example.org.</li></ul>"
    ),
}
CLAUSE_IN_ENGLISH = {
    "title": "Taking part in meetings and training",
    "text": (
        "<p>The controller of your data is Centrum Wspólna Sprawa, ul. Ogrodowa 12, 00-012 Lipogród,"
        " Poland.</p><ul><li>Why: to accept your registration, send you information and account for the"
        " project.</li><li>How long: for five years after the project ends.</li><li>Your rights: access, correction,"
        " erasure, restriction, and a complaint to the supervisory authority.</li><li>Data protection officer:"
        " iod@example.org.</li></ul>"
    ),
}
