"""Small files of every kind, made in code: what each is made of stands where it is used."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

from PIL import Image

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "application/vnd.openxmlformats-officedocument."
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
MAIN = {
    "docx": ("word/document.xml", OFFICE + "wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", OFFICE + "spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", OFFICE + "presentationml.presentation.main+xml"),
}
ODF = {
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
}
Parts = dict[str, str | bytes]


def packed(parts: Parts, *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of ``parts``, in their order."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=method)
    return stream.getvalue()


def relations(*links: tuple[str, str]) -> str:
    """Relationships that point outside: kind and target of each."""
    rows = "".join(
        f'<Relationship Id="r{number}" Type="{RELATIONS}{kind}" Target="{target}" TargetMode="External"/>'
        for number, (kind, target) in enumerate(links)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def core(title: str = "Regulamin", creator: str = "", editor: str = "", language: str = "") -> str:
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{title}</dc:title><dc:creator>{creator}</dc:creator><dc:language>{language}</dc:language>"
        f"<cp:lastModifiedBy>{editor}</cp:lastModifiedBy></cp:coreProperties>"
    )


def office(kind: str, main: str, parts: Parts | None = None, *, types: str = "", **facts: str) -> bytes:
    """An office file whose main part is ``main``; ``types``: further content types; ``facts``: see :func:`core`."""
    name, content_type = MAIN[kind]
    everything: Parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/{name}" ContentType="{content_type}"/>{types}</Types>',
        "docProps/core.xml": core(**facts),
        name: main,
    }
    return packed({**everything, **(parts or {})})


def word(
    body: str = "<w:p><w:r><w:t>Regulamin zajęć</w:t></w:r></w:p>", parts: Parts | None = None, **more: Any
) -> bytes:
    """A text of Word with ``body``; in Polish unless ``lang`` says otherwise."""
    lang = more.pop("lang", "pl-PL")
    language = f'<w:lang w:val="{lang}"/>' if lang else ""
    styles = (
        f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>{language}</w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:styleId="Nagwek1"><w:name w:val="heading 1"/></w:style></w:styles>'
    )
    main = f'<w:document xmlns:w="{W}" xmlns:wp="urn:wp" xmlns:a="urn:a" xmlns:pic="urn:pic"><w:body>{body}</w:body></w:document>'
    return office("docx", main, {"word/styles.xml": styles, **(parts or {})}, **more)


def field(command: str) -> str:
    """A field of Word whose command is cut into pieces at ``|``."""
    pieces = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in command.split("¦"))
    return (
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{pieces}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


def picture_in_word(descr: str = "") -> str:
    return f'<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="{descr}"/><a:graphic><pic:pic/></a:graphic></wp:inline></w:drawing></w:r></w:p>'


def table_in_word(header: str = "") -> str:
    row = "<w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>" * 2
    return f"<w:tbl><w:tr><w:trPr>{header}</w:trPr>{row}</w:tr><w:tr>{row}</w:tr></w:tbl>"


def sheet(
    values: tuple[str, ...] = ("12",), parts: Parts | None = None, *, state: str = "visible", **more: Any
) -> bytes:
    """A workbook of one sheet with these values."""
    rows = "".join(f"<row><c><v>{value}</v></c></row>" for value in values)
    main = f'<workbook xmlns="urn:x"><sheets><sheet name="Lista" state="{state}"/></sheets></workbook>'
    cells: Parts = {"xl/worksheets/sheet1.xml": f'<worksheet xmlns="urn:x"><sheetData>{rows}</sheetData></worksheet>'}
    return office("xlsx", main, {**cells, **(parts or {})}, **more)


def slide(title: str = "Plan", body: str = "", *, show: str = "1", parts: Parts | None = None, **more: Any) -> bytes:
    """A presentation of one slide."""
    words = f'<p:sp><p:nvSpPr><p:nvPr><p:ph type="title"/></p:nvPr></p:nvSpPr><a:p><a:r><a:rPr lang="pl-PL"/><a:t>{title}</a:t></a:r></a:p></p:sp>'
    content = f'<p:sld xmlns:p="urn:p" xmlns:a="urn:a" show="{show}">{words}{body}</p:sld>'
    return office(
        "pptx", '<p:presentation xmlns:p="urn:p"/>', {"ppt/slides/slide1.xml": content, **(parts or {})}, **more
    )


def odf(kind: str = "odt", body: str = "<text:p>Regulamin</text:p>", parts: Parts | None = None, **facts: str) -> bytes:
    """A file of LibreOffice. ``facts``: ``title``, ``creator``, ``language``, ``meta`` (more XML)."""
    names = "".join(
        f' xmlns:{each}="urn:oasis:names:tc:opendocument:xmlns:{each}:1.0"'
        for each in ("office", "text", "table", "draw", "meta", "style", "script", "manifest")
    )
    names += ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:svg="urn:svg" xmlns:fo="urn:fo"'
    creator = facts.get("creator", "")
    everything: Parts = {
        "mimetype": ODF[kind],
        "meta.xml": f"<office:document-meta{names}><office:meta><dc:title>{facts.get('title', 'Regulamin')}</dc:title>"
        f"<meta:initial-creator>{creator}</meta:initial-creator>{facts.get('meta', '')}</office:meta></office:document-meta>",
        "styles.xml": f'<office:document-styles{names}><style:text-properties fo:language="{facts.get("language", "pl")}"/></office:document-styles>',
        "content.xml": f"<office:document-content{names}><office:body>{body}</office:body></office:document-content>",
    }
    return packed({**everything, **(parts or {})})


def pdf_of(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    body, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    size, start = len(objects) + 1, len(body)
    return body + table + b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (size, trailer, start)


def stream_of(content: bytes, facts: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (facts, len(content), content)


def pdf(
    catalogue: bytes = b"",
    page: bytes = b"",
    *more: bytes,
    text: str = "Regulamin konkursu dla organizacji",
    **kind: Any,
) -> bytes:
    """A PDF of one page, tagged, with a language and a title that is shown, unless ``kind`` says otherwise.

    ``catalogue``, ``page``: further keys; ``more``: further objects, from number 9.
    """
    root = b"<</Type/Catalog/Pages 2 0 R" + catalogue
    root += b"/MarkInfo<</Marked true>>/StructTreeRoot 7 0 R" if kind.get("tagged", True) else b""
    root += b"/Lang(pl-PL)" if kind.get("language", True) else b""
    root += b"/ViewerPreferences<</DisplayDocTitle true>>" if kind.get("shown", True) else b""
    info = (
        b"<</Title(Regulamin)%s>>" % kind.get("info", b"")
        if kind.get("title", True)
        else b"<<%s>>" % kind.get("info", b"")
    )
    words = b"BT /F1 12 Tf 20 150 Td (%s) Tj ET" % text.encode("latin-1") if text else b"q Q"
    resources = kind.get("resources", b"<</Font<</F1 5 0 R>>>>")
    return pdf_of(
        root + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources %s%s>>" % (resources, page),
        stream_of(words),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        info,
        b"<</Type/StructTreeRoot/K 8 0 R%s>>" % kind.get("tree", b""),
        kind.get("element", b"<</Type/StructElem/S/H1/P 7 0 R/K 0>>"),
        *more,
        trailer=b"/Info 6 0 R",
    )


IMAGE = stream_of(b"\0", b"/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray")


def scan() -> bytes:
    return pdf(b"", b"", IMAGE, text="", tagged=False, resources=b"<</XObject<</I 9 0 R>>>>")


def many_pages(number: int) -> bytes:
    """A PDF of so many pages, each with a line of text of its own."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * place) for place in range(number))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, number),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for place in range(number):
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>>>>>"
            % (5 + 2 * place)
        )
        objects.append(stream_of(b"BT /F1 12 Tf 20 150 Td (Strona numer %d) Tj ET" % place))
    return pdf_of(*objects)


def stream_bomb() -> bytes:
    """A catalogue inside a compressed object stream that swells to 1 GB."""
    squeeze = zlib.compressobj(9)
    head = b"1 0 <</Type/Catalog/Pages 2 0 R>> "
    swollen = (
        squeeze.compress(head) + b"".join(squeeze.compress(b" " * 10_000_000) for _ in range(100)) + squeeze.flush()
    )
    bomb = b"3 0 obj\n%s\nendobj\n" % stream_of(swollen, b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode")
    header = b"%PDF-1.7\n"
    rows = b"".join([b"\0\0\0\0\0\0", b"\2\0\0\0\3\0", b"\2\0\0\0\3\1", b"\1" + len(header).to_bytes(4, "big") + b"\0"])
    table = b"4 0 obj\n%s\nendobj\n" % stream_of(rows, b"/Type/XRef/Size 4/W[1 4 1]/Root 1 0 R")
    return header + bomb + table + b"startxref\n%d\n%%%%EOF" % (len(header) + len(bomb))


def protected_pdf(*, user: str = "", owner: str = "haslo", algorithm: str = "RC4-128", permissions: int = -4) -> bytes:
    from pypdf import PdfReader, PdfWriter
    from pypdf.constants import UserAccessPermissions

    writer, stream = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf()))), io.BytesIO()
    writer.encrypt(user, owner, algorithm=algorithm, permissions_flag=UserAccessPermissions(permissions & 0xFFFFFFFF))
    writer.write(stream)
    return stream.getvalue()


def picture(kind: str = "JPEG", size: tuple[int, int] = (30, 20), **more: Any) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, (15, 76, 74)).save(stream, kind, **more)
    return stream.getvalue()


def placed_picture() -> bytes:
    """A photo that says where it was taken, and by whom."""
    facts = Image.Exif()
    facts[0x013B] = "Jan Przykładny"
    facts.get_ifd(0x8825).update({1: "N", 2: (52.0, 13.0, 47.0), 3: "E", 4: (21.0, 0.0, 42.0)})
    return picture(exif=facts)


def huge_png() -> bytes:
    """A head that promises 20,000 by 20,000 pixels, and no more."""
    import struct

    head = struct.pack("!LL5B", 20_000, 20_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    return b"\x89PNG\r\n\x1a\n" + struct.pack("!L", 13) + chunk + struct.pack("!L", zlib.crc32(chunk)) + b"\0\0\0\0IDAT"


def encrypted_zip() -> bytes:
    """A text of Word whose parts say that they are locked."""
    data = bytearray(word())
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 8] |= 1
        at += 4
    return bytes(data)


def overlapping_zip() -> bytes:
    """Two entries of the directory that share the bytes of one part."""
    parts: Parts = {"[Content_Types].xml": "<Types/>", "word/a.xml": b"x" * 5000, "word/b.xml": b"x" * 5000}
    data = bytearray(packed(parts))
    entries = []
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        entries.append(at)
        at += 4
    data[entries[2] + 42 : entries[2] + 46] = data[entries[1] + 42 : entries[1] + 46]
    return bytes(data)


def locked_office() -> bytes:
    """What Word writes where a password is asked for: an old container with the packed file inside."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 400


OLE_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le") + b"\0" * 400
