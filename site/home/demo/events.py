"""Short events: one for every state that readers can meet, ahead and behind."""

from __future__ import annotations

import datetime as dt

from home.demo.blocks import day, pause, points, session, text
from home.demo.days import DAY
from home.demo.world import Item, World


def events_ahead(world: World) -> dict[str, Item]:
    """Upcoming events by key."""
    days = world.days
    soon, bread, budget, market, forum = (days.ahead(count) for count in (4, 9, 16, 19, 23))
    law, brief, consultation = (days.ahead(count) for count in (7, 30, 34))
    return {
        "open-day": {
            "title": "Dzień otwarty w Centrum",
            "lead": "Przyjdź, zapytaj, obejrzyj. Doradcy są dziś dla wszystkich, bez umawiania.",
            "kind": "other",
            "date": days.behind(4),
            "topics": world.about("people"),
            "start_date": days.today,
            "start_time": dt.time(9),
            "venue": world.venues["centre"],
            "cost": "Wstęp wolny",
            "organisers": [("centre", "organiser")],
            "step_free": "yes",
            "body": [text("Przez cały dzień można porozmawiać z doradcami, a wieczorem zapraszamy na planszówki.")],
        },
        "bookkeeping": {
            "title": "Szkolenie: księgowość w spółdzielni socjalnej",
            "lead": "Jeden dzień, same przykłady. Dla osób, które dopiero zaczynają liczyć.",
            "kind": "training",
            "date": days.behind(14),
            "topics": world.about("learning", "cooperatives"),
            "start_date": soon,
            "start_time": dt.time(9),
            "end_time": dt.time(15),
            "venue": world.venues["centre"],
            "audience": "Członkowie i pracownicy spółdzielni socjalnych",
            "places": 16,
            "cost": "Udział bezpłatny",
            "organisers": [("centre", "organiser")],
            "registration": "link",
            "registration_link": "https://formularze.example.org/ksiegowosc",
            # On any day of the week the form closes tomorrow: there is always an event that closes soon.
            "deadline_date": days.today + DAY,
            "information_clause": world.clause,
            "step_free": "yes",
            "body": [text("Przynieś swoje pytania i, jeśli możesz, ostatnie zestawienie obrotów. Dane można zamazać.")],
        },
        "bread-workshop": {
            "title": "Warsztat w piekarni: jak zgrać nowy zespół",
            "lead": "Pieczemy chleb i uczymy się dzielić pracą tak, żeby nikt nie stał bezczynnie.",
            "kind": "training",
            "date": days.behind(22),
            "lead_image": world.photos["piekarnia"],
            "topics": world.about("learning", "cooperatives"),
            "start_date": bread,
            "start_time": dt.time(10),
            "end_time": dt.time(14),
            "venue": world.venues["bakery"],
            "places": 10,
            "organisers": [("centre", "organiser"), ("limes", "host")],
            "registration": "email",
            "registration_email": "zgloszenia@example.org",
            "deadline_date": days.before(bread, 2),
            "information_clause": world.clause,
            "availability": "full",
            "step_free": "no",
            "body": [text("Fartuchy czekają na miejscu. Prosimy o buty na płaskiej podeszwie.")],
        },
        "law-desk": {
            "title": "Dyżur radcy prawnego",
            "announce_in_news": False,
            "lead": "Piętnaście minut na jedno pytanie: umowa, statut, zamówienie, spór.",
            "kind": "consultation",
            "date": days.behind(10),
            "topics": world.about("services"),
            "start_date": law,
            "start_time": dt.time(12),
            "end_time": dt.time(16),
            "venue": world.venues["centre"],
            "status": "moved_online",
            "status_reason": "tego dnia w naszej sali trwa wymiana okien.",
            "online_platform": "Jitsi",
            "online_link": "https://spotkania.example.org/dyzur",
            "online_link_visibility": "public",
            "organisers": [("centre", "organiser"), ("lawyers", "partner")],
            "body": [
                text(
                    "Nie trzeba się zapisywać. Wejdź przez link i poczekaj w kolejce; prowadzący zaprosi Cię do"
                    " rozmowy."
                )
            ],
        },
        "budget-game": {
            "title": "Gra o budżet: warsztat dla młodych samorządowców",
            "announce_in_news": False,
            "lead": "Gramy w gminę. Wygrywa ta, w której nikt nie zostaje bez pomocy.",
            "kind": "training",
            "date": days.behind(12),
            "topics": world.about("learning", "communes"),
            "start_date": budget,
            "start_time": dt.time(9, 30),
            "end_time": dt.time(13),
            "venue": world.venues["region"],
            "places": 24,
            "organisers": [("centre", "organiser"), ("communes", "partner")],
            "registration": "link",
            "registration_link": "https://formularze.example.org/gra-o-budzet",
            "deadline_date": days.before(budget, 3),
            "information_clause": world.clause,
            "availability": "reserve",
            "step_free": "yes",
            "induction_loop": "yes",
            "body": [text("Grają osoby od 16 do 26 lat. Miejsca już się skończyły, ale prowadzimy listę rezerwową.")],
        },
        "market": {
            "title": "Kiermasz spółdzielni socjalnych",
            "lead": "Chleb, mydła, budki dla ptaków i kartki robione ręcznie.",
            "kind": "other",
            "date": days.behind(18),
            "lead_image": world.photos["kawiarnia-spoldzielni"],
            "topics": world.about("cooperatives", "people"),
            "start_date": market,
            "start_time": dt.time(10),
            "end_time": dt.time(17),
            "venue": world.venues["region"],
            "status": "cancelled",
            "status_reason": "po awarii wodociągu sala nie nadaje się do użytku.",
            "organisers": [("centre", "organiser")],
            "body": [text("Wystawcom zwracamy opłaty. Zapraszamy do sklepów spółdzielni, lista jest w biurze.")],
        },
        "forum": {
            "title": "Forum sąsiedzkie",
            "lead": "O klatkach schodowych, wspólnych ogrodach i o tym, jak zacząć rozmowę.",
            "kind": "meeting",
            "date": days.behind(25),
            "topics": world.about("people"),
            "start_date": forum,
            "start_time": dt.time(16),
            "venue": world.venues["region"],
            "status": "postponed",
            "status_reason": (
                "w tym dniu we wszystkich szkołach są zebrania rodziców i wielu z Was prosiło o inny termin."
            ),
            "organisers": [("neighbours", "organiser"), ("centre", "partner")],
            "registration": "email",
            "registration_email": "zgloszenia@example.org",
            "information_clause": world.clause,
            "body": [text("Nowy termin podamy do końca miesiąca. Zgłoszenia zachowują ważność.")],
        },
        "brief-workshop": {
            "title": "Warsztat: jak napisać dobre zlecenie usługi",
            "lead": "Przyjdź z projektem zlecenia, wyjdź z gotowym dokumentem.",
            "kind": "training",
            "date": days.behind(7),
            "topics": world.about("communes", "learning"),
            "projects": [world.projects["services"]],
            "start_date": brief,
            "start_time": dt.time(9),
            "end_time": dt.time(14),
            "venue": world.venues["centre"],
            "audience": "Osoby, które w gminach zlecają usługi społeczne",
            "places": 20,
            "cost": "Udział bezpłatny",
            "organisers": [("centre", "organiser")],
            "registration": "link",
            "registration_link": "https://formularze.example.org/dobre-zlecenie",
            "deadline_date": days.before(brief, 4),
            "deadline_time": dt.time(15),
            "information_clause": world.clause,
            "step_free": "yes",
            "agenda": [
                day(
                    brief,
                    session("09:00-09:15", "Powitanie", kind="opening"),
                    session("09:15-11:00", "Cel zamiast ceny: jak opisać usługę", world.speaker("Paweł Zięba")),
                    pause("11:00-11:20", "Przerwa"),
                    session(
                        "11:20-13:30",
                        "Praca nad własnym zleceniem",
                        world.speaker("Marta Gil"),
                        world.speaker("Jan Kos"),
                    ),
                    session("13:30-14:00", "Wnioski", kind="closing"),
                )
            ],
            "body": [text("Laptopy są na miejscu. Pracujemy w grupach po pięć osób, każda z własnym doradcą.")],
        },
        "consultation": {
            "title": "Konsultacje programu rozwoju ekonomii społecznej",
            "lead": "Powiedz, co powinno się znaleźć w programie na następne lata. Przyjdź albo połącz się zdalnie.",
            "kind": "consultation",
            "date": days.behind(16),
            "topics": world.about("communes", "funding"),
            "start_date": consultation,
            "start_time": dt.time(17),
            "end_time": dt.time(19),
            "attendance_mode": "mixed",
            "venue": world.venues["region"],
            "online_platform": "Jitsi",
            "online_link": "https://spotkania.example.org/konsultacje",
            "online_link_visibility": "registered",
            "organisers": [("office", "organiser"), ("centre", "partner")],
            "registration": "email",
            "registration_email": "konsultacje@example.org",
            "deadline_date": days.before(consultation, 2),
            "deadline_before_extension": days.before(consultation, 9),
            "information_clause": world.clause,
            "step_free": "yes",
            "induction_loop": "yes",
            "sign_language": "yes",
            "captions": "yes",
            "body": [
                text(
                    "Uwagi można też zgłosić na trzy inne sposoby:",
                    points("listem,", "telefonicznie: 42 000 00 00,", "w formularzu online."),
                )
            ],
        },
        "school": {
            "title": "Szkoła liderek i liderów ekonomii społecznej",
            "lead": "Trzy dni zajęć dla osób, które prowadzą zespoły i chcą robić to mądrzej.",
            "kind": "training",
            "date": days.behind(3),
            "topics": world.about("learning"),
            "start_date": days.midweek_ahead(48),
            "start_time": dt.time(9),
            "venue": world.venues["region"],
            "places": 18,
            "organisers": [("centre", "organiser"), ("university", "partner")],
            "registration": "link",
            "registration_link": "https://formularze.example.org/szkola",
            "opens_date": days.ahead(6),
            "opens_time": dt.time(9),
            "deadline_date": days.ahead(32),
            "information_clause": world.clause,
            "body": [
                text(
                    "Rekrutację ogłosimy z wyprzedzeniem. Warto już teraz porozmawiać z przełożonym o trzech wolnych"
                    " dniach."
                )
            ],
        },
    }


def events_behind(world: World) -> dict[str, Item]:
    """Past events by key."""
    days = world.days
    webinar, garden, tea, pact = (days.behind(count) for count in (12, 31, 44, 58))
    return {
        "webinar": {
            "title": "Webinar: zamówienia z myślą o ludziach",
            "announce_in_news": False,
            "lead": "Godzina o tym, jak w zamówieniu zmieścić cel społeczny i nie pogubić się w przepisach.",
            "kind": "webinar",
            "date": days.behind(30),
            "topics": world.about("communes", "learning"),
            "start_date": webinar,
            "start_time": dt.time(11),
            "end_time": dt.time(12),
            "attendance_mode": "online",
            "online_platform": "Jitsi",
            "captions": "yes",
            "organisers": [("centre", "organiser")],
            "registration": "link",
            "registration_link": "https://formularze.example.org/webinar",
            "deadline_date": days.before(webinar),
            "information_clause": world.clause,
            "recording_url": "https://filmy.example.org/webinar-zamowienia",
            "body": [text("Prowadzi Jan Kos. Po spotkaniu prześlemy wzór zapisów do umowy.")],
        },
        "garden": {
            "title": "Wspólne sadzenie ogrodu przy Domu Regionu",
            "announce_in_news": False,
            "lead": "Dwieście krokusów, sto tulipanów i termosy z herbatą.",
            "kind": "other",
            "date": days.behind(43),
            "lead_image": world.photos["ekipa-ogrodnicza"],
            "topics": world.about("people"),
            "start_date": garden,
            "start_time": dt.time(9),
            "end_time": dt.time(13),
            "venue": world.venues["region"],
            "organisers": [("green", "organiser")],
            "body": [text("Łopaty i rękawice są na miejscu. Zapraszamy z dziećmi.")],
        },
        "tea": {
            "title": "Herbata z doradcą: spotkanie w Wierzbinowie",
            "lead": "Bez prezentacji. Siadamy i rozmawiamy o Waszych pomysłach.",
            "kind": "meeting",
            "date": days.behind(54),
            "topics": world.about("cooperatives"),
            "start_date": tea,
            "start_time": dt.time(17),
            "venue": world.venues["bakery"],
            "announce_in_news": False,
            "organisers": [("centre", "organiser")],
            "body": [text("Przyszło czternaście osób. Trzy pomysły są już na etapie planu.")],
        },
        "pact": {
            "title": "Szkolenie: jak ułożyć partnerstwo, które przetrwa projekt",
            "lead": "O umowach między partnerami i o tym, jak mądrze się kłócić.",
            "kind": "training",
            "date": days.behind(80),
            "topics": world.about("learning"),
            "start_date": pact,
            "start_time": dt.time(9),
            "end_time": dt.time(15),
            "venue": world.venues["centre"],
            "announce_in_news": False,
            "organisers": [("centre", "organiser")],
            "body": [text("Materiały wysłaliśmy uczestnikom.")],
        },
    }


def draft_invitation(world: World) -> Item:
    """An invitation that is still being written: on the desk, not on the site."""
    return {
        "title": "Spotkanie sieci kawiarni społecznych",
        "lead": "Kawiarnie prowadzone przez spółdzielnie spotkają się, żeby porównać ceny, menu i pomysły.",
        "kind": "meeting",
        "date": world.days.today,
        "topics": world.about("cooperatives"),
        "start_date": world.days.midweek_ahead(40),
        "organisers": [("centre", "organiser")],
        "body": [text("Miejsce jeszcze ustalamy.")],
    }
