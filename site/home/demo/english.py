"""The online meeting and the conference in English. Rows of ``world`` are the English ones where there are any."""

from __future__ import annotations

from home.demo.blocks import Block, day, heading, pause, points, session, speaker, text
from home.demo.conference import conference
from home.demo.meeting import online_meeting
from home.demo.world import Item, World

CENTRE = "Common Cause Centre"
UNIVERSITY = "University of Lipogród"
OFFICE = "Regional Social Policy Office"
FUND = "Common Future Fund"
LEAD_ALT_MEETING = (
    "Drawing: a person with headphones, seen from behind, sits at a screen with smiling people in a video call."
)
LEAD_ALT_CONFERENCE = (
    "Drawing: a building with columns and a clock; two passers-by and a wheelchair user in front, a ramp with a"
    " handrail on the right."
)


def online_meeting_in_english(world: World) -> Item:
    """The first story; what is not said here is as in Polish."""
    polish = online_meeting(world)
    return {
        **polish,
        "title": "Strategies close to people: online meeting for local councils",
        "slug": "strategies-close-to-people",
        "lead": (
            "The first meeting for local government on how to plan social services in new strategies, and whom to"
            " invite to the table."
        ),
        "lead_image_alt": LEAD_ALT_MEETING,
        "audience": "Communes and counties: councils, social welfare centres, social services centres",
        "cost": "Free of charge",
        "accessibility_requests": "Polish Sign Language interpreting, materials in large print",
        "body": [
            heading("What we will talk about"),
            text(
                "Communes and counties are starting to write new strategies. It is a good moment to put in them the"
                " services that residents are waiting for: care for older people, support for families, transport to"
                " the doctor, after-school activities.",
                "We will show how to write such services into a document and how to entrust them to social"
                " co-operatives and charities. Each talk ends with questions.",
            ),
            heading("How to join"),
            text(
                points(
                    "Sign up with the form.",
                    "We will send the link to the address you give.",
                    "You can test sound and picture half an hour before the opening. We will help if something does"
                    " not work.",
                ),
                "The meeting is held in Polish and is the first of a series.",
            ),
        ],
        "agenda": [day(polish["start_date"], *_meeting_sessions())],
        "contacts": [{"name": "Ewa Lis", "role": "coordinator"}],
    }


def _meeting_sessions() -> list[Block]:
    return [
        session("09:30-10:00", "Registration and connection test", kind="registration"),
        session("10:00-10:15", "Opening", speaker("Dorota Nowicka", CENTRE, "director"), kind="opening"),
        session(
            "10:15-10:45",
            "Services closer to people: how to put them in a local strategy",
            speaker("Halina Wrona", UNIVERSITY, "researcher"),
            description="Three provisions worth having in every strategy, and two that change nothing.",
        ),
        session(
            "10:45-11:15",
            "The regional strategy: a place for the social economy",
            speaker("Łukasz Adamczyk", OFFICE, "senior specialist"),
            speaker("Agnieszka Duda", OFFICE, "deputy director"),
        ),
        session(
            "11:15-11:35",
            "Care for older people: what a co-operative can do",
            speaker("Marta Gil", CENTRE, "adviser on services"),
        ),
        session(
            "11:35-11:55",
            "A well-written commission: an example from Jarzębnik",
            speaker("Adam Wilk", "Jarzębnik Commune Office", "secretary"),
            speaker("Beata Król", "New Start Social Integration Centre", "manager"),
        ),
        session(
            "11:55-12:10",
            "How the Centre helps councils write their documents",
            speaker("Paweł Zięba", CENTRE, "adviser on local government"),
        ),
        session("12:10-12:30", "Questions and answers", speaker("Ewa Lis", CENTRE, "coordinator")),
        session("12:30", "Close of the meeting", kind="closing"),
    ]


def conference_in_english(world: World) -> Item:
    """The third story; what is not said here is as in Polish."""
    polish = conference(world)
    return {
        **polish,
        "title": "“Services Close to Home”: a regional conference",
        "slug": "services-close-to-home",
        "lead": (
            "Join us in Lipogród to talk about planning social services together with residents, and about whom to"
            " entrust them to."
        ),
        "lead_image_alt": LEAD_ALT_CONFERENCE,
        "audience": (
            "Local government, social welfare centres, social economy entities, universities, media and business"
        ),
        "cost": "Free of charge",
        "accessibility_requests": "an assistant, materials in large print, a place for an assistance dog",
        "body": [
            heading("Why now"),
            text(
                "Next year communes will be able to apply for money for new services. Before the applications are"
                " written, we want to ask what residents really need and who can give it to them.",
                "Services do not have to be born at a desk. Good ideas come from conversations: with older people,"
                " with parents, with neighbours. We will show how to hold such conversations and how to turn them into"
                " a plan.",
            ),
            heading("In the programme"),
            text(
                points(
                    "Listening to residents: three ways that do not cost much.",
                    "A social co-operative as a contractor: what the law allows.",
                    "The rules of the new call for services.",
                    "Three communes that took three different roads.",
                ),
                "We will also report on the work on local programmes for the social economy. The conference is held in"
                " Polish with interpreting into Polish Sign Language.",
            ),
        ],
        "agenda": [day(polish["start_date"], *_conference_sessions())],
        "attachments": [(world.files["programme"], "Conference programme")],
        "contacts": [{**polish["contacts"][0], "role": "conference organiser"}],
    }


def _conference_sessions() -> list[Block]:
    return [
        session("09:30-10:00", "Registration and coffee", kind="registration"),
        session("10:00-10:20", "Opening", speaker("Dorota Nowicka", CENTRE, "director"), kind="opening"),
        session(
            "10:20-11:10",
            "Ask first, then plan: a diagnosis with residents",
            speaker("Halina Wrona", UNIVERSITY, "researcher"),
        ),
        session(
            "11:10-11:50",
            "The co-operative as a contractor: what you may, should and should not do",
            speaker("Jan Kos", "Kos and Partners", "legal adviser"),
        ),
        pause("11:50-12:20", "Coffee break"),
        session(
            "12:20-13:10",
            "Money for services: what changes in the new year",
            speaker("Olga Bielik", FUND, "funding expert"),
        ),
        session(
            "13:10-14:00",
            "Conversation: three communes, three roads",
            speaker("Marta Gil", CENTRE, "adviser on services"),
        ),
        session("14:00", "Close", speaker("Dorota Nowicka", CENTRE, "director"), kind="closing"),
    ]


EVENTS = {"meeting": online_meeting_in_english, "conference": conference_in_english}
