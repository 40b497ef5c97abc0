"""The second and the third story: the report on a conference, and the invitation to it."""

from __future__ import annotations

import datetime as dt

from home.demo.blocks import day, files, heading, pause, points, quote, session, table, text
from home.demo.world import Item, World


def conference(world: World) -> Item:
    days = world.days
    on = days.midweek_behind(24)
    return {
        "title": "Konferencja regionalna „Usługi blisko domu”",
        "lead": (
            "Zapraszamy do Lipogrodu na rozmowę o tym, jak planować usługi społeczne razem z mieszkańcami i komu je"
            " powierzać."
        ),
        "slug": "konferencja-uslugi-blisko-domu",
        "kind": "conference",
        "date": days.behind(45),
        "lead_image": world.photos["gmach-uniwersytetu"],
        "topics": world.about("services", "communes", "cooperatives"),
        "start_date": on,
        "start_time": dt.time(10),
        "check_in_from": dt.time(9, 30),
        "attendance_mode": "onsite",
        "venue": world.venues["aula"],
        "audience": (
            "Samorządy, ośrodki pomocy społecznej, podmioty ekonomii społecznej, uczelnie, media i przedsiębiorcy"
        ),
        "places": 120,
        "cost": "Udział bezpłatny",
        "organisers": [("centre", "organiser"), ("university", "host"), ("fund", "funder")],
        "registration": "link",
        "registration_link": "https://formularze.example.org/uslugi-blisko-domu",
        "deadline_date": days.before(on, 2),
        "deadline_time": dt.time(15),
        "information_clause": world.clause,
        "step_free": "yes",
        "induction_loop": "yes",
        "sign_language": "yes",
        "accessibility_requests": "asystent, materiały w druku powiększonym, miejsce dla psa asystującego",
        "accessibility_requests_until": days.before(on, 5),
        "body": [
            heading("Dlaczego teraz"),
            text(
                "W przyszłym roku gminy będą mogły starać się o pieniądze na nowe usługi. Zanim powstaną wnioski,"
                " chcemy się zastanowić, czego naprawdę potrzebują mieszkańcy i kto może im to dać.",
                "Usługi nie muszą rodzić się przy biurku. Dobre pomysły biorą się z rozmów: ze starszymi osobami, z"
                " rodzicami, z sąsiadami. Pokażemy, jak takie rozmowy prowadzić i jak przełożyć je na plan.",
            ),
            heading("Co w programie"),
            text(
                points(
                    "Diagnoza z mieszkańcami: trzy sposoby, które nie kosztują dużo.",
                    "Spółdzielnia socjalna jako wykonawca: na co pozwalają przepisy.",
                    "Zasady nowego konkursu na usługi.",
                    "Rozmowa trzech gmin, które poszły trzema różnymi drogami.",
                ),
                "Opowiemy też, jak idą prace nad lokalnymi programami rozwoju ekonomii społecznej.",
            ),
        ],
        "agenda": [
            day(
                on,
                session("09:30-10:00", "Rejestracja i kawa", kind="registration"),
                session("10:00-10:20", "Otwarcie konferencji", world.speaker("Dorota Nowicka"), kind="opening"),
                session(
                    "10:20-11:10",
                    "Najpierw zapytaj, potem planuj: diagnoza z mieszkańcami",
                    world.speaker("Halina Wrona"),
                ),
                session(
                    "11:10-11:50",
                    "Spółdzielnia jako wykonawca: co wolno, co warto, czego unikać",
                    world.speaker("Jan Kos"),
                ),
                pause("11:50-12:20", "Przerwa kawowa"),
                session(
                    "12:20-13:10",
                    "Pieniądze na usługi: co zmieni się w nowym roku",
                    world.speaker("Olga Bielik"),
                ),
                session("13:10-14:00", "Rozmowa: trzy gminy, trzy drogi", world.speaker("Marta Gil")),
                session("14:00", "Zakończenie", world.speaker("Dorota Nowicka"), kind="closing"),
            )
        ],
        "attachments": [(world.files["programme"], ""), (world.files["slides"], "")],
        "contacts": [
            {
                "name": "Joanna Mazur",
                "role": "organizacja konferencji",
                "email": "joanna.mazur@example.org",
                "phone": "42 000 00 01",
            }
        ],
        "recording_url": "",
    }


def conference_report(world: World) -> Item:
    return {
        "title": "Najpierw zapytaj, potem planuj. O czym mówiono na konferencji",
        "lead": (
            "Ponad sto osób z gmin, spółdzielni i organizacji rozmawiało w Lipogrodzie o tym, jak planować usługi"
            " społeczne razem z mieszkańcami."
        ),
        "slug": "po-konferencji-uslugi-blisko-domu",
        "kind": "report",
        "date": world.days.behind(11),
        "byline": "Joanna Mazur",
        "lead_image": world.photos["rozmowa-na-scenie"],
        "topics": world.about("services", "communes"),
        "about_event": world.pages["conference"],
        "body": [
            text(
                "Do Auli Zielonej Uniwersytetu Lipogrodzkiego przyjechali wójtowie i sekretarze gmin, pracownicy"
                " ośrodków pomocy, prezeski spółdzielni socjalnych i studenci. Łączyło ich jedno pytanie: od czego"
                " zacząć, kiedy gmina chce mieć dobre usługi dla mieszkańców, a nie ma na nie gotowego przepisu?",
            ),
            heading("Rok pracy w powiatach"),
            text(
                "Konferencję otworzyła Dorota Nowicka, kierowniczka Centrum Wspólna Sprawa. Podsumowała pierwszy rok"
                " pracy z powiatami: dwanaście spotkań, ponad dwieście godzin doradztwa i siedem strategii, w których"
                " po raz pierwszy pojawiła się ekonomia społeczna. Doradztwo trwa dalej i nadal jest bezpłatne.",
            ),
            heading("Halina Wrona: rozmowa zamiast ankiety"),
            text(
                "Badaczka z Uniwersytetu Lipogrodzkiego pokazała trzy sposoby na diagnozę, które nie wymagają dużych"
                " pieniędzy: spacer po okolicy, rozmowę przy stole i krótką ankietę. Przekonywała, że z wynikami"
                " trzeba wrócić do ludzi, zanim trafią do dokumentu.",
            ),
            quote(
                "Jeśli pytamy mieszkańców o zdanie, a potem chowamy odpowiedzi do szuflady, następnym razem nikt nam"
                " drzwi nie otworzy.",
                "Halina Wrona",
                "Uniwersytet Lipogrodzki",
            ),
            text("Slajdy z wystąpienia można pobrać:"),
            files(world.files["slides"].pk),
            heading("Jan Kos: spółdzielnia jako wykonawca"),
            text("Radca prawny Jan Kos wystąpił dwa razy. Jego słowa wywołały najwięcej pytań z sali."),
            heading("Usługi, które służą wszystkim", "h3"),
            text(
                "W pierwszej części mówił o usługach użyteczności publicznej i o tym, jak wiążą się z rozwojem gminy."
                " Dowóz dzieci, pielęgnacja parku czy posiłki dla seniorów to zadania, które można zlecić na miejscu.",
            ),
            heading("Jak zlecać, żeby się nie sparzyć", "h3"),
            text(
                "Druga część była o zasadach. Kos radził, żeby w zleceniu opisać cel, a nie tylko cenę, podzielić duże"
                " zadanie na mniejsze i zostawić czas na przygotowanie oferty.",
            ),
            heading("Olga Bielik: pieniądze na usługi"),
            text(
                "Ekspertka Funduszu Wspólnej Przyszłości przedstawiła zasady nowego konkursu. Wyżej oceniane będą"
                " wnioski przygotowane z mieszkańcami i takie, w których wykonawcą jest podmiot ekonomii społecznej.",
            ),
            heading("Trzy gminy, trzy drogi"),
            text(
                "Marta Gil z Centrum poprowadziła rozmowę z przedstawicielami trzech gmin. Każda wybrała inne"
                " rozwiązanie."
            ),
            table(
                "Jak trzy gminy organizują usługi dla seniorów",
                ("Gmina", "Kto prowadzi usługę", "Od kiedy"),
                ("Jarzębnik", "Spółdzielnia socjalna na zlecenie gminy", "cztery lata"),
                ("Wierzbinów", "Organizacja pozarządowa z dotacją", "dwa lata"),
                ("Modrzewno", "Spółdzielnia założona razem z gminą", "od niedawna"),
            ),
            heading("Poczęstunek z dobrego źródła"),
            text(
                "W przerwie na gości czekały ciepłe bułki i drożdżówki. Upiekła je Spółdzielnia Socjalna „Pod Lipami”"
                " z Wierzbinowa, w której pracuje dziewięć osób.",
            ),
        ],
        "related": ["meeting"],
    }
