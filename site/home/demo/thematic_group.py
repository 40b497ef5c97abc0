"""The fifth story: the report on a meeting, with its gallery of eight drawings."""

from __future__ import annotations

from home.demo.blocks import heading, points, quote, text
from home.demo.files import GALLERY
from home.demo.world import Item, World

PLACE = "Dom Regionu w Lipogrodzie"


def thematic_group_report(world: World) -> Item:
    days = world.days
    return {
        "title": "Nowe sposoby na usługi. Grupa tematyczna spotkała się w Lipogrodzie",
        "lead": (
            "Ośrodki pomocy, urzędy pracy i organizacje szukały odpowiedzi na pytanie, jak powierzać usługi społeczne"
            " tym, którzy są najbliżej ludzi."
        ),
        "slug": "nowe-sposoby-na-uslugi",
        "kind": "report",
        "date": days.behind(15),
        "lead_image": world.photos["rozmowa-przy-okraglym-stole"],
        "topics": world.about("services", "communes"),
        "projects": [world.projects["services"]],
        "happened_on": days.behind(18),
        "place": PLACE,
        "body": [
            text(
                "Grupa tematyczna do spraw współpracy instytucji działa od trzech lat. Spotykają się w niej ludzie,"
                " którzy na co dzień widują się głównie w pismach: z ośrodków pomocy społecznej, z centrów pomocy"
                " rodzinie, z urzędów pracy i z organizacji.",
            ),
            heading("Kolejne lata projektu"),
            text(
                "Gości przywitała Agnieszka Duda, zastępczyni dyrektora Biura Polityki Społecznej Regionu."
                " Opowiedziała o planach projektu „Razem dla usług”.",
            ),
            quote(
                "Przed nami dwa lata wspólnej pracy. Doradztwo i szkolenia zostają, a do tego chcemy częściej siadać"
                " do stołu z organizacjami. To one wiedzą pierwsze, kiedy komuś dzieje się źle.",
                "Agnieszka Duda",
                "zastępczyni dyrektora Biura Polityki Społecznej Regionu",
            ),
            heading("Model, który można przymierzyć"),
            text(
                "Gościem spotkania był Michał Sowa z Fundacji Sąsiedzi dla Sąsiadów. Przedstawił model, w którym gmina"
                " powierza usługi lokalnym podmiotom krok po kroku: najpierw próba na jednym osiedlu, potem umowa na"
                " rok, na końcu stała współpraca.",
                "Model powstał w partnerstwie trzech instytucji: Centrum Wspólna Sprawa, Związku Gmin Doliny Lipy i"
                " Fundacji Sąsiedzi dla Sąsiadów. Skorzystano przy tym z francuskich doświadczeń, które ich autorzy"
                ' nazywają <span lang="fr">pôle de coopération</span>, czyli ogniskiem współpracy.',
            ),
            quote(
                "Nie namawiam nikogo, żeby od razu zmieniał wszystko. Namawiam, żeby zacząć od jednej ulicy.",
                "Michał Sowa",
                "współautor modelu, Fundacja Sąsiedzi dla Sąsiadów",
            ),
            heading("Cztery rekomendacje"),
            text(
                "Po prezentacji uczestnicy pracowali w grupach. Ustalili cztery rekomendacje, które trafią na"
                " najbliższe posiedzenie regionalnego komitetu:",
                points(
                    "jedna osoba w każdej gminie, która odpowiada na pytania organizacji,",
                    "wspólny wzór zlecenia usługi,",
                    "próby na małą skalę, zanim powstanie duża umowa,",
                    "wyniki ogłaszane tak, żeby rozumieli je mieszkańcy.",
                    tag="ol",
                ),
            ),
        ],
    }


def thematic_group_gallery(world: World) -> Item:
    """The gallery of this story: eight drawings, each with its own alternative text and caption."""
    return {
        "title": "Spotkanie grupy tematycznej w Domu Regionu",
        "slug": "grupa-tematyczna",
        "lead": "Osiem rysunków z dnia, w którym powstały cztery rekomendacje.",
        "date": world.days.behind(15),
        "place": PLACE,
        "about": world.pages["thematic-group"],
        "cover": world.photos["warsztat-przy-tablicy"],
        "photos": [
            {"photo": world.photos[key], "alt": card.description, "caption": card.caption}
            for key, card in GALLERY.items()
        ],
    }
