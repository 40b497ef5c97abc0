"""Texts into stories: what each format gives, what is concluded from it, and that nothing is added."""

from __future__ import annotations

import base64
import io
import re
import time
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.reader.test_formats import BOMB, ENTITY, NESTED, archive, odt, pdf
from tests.soak import fuzzed
from wagtail_newsroom.news.reader import ReadError
from wagtail_newsroom.news.reader.story import read_story
from wagtail_newsroom.news.reader.story.parts import (
    Heading,
    Item,
    ItemList,
    Paragraph,
    Picture,
    Quote,
    Run,
    Story,
    Table,
    words_of,
)
from wagtail_newsroom.news.reader.story.pictures import MOST_PICTURES

LEAD = "Sto osób przyszło w sobotę na plac, aby posprzątać i posadzić drzewa przy szkole."
BODY = "Było ciepło i wesoło, a na koniec zagrała orkiestra z sąsiedniej gminy."


def picture(colour: int = 0, kind: str = "PNG") -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (8, 6), (colour, 76, 74)).save(stream, kind)
    return stream.getvalue()


def data_address(content: bytes, kind: str = "png") -> str:
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"


def of_html(html: str) -> Story:
    return read_story(f"<!doctype html><body>{html}".encode(), "strona.html")


def plain(part: object) -> object:
    """A part in short form, for comparison."""
    if isinstance(part, Paragraph | ItemList):
        return part.text
    if isinstance(part, Heading):
        return (part.level, part.text)
    return part


# --- HTML ----------------------------------------------------------------------------------------


def test_page_becomes_title_lead_and_parts_without_its_navigation() -> None:
    story = of_html(
        f"""<header class="site-header"><nav>Menu</nav></header><div class="breadcrumbs">Start</div><h1>Dzień sąsiada</h1><p class="lead">{LEAD}</p>
        <h3>Sadzenie</h3><p>{BODY} <a href="javascript:alert(1)">zły</a> <a href="https://a.example.org/b">dobry</a>
        i <em>kursywa</em><br>nowa&nbsp;linia H<sub>2</sub>O</p><ol><li>jeden<ul><li>dwa</li></ul></li><li><p>trzy</p><p>dalej</p></li></ol>
        <h6>Drobne</h6><p>x</p><h1>Na koniec</h1><p>y</p><div hidden>ukryte</div><footer>Stopka</footer><script>zło()</script>"""
    )

    assert (story.title, story.lead) == ("Dzień sąsiada", LEAD)
    assert story.parts == (
        Heading(2, "Sadzenie"),
        Paragraph(
            (
                Run(f"{BODY} zły "),
                Run("dobry", link="https://a.example.org/b"),
                Run(" i "),
                Run("kursywa", frozenset({"italic"})),
                Run("\nnowa\u00a0linia H"),
                Run("2", frozenset({"subscript"})),
                Run("O"),
            )
        ),
        ItemList(
            (
                Item((Run("jeden"),), 1, ordered=True),
                Item((Run("dwa"),), 2),
                Item((Run("trzy"), Run("\n"), Run("dalej")), 1, ordered=True),
            )
        ),
        Heading(3, "Drobne"),
        Paragraph((Run("x"),)),
        Heading(2, "Na koniec"),
        Paragraph((Run("y"),)),
    )


def test_main_part_of_a_page_is_taken_alone() -> None:
    story = of_html(f"<p>Obok</p><main><h2>Tytuł</h2><p>{LEAD}</p><p>{BODY} {BODY}</p></main><p>Pod spodem</p>")

    assert (story.title, story.lead) == ("Tytuł", LEAD)
    assert [plain(part) for part in story.parts] == [f"{BODY} {BODY}"]


@pytest.mark.parametrize(
    ("html", "parts"),
    [
        (f"<p><b>Co dalej</b></p><p>{BODY}</p>", [(2, "Co dalej"), BODY]),
        (f"<p><span style='font-weight: 700'>Co dalej?</span></p><p>{BODY}</p>", [(2, "Co dalej?"), BODY]),
        (f"<h2>A</h2><p><b>Co dalej</b></p><p>{BODY}</p>", [(2, "A"), (3, "Co dalej"), BODY]),
        (f"<p><b>Co dalej.</b></p><p>{BODY}</p>", ["Co dalej.", BODY]),
        (f"<p><b>Co</b> dalej</p><p>{BODY}</p>", ["Co dalej", BODY]),
        ("<p><b>Urząd Gminy</b></p><p><b>ul. Polna 1</b></p>", ["Urząd Gminy", "ul. Polna 1"]),
        (f"<b style='font-weight:normal'><p>Co dalej</p><p>{BODY}</p></b>", ["Co dalej", BODY]),
    ],
)
def test_whole_short_paragraph_in_bold_is_a_heading(html: str, parts: list[object]) -> None:
    assert [plain(part) for part in of_html(f"<h1>Tytuł</h1><p>Wstęp,</p>{html}").parts] == ["Wstęp,", *parts]


@pytest.mark.parametrize(
    ("html", "quote"),
    [
        (
            "<p>„Było warto, choć padało” – Anna Lis, sołtyska</p>",
            Quote("Było warto, choć padało", "Anna Lis", "sołtyska"),
        ),
        ("<p>„Było warto” – mówi dr hab. Anna Lis-Kos.</p>", Quote("Było warto", "dr hab. Anna Lis-Kos")),
        ("<blockquote><p>Dziękuję.</p><p>– Jan Kos, wójt</p></blockquote>", Quote("Dziękuję.", "Jan Kos", "wójt")),
        ("<blockquote>Dziękuję. <cite>Redakcja</cite></blockquote>", Quote("Dziękuję.", "Redakcja")),
        ("<blockquote>Dziękuję.</blockquote><p>— Jan Kos (wójt)</p>", Quote("Dziękuję.", "Jan Kos", "wójt")),
        ("<blockquote>„Dziękuję.”</blockquote><p>Dalej.</p>", Quote("Dziękuję.")),
        ("<p class=MsoQuote>Raz.</p><p class=MsoQuote>Dwa.</p>", Quote("Raz.\nDwa.")),
    ],
)
def test_quote_has_who_said_it_only_where_the_text_says_so(html: str, quote: Quote) -> None:
    assert of_html(f"<h1>Tytuł</h1><p>Wstęp,</p>{html}").parts[1] == quote


@pytest.mark.parametrize(
    "html", ["<p>„Było warto” – tytuł projektu</p>", "<p>„Raz” i „dwa” to nazwy.</p>", "<p>– Jan Kos, wójt</p>"]
)
def test_quotation_marks_alone_make_no_quote(html: str) -> None:
    assert isinstance(of_html(f"<h1>Tytuł</h1><p>Wstęp,</p>{html}").parts[1], Paragraph)


def test_table_has_its_header_caption_and_spans() -> None:
    story = of_html(
        """<h1>T</h1><p>Wstęp,</p><table><caption>Drzewa</caption><thead><tr><th>Rok</th><th>Gatunek</th><th>Ile</th></tr></thead>
        <tr><td rowspan=2>2025</td><td>lipa</td><td><a href="https://a.example.org/">10</a></td></tr><tr><td colspan=2>brak</td></tr></table>"""
    )

    empty: tuple[Run, ...] = ()
    assert story.parts[1] == Table(
        ("Rok", "Gatunek", "Ile"),
        (
            ((Run("2025"),), (Run("lipa"),), (Run("10", link="https://a.example.org/"),)),
            (empty, (Run("brak"),), empty),
        ),
        "Drzewa",
    )


def test_first_row_taken_for_a_header_is_marked_and_one_with_gaps_is_none() -> None:
    rows = "<tr><td>{}</td><td>Ile</td></tr><tr><td>lipa</td><td>10</td></tr>"
    told = of_html(f"<h1>T</h1><p>Wstęp,</p><table>{rows.format('Gatunek')}</table>").parts[1]
    gap = of_html(f"<h1>T</h1><p>Wstęp,</p><table>{rows.format('')}</table>").parts[1]

    assert isinstance(told, Table)
    assert isinstance(gap, Table)
    assert (told.header, told.inferred, len(told.rows)) == (("Gatunek", "Ile"), True, 1)
    assert (gap.header, gap.inferred, len(gap.rows)) == ((), False, 2)


def test_table_that_arranges_a_page_is_unwrapped() -> None:
    story = of_html(
        f"<table><tr><td><h1>Tytuł</h1></td></tr><tr><td><p>Wstęp,</p><p>{BODY}</p></td><td><table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table></td></tr></table>"
    )

    assert story.title == "Tytuł"
    assert [plain(part) for part in story.parts][:2] == ["Wstęp,", BODY]
    assert isinstance(story.parts[2], Table)


def test_word_paste_gives_lists_quotes_and_no_bullets() -> None:
    item = "<p class=MsoListParagraph style='mso-list:l0 level{} lfo1'><![if !supportLists]><span style='mso-list:Ignore'>{}<span>&nbsp; </span></span><![endif]>{}<o:p></o:p></p>"
    story = read_story(
        (
            "<p class=MsoTitle>Tytuł</p><!--[if gte mso 9]><xml>śmieć</xml><![endif]--><p class=MsoNormal>Wstęp,</p>"
            + item.format(1, "·", "raz")
            + item.format(2, "o", "dwa")
            + "<p>Potem</p>"
            + item.format(1, "1.", "trzy")
        ).encode(),
        "wklejone",
    )

    assert story.title == "Tytuł"
    assert story.parts[1] == ItemList((Item((Run("raz"),)), Item((Run("dwa"),), 2)))
    assert story.parts[3] == ItemList((Item((Run("trzy"),), ordered=True),))


def test_pictures_of_html_are_taken_from_it_and_never_fetched() -> None:
    story = of_html(
        f"""<h1>T</h1><p>Przed <img src="{data_address(picture())}" alt="Ludzie sadzą lipę"> i po.</p>
        <figure><img src="https://gdzies.example.org/foto/a%20b.jpg" alt="IMG_1.jpg"><figcaption>Na placu</figcaption></figure>
        <img src="file:///C:/a/image001.png"><img src="{data_address(b"<svg/>", "svg+xml")}"><img src="x.gif" width=1 height=1><p>Koniec.</p>"""
    )

    assert plain(story.parts[0]) == "Przed i po."
    assert story.pictures == [
        Picture("picture-1.png", picture(), "Ludzie sadzą lipę"),
        Picture("a b.jpg", caption="Na placu", address="https://gdzies.example.org/foto/a%20b.jpg", trouble="remote"),
        Picture("image001.png", trouble="missing"),
        Picture("picture-2", trouble="format"),
    ]


def test_pictures_are_bounded() -> None:
    story = of_html("<h1>T</h1><p>Wstęp,</p>" + f'<img src="{data_address(picture())}">' * (MOST_PICTURES + 2))

    assert [each.trouble for each in story.pictures] == [""] * MOST_PICTURES + ["too_many"] * 2


# --- Word, OpenDocument, e-mail, PDF, plain ------------------------------------------------------

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
DRAWING = '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="{alt}"/><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:{how}="{id}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'


def paragraph(words: str, style: str = "", *, bold: bool = False) -> str:
    look = "<w:rPr><w:b/></w:rPr>" if bold else ""
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    run = words if words.startswith("<") else f'<w:r>{look}<w:t xml:space="preserve">{words}</w:t></w:r>'
    return f"<w:p>{named}{run}</w:p>"


def docx(body: str, media: dict[str, bytes] | None = None, links: str = "") -> bytes:
    """A .docx with styles whose ids are Polish, as Word writes them, and pictures by their file names."""
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{id_}"><w:name w:val="{name}"/></w:style>'
        for id_, name in [
            ("Tytul", "Title"),
            ("Podtytul", "Subtitle"),
            ("Nagwek1", "heading 1"),
            ("Nagwek3", "heading 3"),
            ("Cytat", "Quote"),
            ("Legenda", "caption"),
        ]
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    pictures = "".join(
        f'<Relationship Id="p{number}" Type="{kind}/image" Target="media/{name}"/>'
        for number, name in enumerate(media or {}, start=1)
    )
    return archive(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="png" ContentType="image/png"/><Default Extension="emf" ContentType="image/x-emf"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="{kind}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
            "word/styles.xml": f"<w:styles {W}>{styles}</w:styles>",
            "word/_rels/document.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{pictures}{links}</Relationships>',
            **{f"word/media/{name}": content for name, content in (media or {}).items()},
        }
    )


WORD = docx(
    paragraph("Dzień sąsiada", "Tytul")
    + paragraph(LEAD, bold=True)
    + paragraph("Sadzenie", "Nagwek1")
    + paragraph(BODY)
    + paragraph(DRAWING.format(alt="Ludzie sadzą lipę przy szkole", how="embed", id="p1"))
    + paragraph("Na placu", "Legenda")
    + paragraph("Głosy", "Nagwek3")
    + paragraph("Było warto.", "Cytat")
    + paragraph("– Anna Lis, sołtyska")
    + f"<w:tbl><w:tr><w:tc>{paragraph('Gatunek', bold=True)}</w:tc><w:tc>{paragraph('Ile', bold=True)}</w:tc></w:tr><w:tr><w:tc>{paragraph('lipa')}</w:tc><w:tc>{paragraph('10')}</w:tc></w:tr></w:tbl>"
    + paragraph(DRAWING.format(alt="Obraz wygenerowany automatycznie", how="embed", id="p2"))
    + paragraph(DRAWING.format(alt="", how="link", id="daleko")),
    {"image1.png": picture(), "image2.emf": b"\x01\x00\x00\x00emf"},
    '<Relationship Id="daleko" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="http://127.0.0.1:9/x.png" TargetMode="External"/>',
)


def test_word_document_gives_styles_pictures_and_tables() -> None:
    story = read_story(WORD, "relacja.docx")

    assert (story.title, story.lead) == ("Dzień sąsiada", LEAD)
    assert story.parts == (
        Heading(2, "Sadzenie"),
        Paragraph((Run(BODY),)),
        Picture("picture-1.png", picture(), "Ludzie sadzą lipę przy szkole", "Na placu"),
        Heading(3, "Głosy"),
        Quote("Było warto.", "Anna Lis", "sołtyska"),
        Table(("Gatunek", "Ile"), (((Run("lipa"),), (Run("10"),)),)),
        Picture("picture-2", trouble="format"),
        Picture("picture-3", trouble="remote"),
    )


def test_opendocument_gives_headings_looks_lists_links_and_pictures() -> None:
    names = 'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
    styles = '<style:style style:name="T1"><style:text-properties fo:font-weight="bold"/></style:style><style:style style:name="P1" style:parent-style-name="Quotations"/><text:list-style style:name="L1"><text:list-level-style-number text:level="1"/></text:list-style>'
    body = f"""<text:p text:style-name="Title">Dzień sąsiada</text:p><text:p><text:span text:style-name="T1">{LEAD}</text:span></text:p>
    <text:h text:outline-level="2">Sadzenie</text:h><text:p>{BODY}<text:note>przypis</text:note> <text:a xlink:href="https://a.example.org/?a=1&amp;b=2">tutaj</text:a></text:p>
    <text:list text:style-name="L1"><text:list-item><text:p>raz</text:p><text:list><text:list-item><text:p>dwa</text:p></text:list-item></text:list></text:list-item></text:list>
    <text:p text:style-name="P1">Było warto.</text:p><text:p><draw:frame><draw:image xlink:href="Pictures/a.png"/><svg:desc>Ludzie &lt;sadzą&gt; lipę</svg:desc></draw:frame></text:p>
    <table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>A</text:p></table:table-cell><table:table-cell><text:p>1</text:p></table:table-cell></table:table-row></table:table-header-rows><table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>b</text:p></table:table-cell></table:table-row></table:table>"""
    content = f'<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" {names}><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>'
    story = read_story(archive({"content.xml": content, "Pictures/a.png": picture()}), "relacja.odt")

    assert (story.title, story.lead) == ("Dzień sąsiada", LEAD)
    assert story.parts == (
        Heading(2, "Sadzenie"),
        Paragraph((Run(f"{BODY} "), Run("tutaj", link="https://a.example.org/?a=1&b=2"))),
        ItemList((Item((Run("raz"),), 1, ordered=True), Item((Run("dwa"),), 2, ordered=True))),
        Quote("Było warto."),
        Picture("a.png", picture(), "Ludzie <sadzą> lipę"),
        Table(("A", "1"), (((Run("b"),), ()),)),
    )


def test_email_gives_its_body_with_the_pictures_that_came_along() -> None:
    mail = EmailMessage()
    mail["Subject"] = "Dzień sąsiada"
    mail["From"] = mail["To"] = "a@b.example.org"
    mail.set_content("mniej")
    mail.add_alternative(
        f'<p>{LEAD}</p><p>{BODY}</p><img src="cid:lipa" alt="Lipa przy szkole"><p>Koniec.</p>', subtype="html"
    )
    mail.get_payload()[1].add_related(picture(), "image", "png", cid="<lipa>", filename="lipa.png")
    mail.add_attachment(picture(9), maintype="image", subtype="png", filename="../dąb 1.png")
    story = read_story(mail.as_bytes(), "relacja.eml")

    assert (story.title, story.lead) == ("Dzień sąsiada", LEAD)
    assert [plain(part) for part in story.parts] == [
        BODY,
        Picture("lipa.png", picture(), "Lipa przy szkole"),
        "Koniec.",
        Picture("dąb-1.png", picture(9)),
    ]


def test_plain_text_joins_broken_lines_and_finds_headings_and_lists() -> None:
    story = read_story(
        f"""Dzień sąsiada

{LEAD}

Pracowaliśmy od rana do wieczora, a potem zjedliśmy zupę z kociołka. Ugotowało
ją Koło Gospodyń, które co roku pomaga nam w przygotowaniach do święta. Potem
zagrała orkiestra.

Co dalej

Kolejne spotkanie odbędzie się jesienią, w tym samym miejscu i o tej samej porze:
1. plac
2. szkoła
– park

7. października będzie padać
Jan Kos""".encode(),
        "a.txt",
    )

    assert (story.title, story.lead) == ("Dzień sąsiada", LEAD)
    assert [plain(part) for part in story.parts] == [
        "Pracowaliśmy od rana do wieczora, a potem zjedliśmy zupę z kociołka. Ugotowało ją Koło Gospodyń, które co roku pomaga nam w przygotowaniach do święta. Potem zagrała orkiestra.",
        (2, "Co dalej"),
        "Kolejne spotkanie odbędzie się jesienią, w tym samym miejscu i o tej samej porze:",
        "plac\nszkoła\npark",
        "7. października będzie padać",
        "Jan Kos",
    ]


def test_pdf_gives_its_text() -> None:
    story = read_story(pdf(["Dzien sasiada", "Sto osob przyszlo w sobote na plac."]), "a.pdf")

    assert story.text.split() == ["Dzien", "sasiada", "Sto", "osob", "przyszlo", "w", "sobote", "na", "plac."]


@pytest.mark.parametrize(
    ("text", "title", "lead"),
    [
        (BODY, "", ""),
        (f"{LEAD}\n\n{BODY}\n\n{BODY}", "", LEAD),
        (f"Tytuł\n\n{BODY}", "Tytuł", ""),
        (f"Tytuł\n\nSzanowni Państwo,\n\n{BODY}\n\n{BODY}", "Tytuł", ""),
        (f"Tytuł\n\n{LEAD * 6}\n\n{BODY}", "Tytuł", ""),
    ],
)
def test_title_and_lead_are_never_made_up(text: str, title: str, lead: str) -> None:
    story = read_story(text.encode(), "a.txt")

    assert (story.title, story.lead) == (title, lead)
    assert re.findall(r"\w+", story.text) == re.findall(r"\w+", text)


def test_line_that_repeats_the_title_is_said_once() -> None:
    story = of_html(f"<h1>Dzień sąsiada</h1><h2>Dzień  sąsiada</h2><p>{LEAD}</p><p>dzień sąsiada</p><p>{BODY}</p>")

    assert story.text.casefold().count("dzień sąsiada") == 1
    assert BODY in story.text


# --- hostile files -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.txt", "empty"),
        (b"<p>...</p>", "a.html", "empty"),
        (picture(), "a.docx", "picture"),
        (BOMB, "a.docx", "suspicious"),
        (ENTITY, "a.odt", "suspicious"),
        (NESTED, "a.odt", "suspicious"),
        (odt("<text:p>" + " ".join(f"słowo{n}" for n in range(20_000)) + "</text:p>"), "a.odt", "story_too_long"),
        (docx("<w:p"), "a.docx", "broken"),
        (archive({"a": "x"}), "a.zip", "unsupported"),
        (b"Byl wieczor. " * 20_000, "a.txt", "story_too_long"),
        (b"<p>" + b"Byl wieczor. " * 20_000, "a.html", "story_too_long"),
        (b"<p>a</p>" * 100_000, "a.html", "story_too_long"),
        (b"<a " * 50_000, "a.html", "broken"),
        (b"<table><tr><td>" * 15_000 + b"x", "a.html", ""),
        (b"<blockquote><ul><li>" * 15_000 + b"x", "a.html", ""),
        (b"<p>data:image/png;base64," + b"A" * 18_000_000 + b"x y", "a.html", ""),
        (("„" + "a" * 3000 + "” – Ab" + " Ab" * 100).encode(), "a.txt", ""),
    ],
)
def test_hostile_file_is_refused_or_read_in_bounded_time(data: bytes, name: str, code: str) -> None:
    begun = time.process_time()
    found = ""
    try:
        read_story(data, name)
    except ReadError as refused:
        found = refused.code
    assert found == code
    assert time.process_time() - begun < 6


# --- whatever comes ------------------------------------------------------------------------------

TAGS = (
    "p h1 h2 h5 b i em strong ul ol li table tr td th caption blockquote cite footer div span section main article figure "
    "figcaption a img br hr thead nav head body center pre"
).split()
PIECES = [
    *(f"<{tag}>" for tag in TAGS),
    *(f"</{tag}>" for tag in TAGS),
    '<td rowspan="9" colspan="30">',
    '<p class="MsoQuote">',
    '<p class="lead">',
    "<p style='mso-list:l0 level9 lfo1'>",
    '<a href="https://a.example.org">',
    '<a href="javascript:x">',
    '<img src="picture:0">',
    f'<img src="{data_address(b"x")}" alt="y">',
    "„Warto” – Anna Lis, sołtyska",
    "Słowo",
    "dwa słowa.",
    "– Jan Kos",
    "\n\n",
    "• punkt",
    "1. raz",
    LEAD,
    "&nbsp;",
    "&lt;b&gt;",
    "<!--",
    "<![if x]>",
]


def check(data: bytes, name: str, text: str) -> None:
    """Read, and see that every word stands in the text and every heading where it may."""
    try:
        story = read_story(data, name)
    except ReadError:
        return
    said = " ".join(
        [
            story.text,
            *(words_of(item.runs) for part in story.parts if isinstance(part, ItemList) for item in part.items),
        ]
    )
    there = set(re.findall(r"[^\W\d_]+", text))
    assert set(re.findall(r"[^\W\d_]+", said)) <= there
    level = 1
    for part in story.parts:
        if isinstance(part, Heading):
            assert 2 <= part.level <= min(level + 1, 4)
            level = part.level
        if isinstance(part, Paragraph):
            assert all(run.link in {"", "https://a.example.org"} for run in part.runs)
        if isinstance(part, Table):
            width = {len(row) for row in part.rows} | ({len(part.header)} if part.header else set())
            assert len(width) <= 1
    assert len(story.lead) <= 400


@fuzzed(150)
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_tags_in_any_order_never_break_it_nor_add_words(pieces: list[str]) -> None:
    page = " ".join(pieces)
    check(page.encode(), "a.html", page)
    words = re.sub(r"<[^<>]*>?", " ", page)
    check(words.encode(), "a.txt", words)


@fuzzed(80)
@given(
    st.binary(max_size=400) | st.text(max_size=300).map(str.encode),
    st.sampled_from(["a.txt", "a.html", "a.eml", "a.docx"]),
)
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    if data.startswith(b"%PDF"):
        return
    try:
        text = read_story(data, name).text
    except ReadError as refused:
        text = refused.message
    assert text
