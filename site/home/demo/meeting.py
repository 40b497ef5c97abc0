"""The first story: an online meeting. Its programme starts before the stated hours and ends after them."""

from __future__ import annotations

import datetime as dt

from home.demo.blocks import day, heading, points, session, text
from home.demo.world import Item, World


def online_meeting(world: World) -> Item:
    days = world.days
    on = days.midweek_ahead(12)
    return {
        "title": "Strategia blisko ludzi: spotkanie online dla gmin i powiatów",
        "lead": (
            "Pierwsze spotkanie dla samorządów o tym, jak zaplanować usługi społeczne w nowych strategiach i kogo do"
            " tego zaprosić."
        ),
        "slug": "strategia-blisko-ludzi",
        "kind": "meeting",
        "date": days.behind(6),
        "lead_image": world.photos["spotkanie-online"],
        "topics": world.about("services", "communes"),
        "start_date": on,
        "start_time": dt.time(10),
        "end_time": dt.time(12),
        "check_in_from": dt.time(9, 30),
        "attendance_mode": "online",
        "online_platform": "Zoom",
        "online_link": "https://spotkania.example.org/strategia-blisko-ludzi",
        "online_link_visibility": "registered",
        "audience": "Przedstawiciele gmin i powiatów: urzędy, ośrodki pomocy społecznej, centra usług społecznych",
        "cost": "Udział bezpłatny",
        "organisers": [("centre", "organiser")],
        "registration": "link",
        "registration_link": "https://formularze.example.org/strategia-blisko-ludzi",
        "deadline_date": days.before(on),
        "deadline_time": dt.time(15),
        "information_clause": world.clause,
        "captions": "yes",
        "accessibility_requests": "tłumaczenie na polski język migowy, materiały dużym drukiem",
        "accessibility_requests_until": days.before(on, 3),
        "body": [
            heading("O czym porozmawiamy"),
            text(
                "Gminy i powiaty zaczynają pisać nowe strategie. To dobry moment, żeby znalazły się w nich usługi, na"
                " które czekają mieszkańcy: opieka nad starszymi osobami, wsparcie rodzin, dowóz do lekarza, zajęcia"
                " po szkole.",
                "Pokażemy, jak zapisać takie usługi w dokumencie i jak powierzyć je spółdzielniom socjalnym oraz"
                " organizacjom. Każde wystąpienie kończy się pytaniami.",
            ),
            heading("Jak dołączyć"),
            text(
                points(
                    "Zapisz się przez formularz.",
                    "Link do spotkania przyślemy na adres podany w zgłoszeniu.",
                    "Pół godziny przed otwarciem można sprawdzić dźwięk i obraz. Pomożemy, jeśli coś nie zadziała.",
                ),
                "Spotkanie jest pierwszym z cyklu. Następne tematy wybierzemy razem z uczestnikami.",
            ),
        ],
        "agenda": [
            day(
                on,
                session("09:30-10:00", "Rejestracja uczestników i próba połączeń", kind="registration"),
                session("10:00-10:15", "Otwarcie spotkania", world.speaker("Dorota Nowicka"), kind="opening"),
                session(
                    "10:15-10:45",
                    "Usługi bliżej ludzi: jak wpisać je w strategię gminy",
                    world.speaker("Halina Wrona"),
                    description="Trzy zapisy, które warto mieć w każdej strategii, i dwa, które nic nie zmieniają.",
                ),
                session(
                    "10:45-11:15",
                    "Strategia regionu: miejsce dla ekonomii społecznej",
                    world.speaker("Łukasz Adamczyk"),
                    world.speaker("Agnieszka Duda"),
                ),
                session(
                    "11:15-11:35",
                    "Opieka nad osobami starszymi: co może zrobić spółdzielnia",
                    world.speaker("Marta Gil"),
                ),
                session(
                    "11:35-11:55",
                    "Dobrze napisane zlecenie: przykład z Jarzębnika",
                    world.speaker("Adam Wilk"),
                    world.speaker("Beata Król"),
                ),
                session(
                    "11:55-12:10",
                    "Jak Centrum pomaga samorządom pisać dokumenty",
                    world.speaker("Paweł Zięba"),
                ),
                session("12:10-12:30", "Pytania i odpowiedzi", world.speaker("Ewa Lis")),
                session("12:30", "Zamknięcie spotkania", kind="closing"),
            )
        ],
        "contacts": [{"name": "Ewa Lis", "role": "koordynatorka"}],
        "related": ["visit", "conference-report"],
    }
