"""Short items among the news: every kind, and every state that readers can meet."""

from __future__ import annotations

import datetime as dt

from home.demo.blocks import accordion, button, heading, image, points, quote, table, text, video
from home.demo.world import Item, World


def news_items(world: World) -> dict[str, Item]:
    """News, reports, recruitments and notices by key, latest first."""
    days, photos = world.days, world.photos
    return {
        "office-hours": {
            "title": "W piątki biuro czynne do 13:00",
            "lead": "Od przyszłego tygodnia w piątki kończymy wcześniej. Telefon doradców działa bez zmian.",
            "kind": "notice",
            "date": days.behind(1),
            "topics": world.about("people"),
            "body": [
                text(
                    "W piątki nasze biuro przy ul. Ogrodowej 12 będzie otwarte od 8:00 do 13:00. W pozostałe dni nic"
                    " się nie zmienia: pracujemy do 16:00.",
                    "Jeśli możesz przyjść tylko w piątek po południu, zadzwoń: 42 000 00 00. Umówimy się.",
                )
            ],
            # A slip that editors make: the file is internal, so no visitor may see it here.
            "attachments": [(world.files["rota"], "")],
        },
        "adviser-wanted": {
            "title": "Szukamy doradczyni lub doradcy do spraw usług społecznych",
            "lead": "Pełny etat, praca w Lipogrodzie i w terenie. Na zgłoszenia czekamy trzy tygodnie.",
            "kind": "recruitment",
            "date": days.behind(2),
            "topics": world.about("services"),
            "body": [
                heading("Co będziesz robić"),
                text(
                    points(
                        "doradzać gminom i organizacjom, jak zaplanować i zlecić usługę,",
                        "prowadzić spotkania, także online,",
                        "pisać krótkie, zrozumiałe poradniki.",
                    )
                ),
                heading("Czego szukamy"),
                text(
                    points(
                        "co najmniej dwóch lat pracy w samorządzie, spółdzielni albo organizacji,",
                        "prawa jazdy lub gotowości do podróży pociągiem i autobusem,",
                        "prostego języka w mowie i w piśmie.",
                    )
                ),
                heading("Jak się zgłosić"),
                text(
                    "Przyślij CV i pół strony o tym, jaką usługę w swojej okolicy chciałbyś lub chciałabyś poprawić."
                    " Nie prosimy o zdjęcie ani o datę urodzenia.",
                ),
            ],
            "contacts": [{"name": "Dorota Nowicka", "role": "kierowniczka", "email": "praca@example.org"}],
        },
        "cafe": {
            "title": "„Pod Lipami” otwiera kawiarnię. Pierwsza kawa za dobre słowo",
            "lead": "Spółdzielnia z Wierzbinowa, znana z chleba, zaprasza od dziś także na kawę i drożdżówki.",
            "kind": "news",
            "date": days.behind(3),
            "byline": "Marta Gil",
            "lead_image": photos["kawiarnia-spoldzielni"],
            "topics": world.about("cooperatives", "people"),
            "body": [
                text(
                    "Lokal przy rynku stał pusty przez cztery lata. Gmina wynajęła go spółdzielni na uczciwych"
                    " warunkach, a mieszkańcy pomogli przy malowaniu. Za ladą pracuje pięć osób; dla trzech to"
                    " pierwsza umowa o pracę od dawna.",
                ),
                quote(
                    "Ludzie pytali, kiedy wreszcie będzie można u nas usiąść. No to siadajcie.",
                    "Bożena Kubiak",
                    "Spółdzielnia Socjalna „Pod Lipami”",
                ),
                text(
                    "Kawiarnia ma wejście bez progu, kartę dużym drukiem i kącik dla dzieci. Czynna codziennie od 8:00"
                    " do 18:00.",
                ),
            ],
        },
        "agreement": {
            "title": "Podpisaliśmy porozumienie ze Związkiem Gmin Doliny Lipy",
            "lead": "Jedenaście gmin będzie korzystać ze wspólnego doradztwa i wspólnych wzorów zleceń.",
            "kind": "news",
            "date": days.behind(5),
            "lead_image": photos["podpisanie-porozumienia"],
            "topics": world.about("communes"),
            "projects": [world.projects["services"]],
            "body": [
                text(
                    "Porozumienie jest krótkie: mieści się na dwóch stronach. Każda gmina wyznaczy osobę, do której"
                    " organizacje mogą dzwonić z pytaniami, a my przeszkolimy te osoby i będziemy z nimi w kontakcie.",
                    "Pierwsze szkolenie odbędzie się jeszcze w tym kwartale.",
                )
            ],
        },
        "advice-programme": {
            "title": "Dwanaście gmin w programie doradztwa",
            "lead": "Znamy wyniki naboru. Doradcy zaczynają pracę od spotkań z mieszkańcami.",
            "kind": "news",
            "date": days.behind(9),
            "topics": world.about("communes", "funding"),
            "body": [
                text(
                    "Do programu zgłosiło się dwadzieścia gmin, przyjęliśmy dwanaście. Pozostałe są na liście"
                    " rezerwowej i dostały od nas krótką odpowiedź z uzasadnieniem.",
                    "Program trwa rok. Każda gmina otrzyma sześć dni pracy doradcy i wsparcie przy jednym wybranym"
                    " zleceniu.",
                )
            ],
            "corrections": [
                {
                    "date": days.behind(7),
                    "was": "Pisaliśmy, że do programu przyjęto piętnaście gmin.",
                    "now": "Przyjęto dwanaście gmin. Trzy kolejne są na liście rezerwowej.",
                }
            ],
        },
        "guide": {
            "title": "Jak założyć spółdzielnię socjalną? Nowy poradnik krok po kroku",
            "lead": "Dwadzieścia stron bez prawniczego języka: od pierwszej rozmowy do pierwszego zlecenia.",
            "kind": "news",
            "date": days.behind(13),
            "topics": world.about("cooperatives", "learning"),
            "change_note": "Dodaliśmy odpowiedź na pytanie o liczbę założycieli.",
            "body": [
                text(
                    "Poradnik powstał z pytań, które słyszymy najczęściej. Oto trzy z nich.",
                ),
                accordion(
                    (
                        "Ile osób potrzeba na początek?",
                        (
                            "Zwykle wystarczą trzy osoby albo dwie organizacje. Szczegóły zależą od tego, kto zakłada"
                            " spółdzielnię; sprawdzimy to razem."
                        ),
                    ),
                    (
                        "Czy trzeba mieć pieniądze?",
                        (
                            "Potrzebny jest wkład, często symboliczny. Na start można dostać dotację i pożyczkę na"
                            " łagodnych warunkach."
                        ),
                    ),
                    (
                        "Kto pomoże z papierami?",
                        "Nasi doradcy. Pomagają bezpłatnie, także po rejestracji.",
                    ),
                ),
                button(
                    "Chcesz porozmawiać o swoim pomyśle?",
                    "Umów rozmowę z doradcą",
                    "https://formularze.example.org/rozmowa",
                ),
            ],
        },
        "survey": {
            "title": "Czego uczą nas mieszkańcy. Wyniki krótkiej ankiety",
            "lead": "Zapytaliśmy 640 osób, jakiej usługi najbardziej brakuje w ich okolicy.",
            "kind": "news",
            "date": days.behind(17),
            "topics": world.about("services", "people"),
            "body": [
                text(
                    "Ankieta miała pięć pytań i duży druk. Wypełniano ją w bibliotekach, sklepach i przychodniach.",
                ),
                table(
                    "Najczęstsze odpowiedzi na pytanie „Czego brakuje w Twojej okolicy?”",
                    ("Usługa", "Ile osób ją wskazało"),
                    ("Dowóz do lekarza", "231"),
                    ("Opieka w domu", "184"),
                    ("Zajęcia po szkole", "139"),
                    ("Drobne naprawy", "86"),
                ),
                text(
                    "Wyniki przekazaliśmy gminom. Za pół roku zapytamy, co się zmieniło.",
                ),
            ],
        },
        "bird-boxes": {
            "title": "Budki lęgowe z warsztatu trafiły do szkół",
            "lead": "Uczestnicy warsztatu stolarskiego zbudowali czterdzieści budek. Powiesili je razem z uczniami.",
            "kind": "report",
            "date": days.behind(20),
            "lead_image": photos["stolarnia"],
            "topics": world.about("people", "cooperatives"),
            "happened_on": days.behind(21),
            "place": "Modrzewno",
            "body": [
                text(
                    "Deski dało nadleśnictwo, narzędzia kupiliśmy z projektu, a instrukcję obsługi ptaka przygotowała"
                    " klasa czwarta. Pierwsze sikory obejrzały mieszkania jeszcze tego samego dnia.",
                ),
                image(
                    photos["ekipa-ogrodnicza"].pk,
                    "W wieszaniu budek pomagała ekipa ogrodnicza z Jarzębnika.",
                ),
            ],
        },
        "park": {
            "title": "„Zielony Kąt” zadba o park. Umowa na trzy lata",
            "lead": (
                "Gmina Jarzębnik podzieliła duże zlecenie na mniejsze części. Dzięki temu mogła je wziąć spółdzielnia."
            ),
            "kind": "news",
            "date": days.behind(27),
            "lead_image": photos["ekipa-ogrodnicza"],
            "topics": world.about("cooperatives", "communes"),
            "body": [
                text(
                    "Dotąd o zieleń dbała firma z drugiego końca regionu. Teraz alejki, rabaty i trawniki są pod"
                    " opieką dwunastu osób, które mieszkają w pobliżu.",
                    "Umowa obejmuje też naukę: co roku dwie osoby z centrum integracji przyjdą do spółdzielni na staż.",
                )
            ],
        },
        "film": {
            "title": "Obejrzyj film o spółdzielniach. Z napisami i tłumaczem migowym",
            "lead": "Siedem minut, trzy spółdzielnie, zero lektora zza kadru.",
            "kind": "news",
            "date": days.behind(33),
            "topics": world.about("cooperatives", "people"),
            "body": [
                text("Film można pokazywać na spotkaniach. Nie trzeba nas pytać o zgodę."),
                video(
                    "https://filmy.example.org/trzy-spoldzielnie",
                    "Trzy spółdzielnie, jeden dzień",
                    "<p>Świt w piekarni „Pod Lipami”. Pani Bożena wyjmuje chleb z pieca i mówi: „Ciasto nie pyta, skąd"
                    " przyszedłeś”.</p><p>Południe w parku w Jarzębniku. Ekipa sadzi krokusy.</p><p>Wieczór w kawiarni"
                    " z grami we Wrzosanach. Dzieci układają klocki, rodzice piją herbatę.</p>",
                ),
            ],
        },
        "bread": {
            "title": "Nocna zmiana pachnie chlebem",
            "lead": "Odwiedziliśmy piekarnię, która zatrudnia ludzi po długiej przerwie w pracy.",
            "kind": "news",
            "date": days.behind(39),
            "byline": "Paweł Zięba",
            "lead_image": photos["piekarnia"],
            "topics": world.about("people", "cooperatives"),
            "body": [
                text(
                    "Praca zaczyna się o drugiej w nocy. W piekarni jest ciepło, gra radio, a przy stole stoją cztery"
                    " osoby, które rok temu się nie znały.",
                    "– Najtrudniejszy był pierwszy tydzień – mówi pan Zenon. – Potem człowiek już wie, że ktoś na"
                    " niego czeka.",
                )
            ],
        },
        "board": {
            "title": "Nabór do rady programowej",
            "lead": "Szukamy siedmiu osób, które dwa razy w roku powiedzą nam, co robimy źle.",
            "kind": "recruitment",
            "date": days.behind(52),
            "topics": world.about("people"),
            "body": [
                text(
                    "Rada spotyka się wiosną i jesienią. Zwracamy koszt dojazdu, na miejscu jest tłumacz języka"
                    " migowego. Nie trzeba mieć doświadczenia w takich gremiach, trzeba mieć zdanie.",
                )
            ],
        },
        "loans": {
            "title": "Pożyczki dla spółdzielni: ruszył nowy nabór",
            "lead": "Do 100 tysięcy złotych na sprzęt, remont albo zapas na gorszy miesiąc.",
            "kind": "news",
            "date": days.behind(61),
            "topics": world.about("funding", "cooperatives"),
            "body": [
                text(
                    "Wniosek ma trzy strony. Doradca pomoże go wypełnić, a odpowiedź przychodzi w ciągu trzech"
                    " tygodni.",
                )
            ],
        },
        "bridging-support": {
            "title": "Wsparcie pomostowe: zakończyliśmy nabór wniosków",
            "lead": "Wpłynęło 27 wniosków. Lista rankingowa jest w biurze Centrum.",
            "kind": "notice",
            "date": days.behind(700),
            "archived_on": days.behind(320),
            "topics": world.about("funding"),
            "body": [
                text(
                    "Nabór trwał dwa miesiące. Umowy podpiszemy po ocenie wniosków. Zasady opisuje regulamin z tamtego"
                    " roku.",
                )
            ],
        },
    }


def scheduled_news(world: World) -> Item:
    """A news item that waits for its hour: on the desk, not on the site."""
    return {
        "title": "Ruszają bezpłatne dyżury prawne w powiatach",
        "lead": "Pierwszy dyżur w Wierzbinowie, następne co dwa tygodnie w kolejnych miastach.",
        "kind": "news",
        "date": world.days.today,
        "topics": world.about("services"),
        "body": [text("Na dyżur nie trzeba się zapisywać. Wystarczy przyjść z pytaniem.")],
        "go_live_at": dt.datetime.combine(world.days.ahead(4), dt.time(8)),
    }
