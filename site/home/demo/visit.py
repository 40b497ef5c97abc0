"""The fourth story: a study visit of two days, five stops, and two groups on the first day."""

from __future__ import annotations

import datetime as dt

from home.demo.blocks import day, heading, pause, points, session, text, track
from home.demo.days import DAY
from home.demo.world import Item, World

GROUP_A, GROUP_B = "Grupa A", "Grupa B"


def study_visit(world: World) -> Item:
    days = world.days
    first = days.visit_ahead(24)
    second = first + DAY
    return {
        "title": "Zobacz, jak robią to inni: wizyta studyjna w Dolinie Srebrnej",
        "lead": (
            "Dwa dni, pięć miejsc i jedno pytanie: jak gmina i podmioty ekonomii społecznej mogą razem robić więcej"
            " dla mieszkańców."
        ),
        "slug": "wizyta-studyjna-dolina-srebrna",
        "kind": "study_visit",
        "date": days.behind(8),
        "byline": "Ewa Lis",
        "lead_image": world.photos["autokar-na-trasie"],
        "topics": world.about("learning", "cooperatives", "communes"),
        "projects": [world.projects["services"]],
        "start_date": first,
        "start_time": dt.time(8),
        "end_date": second,
        "end_time": dt.time(18),
        "attendance_mode": "onsite",
        "audience": (
            "Samorządy i podmioty ekonomii społecznej z regionu: spółdzielnie socjalne, organizacje, centra i kluby"
            " integracji, warsztaty terapii zajęciowej"
        ),
        "places": 40,
        "cost": "Udział bezpłatny, przejazd, nocleg i posiłki pokrywa projekt",
        "organisers": [("centre", "organiser"), ("communes", "partner"), ("silver", "host")],
        "registration": "form",
        "registration_form": world.files["form"],
        "registration_return_to": "zgloszenia@example.org albo biuro Centrum, ul. Ogrodowa 12, 00-012 Lipogród",
        "deadline_date": days.before(first, 8),
        "deadline_time": dt.time(12),
        "information_clause": world.clause,
        "step_free": "yes",
        "accessibility_requests": "tłumacz polskiego języka migowego, asystent, miejsce na wózek w autokarze, dieta",
        "accessibility_requests_until": days.before(first, 8),
        "body": [
            text(
                "Trasa: Lipogród – Jarzębnik – Srebrzyn – Stara Mleczna – Dębinów – Wrzosany – Lipogród.",
            ),
            heading("Po co jedziemy"),
            text(
                "W Dolinie Srebrnej gminy od lat zlecają usługi spółdzielniom i organizacjom. Chcemy zobaczyć, jak się"
                " dogadują, ile to kosztuje i co dzieje się, kiedy coś idzie nie tak. Wielu z tych rozwiązań u nas"
                " jeszcze nikt nie próbował.",
                "Dlatego zapraszamy obie strony: osoby z samorządów i osoby z podmiotów ekonomii społecznej."
                " Najlepiej, żeby z jednej gminy przyjechały razem.",
            ),
            heading("Czego się dowiesz"),
            text(
                points(
                    "Jak uczestnik centrum integracji społecznej trafia do stałej pracy w spółdzielni.",
                    "Jak działa spółdzielnia założona przez osoby prawne, na przykład przez organizację, która"
                    " prowadzi warsztat terapii zajęciowej.",
                    "Jak gmina płaci za usługi, które zleca lokalnym podmiotom.",
                    "Co zyskują mieszkańcy, ośrodek pomocy i sama gmina.",
                    "Jak ośrodek wsparcia buduje współpracę między urzędem a organizacjami.",
                )
            ),
            heading("Dlaczego dwie grupy"),
            text(
                "W wizycie wezmą udział także ośrodki wsparcia z całego regionu. Pierwszego dnia mają one osobny"
                " program o doradztwie i umowach. Po obiedzie wszyscy jadą dalej razem.",
            ),
        ],
        "stops": [
            {
                "place": "Jarzębnik",
                "host": "Centrum Integracji Społecznej „Nowy Początek” i Spółdzielnia Socjalna „Zielony Kąt”",
                "description": (
                    "Przy centrum powstało już sześć spółdzielni. Najstarsza dba o zieleń w mieście i zatrudnia"
                    " dwunastu byłych uczestników."
                ),
                "day": first,
                "time": dt.time(10),
            },
            {
                "place": "Srebrzyn",
                "host": "Fundacja Otwarte Drzwi",
                "description": (
                    "Fundacja prowadzi dom dla osób, które wychodzą z bezdomności, warsztat meblowy i pralnię. Na"
                    " zlecenie miasta dyżuruje też na ulicach."
                ),
                "day": first,
                "time": dt.time(15, 30),
            },
            {
                "place": "Stara Mleczna",
                "host": "Spółdzielnia Socjalna „Solidny Fach”",
                "description": (
                    "Założyły ją dwie organizacje; jedna z nich prowadzi warsztat terapii zajęciowej. Spółdzielnia"
                    " remontuje mieszkania i sprząta klatki schodowe dla zarządców domów."
                ),
                "day": second,
                "time": dt.time(9),
            },
            {
                "place": "Dębinów",
                "host": "Spółdzielnia Socjalna „Czysta Rzeka”",
                "description": (
                    "Powołały ją gmina i fundacja. Dba o park i kąpielisko, a zimą odśnieża chodniki. W parku są"
                    " ścieżki żwirowe."
                ),
                "day": second,
                "time": dt.time(11, 15),
            },
            {
                "place": "Wrzosany",
                "host": "Spółdzielnia Socjalna „Pełna Chata”",
                "description": (
                    "Pod jednym dachem działają zajęcia rozwojowe dla dzieci i kawiarnia z grami planszowymi."
                ),
                "day": second,
                "time": dt.time(14),
            },
        ],
        "agenda": [
            day(
                first,
                session("08:00-10:00", "Przejazd z Lipogrodu do Jarzębnika", kind="travel"),
                session("10:00-10:30", "Powitanie i kawa", world.speaker("Beata Król"), kind="opening"),
                session(
                    "10:30-12:00",
                    "Od zajęć do etatu: droga uczestnika centrum",
                    world.speaker("Beata Król"),
                    kind="visit",
                    track=GROUP_A,
                ),
                session(
                    "12:15-13:45",
                    "Zieleń miejska jako miejsce pracy",
                    world.speaker("Tomasz Lewandowski"),
                    kind="visit",
                    track=GROUP_A,
                ),
                session(
                    "10:30-12:00",
                    "Umowa, stawka, kontrola: jak rozmawiać z gminą",
                    world.speaker("Irena Maj"),
                    world.speaker("Adam Wilk"),
                    track=GROUP_B,
                ),
                session(
                    "12:15-13:45",
                    "Doradztwo, które zostaje, gdy projekt się kończy",
                    world.speaker("Katarzyna Dudek"),
                    track=GROUP_B,
                ),
                pause("13:45-14:45", "Obiad"),
                session("14:45-15:30", "Przejazd do Srebrzyna", kind="travel"),
                session(
                    "15:30-17:00",
                    "Dom, praca, sąsiedzi: co fundacja robi dla miasta",
                    world.speaker("Piotr Zając"),
                    kind="visit",
                ),
                pause("18:00", "Kolacja i rozmowy"),
                heading="Dzień pierwszy",
                tracks=(
                    track(GROUP_A, "samorządy i podmioty ekonomii społecznej", "sala warsztatowa"),
                    track(GROUP_B, "ośrodki wsparcia ekonomii społecznej", "sala na piętrze (winda)"),
                ),
            ),
            day(
                second,
                session(
                    "09:00-10:30",
                    "Remonty z zasadami: spółdzielnia osób prawnych. Stara Mleczna",
                    world.speaker("Grażyna Pawlak"),
                    kind="visit",
                ),
                session("10:30-11:15", "Przejazd do Dębinowa", kind="travel"),
                session(
                    "11:15-12:30",
                    "Park i kąpielisko na zlecenie gminy. Dębinów",
                    world.speaker("Robert Sikora"),
                    world.speaker("Danuta Wójcik"),
                    kind="visit",
                ),
                pause("12:30-13:30", "Obiad"),
                session("13:30-14:00", "Przejazd do Wrzosan", kind="travel"),
                session(
                    "14:00-15:15",
                    "Kawiarnia z grami i opieka nad dziećmi pod jednym dachem. Wrzosany",
                    world.speaker("Monika Kaczmarek"),
                    kind="visit",
                ),
                session(
                    "15:15-15:45",
                    "Podsumowanie: co zabieramy do siebie",
                    world.speaker("Ewa Lis"),
                    kind="closing",
                ),
                session("15:45-18:00", "Powrót do Lipogrodu", kind="travel"),
                heading="Dzień drugi",
            ),
        ],
        "attachments": [
            (world.files["invitation"], ""),
            (world.files["regulations"], ""),
            (world.files["form"], ""),
        ],
        "contacts": [
            {
                "name": "Ewa Lis",
                "role": "koordynatorka wizyty",
                "email": "ewa.lis@example.org",
                "phone": "42 000 00 00",
            }
        ],
    }
