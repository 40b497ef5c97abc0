"""What is wrong with a file, and how to mend it, in words for the person who brought it. By the codes of the inspection."""

# ruff: noqa: E501  (a sentence stands on its line)

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wagtail_newsroom.news.documents.names import safe_name
from wagtail_newsroom.news.wording import events as event_wording

_PDF_AGAIN = _("Open it in the program it was made with, save it as a PDF once more, and upload that one.")
_OFFICE_AGAIN = _("Take it out, save the file and upload it again.")

# Why a file is not taken in, and the remedy.
REFUSALS: dict[str, Any] = {
    "empty": _("The file is empty. Perhaps it was still open or being copied: save it and upload it again."),
    "type_not_allowed": _("Files of this type are not taken in. Save it as one of the types below."),
    "unknown_type": _("What is in the file is none of the types below. Open it in its program and save it as one of them."),
    "type_mismatch": _(
        "The file is not what its name says: the ending belongs to another type. Give it the right ending, or save it anew."
    ),
    "web_page": _("It is a web page or a drawing with code, whatever its name says. Save it as a PDF."),
    "program": _("It is a program, whatever its name says. Programs are not published. Check where the file came from."),
    "archive": _(
        "It is a packed folder (ZIP): readers cannot see what is in it, on a telephone they cannot open it. Upload the files one by one."
    ),
    "legacy_office": _(
        "It is in the old format of Word, Excel or PowerPoint (DOC, XLS, PPT). Open it and save it as DOCX, XLSX, PPTX or PDF."
    ),
    "unreadable": format_lazy("{} {}", _("The file is damaged and cannot be opened."), _PDF_AGAIN),
    "too_large": _("The file is larger than %(limit)s. Make its pictures smaller, or divide it."),
    "too_complex": _(
        "The file could not be looked through in time. Save it anew from the program it was made with, or divide it, and try again."
    ),
    "busy": _("Too many files are being looked through at this moment. Try again in a minute."),
    "password": _("The file asks for a password, so readers could not open it. Take the password off and upload it again."),
    "protected": _("The PDF is locked in a way in which nobody can look through it. Save it without protection and upload it again."),
    "bomb": _("Unpacked, the file would become enormous, as no office file does. Save it anew from its program; check where it came from."),
    "unsafe_names": _("Inside, the file has parts that would be written outside its folder. Save it anew from its program; check where it came from."),
    "suspicious": _("The file is built as no office program builds one. Save it anew from its program; check where it came from."),
    "macros": _("There are macros in the file: programs that run on the reader's computer. Save it without macros (DOCX, XLSX, PPTX, ODT) or as a PDF."),
    "active_content": format_lazy("{} {}", _("There are active elements in the file: buttons with programs, films, 3D."), _OFFICE_AGAIN),
    "embedded_object": _("There is an object of another program inside the file. Paste it as a picture, save the file and upload it again."),
    "embedded_program": format_lazy("{} {}", _("There is a program inside the file."), _("Check where the file came from.")),
    "remote_template": _(
        "The file fetches its template from another computer when it is opened. In Word: Developer → Document Template → Normal, then save it."
    ),
    "remote_content": _("When it is opened, the file fetches a part of itself from another computer. Paste that part into the file, save it and upload it again."),
    "dde": _("There is a command to another program in the file (DDE). Take the field or the formula out, save the file and upload it again."),
    "javascript": format_lazy("{} {}", _("There is a program in the file (JavaScript)."), _PDF_AGAIN),
    "launch": format_lazy("{} {}", _("The PDF starts a program on the reader's computer."), _PDF_AGAIN),
    "embedded_files": _("There are other files inside the PDF, which most readers never see. Save it without them, and upload those one by one."),
    "form_program": _("The form is made in a way (XFA) that only one program can open. Save it as an ordinary PDF form, or offer it as DOCX or ODT."),
    "automatic_actions": format_lazy("{} {}", _("The PDF does something by itself when it is opened: prints, jumps or calculates."), _PDF_AGAIN),
    "chained_actions": format_lazy(
        "{} {}", _("A link in the PDF does more than it shows: after a jump it sends data, or opens another address or file."), _PDF_AGAIN
    ),
    "polyglot": _("The file is two things at once, of which readers see only one. Save it anew from its program; check where it came from."),
    "picture_too_large": _("The picture has more than 64 million pixels. Make it smaller and upload it again."),
    "infected": _("The virus scanner found %(virus)s in it. Do not open the file, and tell whoever looks after your computers."),
    "scanner_down": _("The virus scanner does not answer, and without it no file is taken in. Try again in a few minutes; if that lasts, tell the administrator."),
}  # fmt: skip

# What keeps people from reading a file: a name for lists, then what it is and how to mend it.
FINDINGS: dict[str, tuple[Any, Any]] = {
    "untagged": (
        _("no tags for screen readers"),
        _("The PDF has no tags, so screen readers do not know its headings, lists and tables. In Word: File → Save As → PDF → Options → “Document structure tags for accessibility”; in LibreOffice: Export as PDF → “Tagged PDF”."),
    ),
    "scan": (
        _("a scan: no text that can be read aloud"),
        _("It is a scan: a picture of paper that nobody can search, enlarge well or have read aloud. Upload the file from which it was printed, or recognise its text (OCR) and check it."),
    ),
    "scanned_pages": (
        _("some pages are scans"),
        _("Some of its pages are scans, which cannot be read aloud. Replace them by text."),
    ),
    "no_language": (
        _("no language"),
        _("It does not say its language, so it may be read aloud in a wrong one. In Word: Review → Language → Set Proofing Language, then save it (and export it) again."),
    ),
    "no_title": (
        _("no title"),
        _("It has no title of its own, so its window shows a file name. In Word: File → Info → Title; then save or export it again."),
    ),
    "title_not_shown": (
        _("its title is not shown"),
        _("Its window shows the file name instead of the title. When exporting: LibreOffice → User Interface → “Display document title”; Acrobat → Properties → Initial View → Show: Document Title."),
    ),
    "no_extraction": (
        _("closed to screen readers"),
        _("Its protection forbids screen readers to take the text. Save the PDF without that restriction."),
    ),
    "copying_forbidden": (
        _("copying is forbidden"),
        _("Its protection forbids copying, which stops some screen readers and translation programs. Save the PDF without that restriction."),
    ),
    "figures_without_alt": (
        _("pictures without a description"),
        _("Pictures in it have no description. In Word: right-click the picture → View Alt Text, describe it or mark it as decorative; then save or export it again."),
    ),
    "tables_without_header": (
        _("tables without a header row"),
        _("Tables in it have no header row. In Word: select the first row → Layout → Repeat Header Rows; then save or export it again."),
    ),
    "no_headings": (
        _("no headings"),
        _("It is long and has no headings. Give its headings a heading style (Heading 1, Heading 2) instead of bold letters."),
    ),
    "slides_without_title": (
        _("slides without a title"),
        _("Slides in it have no title. In PowerPoint: Review → Check Accessibility says which."),
    ),
    "picture": (
        _("a picture instead of text"),
        _("It is a picture: words in it cannot be read aloud. Say in the text of the page what it holds, or offer a PDF or DOCX made of text."),
    ),
}  # fmt: skip

_INSPECT = _("In Word, Excel and PowerPoint: File → Info → Check for Issues → Inspect Document.")

# What a file tells to whoever looks, though its readers do not see it. Those not in QUIET are told before publication, too.
HIDDEN: dict[str, Any] = {
    "national_ids": _("Numbers in it look like PESEL numbers. Check whether they may be public; take them out, not merely cover them."),
    "author": format_lazy("{} {}", _("It names its author: %(names)s."), _INSPECT),
    "last_editor": format_lazy("{} {}", _("It names who saved it last: %(names)s."), _INSPECT),
    "tracked_changes": _("It keeps tracked changes: everybody can read what was deleted. In Word: Review → Accept All Changes; then save it."),
    "comments": _("There are comments in it. Delete them (in Word: Review → Delete All Comments) and save it."),
    "redactions": _("Passages are marked to be blackened, but the text is still there. Apply the redaction, and save it."),
    "hidden_text": format_lazy("{} {}", _("There is hidden text in it."), _INSPECT),
    "hidden_sheets": format_lazy("{} {}", _("There are hidden sheets in it."), _INSPECT),
    "hidden_slides": _("There are hidden slides in it. Delete them, or show them."),
    "notes": _("It holds the speaker's notes. If they are not meant for everybody, delete them."),
    "pivot_data": _("Behind a pivot table lies all the data it was made of. Paste the table as values, and save it."),
    "place": _("The picture says where it was taken. Save it without its location (GPS) data."),
    "linked_files": _("It refers to workbooks on somebody's computer. In Excel: Data → Edit Links → Break Link."),
    "local_links": _("Links in it lead to somebody's own disk or network. Take them out, or lead them to a web address."),
    "remote_pictures": _("Pictures in it are fetched from another server, which learns who opens the file. Paste them into the file."),
    "formulas": _("Cells in it start like formulas (=, +, @). A spreadsheet runs them when it opens the file. Put an apostrophe before them, or take them out."),
    "calendar_files": _("An event in it attaches a file from somebody's own disk or network. Take the attachment out, or lead it to a web address."),
    "calendar_programs": _("An event in it starts a program or sends an e-mail by itself. Take the alarm out."),
    "sends_data": _("A button in the PDF sends what people fill in to an address. Check that it is yours, and tell readers so."),
    "embedded_workbook": _("Behind a chart lies the whole workbook it was made of. Paste the chart as a picture, unless everybody may have the numbers."),
    "local_template": _("It names the folder of its template on somebody's computer. In Word: Developer → Document Template → Normal."),
    "thumbnail": _("It holds a small picture of its first page. In Word: File → Info → Properties → Advanced, without “Save preview picture”."),
}  # fmt: skip
QUIET = frozenset({"embedded_workbook", "local_template", "thumbnail"})  # told beside the form alone


def file_refusal(name: str, code: str, allowed: Iterable[str], limit: int = 0, *, virus: str = "") -> ValidationError:
    """The refusal of a file, in the language that is active: which file, why, and what is taken in."""
    cause = str(REFUSALS.get(code, REFUSALS["suspicious"]))
    text = gettext("“%(name)s” was not taken in. %(cause)s") % {
        "name": safe_name(name),
        "cause": cause % {"limit": event_wording.file_size(limit), "virus": virus} if "%(" in cause else cause,
    }
    if code == "type_not_allowed" and "." in safe_name(name):
        text = gettext("%(text)s Its type: %(type)s.") % {"text": text, "type": safe_name(name).rpartition(".")[2]}
    if types := ", ".join(allowed):
        text = gettext("%(text)s Allowed: %(types)s.") % {"text": text, "types": types}
    return ValidationError(text, code=code)


def finding_name(code: Any) -> str:
    """What a finding is called in lists; one that is not known here yet keeps its own name."""
    name: str | Promise = FINDINGS.get(str(code), (str(code), ""))[0]
    return str(name)


def finding_text(code: Any) -> str:
    """What a finding is, and how to mend it."""
    return str(FINDINGS.get(str(code), (str(code), str(code)))[1])


def hidden_text(code: str, facts: Any) -> str:
    """What a file tells without showing it, and how to take it out. ``facts``: what the inspection says (``names``)."""
    names = ", ".join(facts.get("names", ())) if isinstance(facts, dict) else ""
    text = str(HIDDEN.get(code, code))
    return text % {"names": names} if "%(names)s" in text else text


def notes(document: Any) -> list[str]:
    """Everything that whoever looks after ``document`` should know of it, the weightiest first."""
    hidden = getattr(document, "hidden", None) or {}
    known = [code for code in HIDDEN if code in hidden]
    return [
        *(hidden_text(code, hidden[code]) for code in known if code not in QUIET),
        *(finding_text(code) for code in getattr(document, "findings", None) or ()),
        *(hidden_text(code, hidden[code]) for code in known if code in QUIET),
    ]
