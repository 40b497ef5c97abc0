"""The tree around the stories, in both languages: home, lists, standard pages, contact; and the site's own texts."""

from __future__ import annotations

from typing import Any

from home.demo.blocks import heading, points, text
from home.demo.world import Item, World

HOME = {
    "pl": {
        "title": "Centrum Wspólna Sprawa",
        "slug": "centrum",
        "lead": (
            "Pomagamy gminom, spółdzielniom socjalnym i organizacjom robić razem to, czego nikt nie zrobi w pojedynkę."
        ),
    },
    "en": {
        "title": "Common Cause Centre",
        "slug": "centre",
        "lead": (
            "We help local councils, social co-operatives and charities do together what none of them could do alone."
        ),
    },
}

# Lists under the home page, in the order of the menu
LISTS: dict[str, dict[str, dict[str, Any]]] = {
    "news": {
        "pl": {
            "title": "Aktualności",
            "slug": "aktualnosci",
            "intro": "Co się wydarzyło, co zmieniamy, kogo szukamy. Są tu też zaproszenia.",
        },
        "en": {
            "title": "News",
            "slug": "news",
            "intro": "Selected news and invitations in English. The full list is in Polish.",
        },
    },
    "events": {
        "pl": {
            "title": "Wydarzenia",
            "slug": "wydarzenia",
            "intro": "Spotkania, szkolenia, wizyty. Zapisy są bezpłatne, chyba że napisano inaczej.",
        },
        "en": {
            "title": "Events",
            "slug": "events",
            "intro": "Meetings, training and visits. Most of them are held in Polish; ask us about interpreting.",
        },
    },
    "galleries": {
        "pl": {"title": "Galerie", "slug": "galerie", "intro": "Zobacz, jak to wygląda, kiedy pracujemy razem."},
        "en": {"title": "Galleries", "slug": "galleries", "intro": "See what it looks like when we work together."},
    },
    "documents": {
        "pl": {
            "title": "Dokumenty",
            "slug": "dokumenty",
            "intro": "Regulaminy, formularze, programy i prezentacje. Potrzebujesz innej formy? Napisz do nas.",
        },
        "en": {
            "title": "Documents",
            "slug": "documents",
            "intro": "Rules, forms, programmes and presentations. Do you need another format? Write to us.",
        },
    },
}

CONTACT = {
    "pl": {
        "title": "Kontakt",
        "slug": "kontakt",
        "lead": "Zadzwoń, napisz albo po prostu przyjdź. Odpowiadamy w ciągu dwóch dni roboczych.",
        "body": [
            heading("Jak do nas trafić"),
            text(
                "Przystanek „Ogrodowa” (linie 2 i 7) leży naprzeciwko wejścia. Na podwórzu są dwa miejsca dla osób z"
                " niepełnosprawnościami; brama otwiera się po naciśnięciu dzwonka.",
            ),
            heading("Jeśli wolisz inaczej"),
            text(
                points(
                    "Połączymy się z tłumaczem języka migowego, jeśli umówisz się dzień wcześniej.",
                    "Przyjedziemy do Ciebie, jeśli nie możesz przyjechać do nas.",
                    "Pies asystujący jest u nas mile widziany.",
                )
            ),
        ],
    },
    "en": {
        "title": "Contact",
        "slug": "contact",
        "lead": (
            "Call, write or just drop in. We answer within two working days. Our advisers speak English and Ukrainian."
        ),
        "body": [
            heading("Getting here"),
            text(
                'The <span lang="pl">“Ogrodowa”</span> stop (lines 2 and 7) is opposite the entrance. There are two'
                " parking spaces for disabled people in the yard; ring the bell to open the gate.",
            ),
        ],
    },
}

STANDARD = {
    "about": {
        "pl": {
            "title": "O nas",
            "slug": "o-nas",
            "lead": "Od ośmiu lat łączymy ludzi, którzy zlecają usługi, z ludźmi, którzy potrafią je zrobić.",
            "body": [
                heading("Co robimy"),
                text(
                    points(
                        "Doradzamy gminom, jak zaplanować i zlecić usługę społeczną.",
                        "Pomagamy zakładać i prowadzić spółdzielnie socjalne.",
                        "Uczymy: na szkoleniach, webinarach i wizytach studyjnych.",
                        "Sprawdzamy, czy to działa, i mówimy o tym otwarcie.",
                    )
                ),
                heading("Dla kogo"),
                text(
                    "Dla samorządów, ośrodków pomocy, spółdzielni, organizacji i osób, które mają pomysł, ale nie"
                    " wiedzą, od czego zacząć."
                ),
                heading("Skąd mamy pieniądze"),
                text(
                    "Z Funduszu Wspólnej Przyszłości, ze składek gmin i z własnych szkoleń. Co roku publikujemy"
                    " sprawozdanie."
                ),
            ],
        },
        "en": {
            "title": "About us",
            "slug": "about",
            "lead": (
                "For eight years we have been bringing together people who commission services and people who can"
                " provide them."
            ),
            "body": [
                heading("What we do"),
                text(
                    points(
                        "We advise local councils on planning and commissioning social services.",
                        "We help people set up and run social co-operatives.",
                        "We teach: in workshops, webinars and study visits.",
                        "We check whether it works, and say so openly.",
                    )
                ),
            ],
        },
    },
    "privacy": {
        "pl": {
            "title": "Ochrona danych osobowych",
            "slug": "ochrona-danych",
            "lead": "Jakie dane zbieramy, po co, i co możesz z tym zrobić.",
            "body": [
                heading("Kto odpowiada za dane"),
                text(
                    "Administratorem danych jest Centrum Wspólna Sprawa, ul. Ogrodowa 12, 00-012 Lipogród. Inspektor"
                    " ochrony danych: iod@example.org.",
                ),
                heading("Ta strona"),
                text(
                    "Strona nie używa ciasteczek i nie śledzi odwiedzających. Ustawienia wyglądu zostają w Twojej"
                    " przeglądarce."
                ),
                heading("Zgłoszenia na wydarzenia"),
                text(
                    "Dane ze zgłoszeń służą do organizacji wydarzenia i rozliczenia projektu. Przechowujemy je przez"
                    " pięć lat od zakończenia projektu, potem usuwamy.",
                ),
                heading("Twoje prawa"),
                text(
                    points(
                        "zobaczyć swoje dane i je poprawić,",
                        "poprosić o ich usunięcie lub ograniczenie,",
                        "sprzeciwić się ich użyciu,",
                        "złożyć skargę do organu nadzorczego.",
                    )
                ),
            ],
        },
        "en": {
            "title": "Personal data protection",
            "slug": "privacy",
            "lead": "What data we collect, why, and what you can do about it.",
            "body": [
                text(
                    "The controller of your data is Centrum Wspólna Sprawa, ul. Ogrodowa 12, 00-012 Lipogród, Poland."
                    " Data protection officer: iod@example.org.",
                    "This site sets no cookies and does not track its visitors. Data from registrations serve to"
                    " organise the event and to account for the project; we delete them five years after its end.",
                    points(
                        "You may see your data and correct them.",
                        "You may ask us to erase or restrict them.",
                        "You may complain to the supervisory authority.",
                    ),
                ),
            ],
        },
    },
}

SEARCH = {
    "pl": {"title": "Szukaj", "slug": "szukaj"},
    "en": {"title": "Search", "slug": "search"},
}

SITE_TEXTS = {
    "pl": {
        "organisation_name": "Centrum Wspólna Sprawa",
        "tagline": "Usługi blisko ludzi",
        "address": "ul. Ogrodowa 12\n00-012 Lipogród",
        "opening_hours": "poniedziałek–czwartek 8:00–16:00\npiątek 8:00–13:00",
        "feeds_title": "Centrum Wspólna Sprawa: aktualności",
        "footer_text": "Strona pokazowa. Instytucja, osoby i miejsca są zmyślone.",
    },
    "en": {
        "organisation_name": "Common Cause Centre",
        "tagline": "Services close to people",
        "address": "ul. Ogrodowa 12\n00-012 Lipogród, Poland",
        "opening_hours": "Monday–Thursday 8 am–4 pm\nFriday 8 am–1 pm",
        "feeds_title": "Common Cause Centre: news",
        "footer_text": "A demonstration site. The institution, the people and the places are invented.",
    },
}

SETTINGS = {
    "email": "biuro@example.org",
    "phone": "42 000 00 00",
    "accessible_formats_email": "dostepnosc@example.org",
    "bip_url": "https://bip.example.org/wspolna-sprawa/",
    "facebook_url": "https://spolecznosci.example.org/wspolna-sprawa",
    "youtube_url": "https://filmy.example.org/wspolna-sprawa",
}


def contact(language: str, world: World) -> Item:
    """The contact page; it leads to the page on personal data."""
    page = world.pages["privacy"]
    link = {"pl": "Jak chronimy dane osobowe", "en": "How we protect personal data"}[language]
    way = text(f'<p><a linktype="page" id="{page.pk}">{link}</a></p>')
    return {**CONTACT[language], "body": [*CONTACT[language]["body"], way]}
