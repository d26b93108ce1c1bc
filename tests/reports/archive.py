"""What ISO 19005-3 (PDF/A-3, level A) asks of a file and pikepdf can see, clause by clause.

No validator is to be had as a Python package; this reads the clauses our papers could break.
"""

from collections.abc import Iterator
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

FORBIDDEN_ACTIONS = {
    *("/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/JavaScript", "/Hide"),
    *("/SetOCGState", "/Rendition", "/Trans", "/GoTo3DView"),
}
FORBIDDEN_ANNOTATIONS = {"/3D", "/Sound", "/Screen", "/Movie"}
STANDARD_TYPES = {
    *("Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index"),
    *("NonStruct", "Private", "P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl"),
    *("LBody", "Table", "TR", "TH", "TD", "THead", "TBody", "TFoot", "Span", "Quote", "Note"),
    *("Reference", "BibEntry", "Code", "Link", "Annot", "Ruby", "Warichu", "Figure", "Formula"),
    "Form",
}
INVISIBLE, HIDDEN, PRINTED, NO_VIEW, TOGGLED = 1, 2, 4, 32, 256


def faults(file: bytes) -> list[str]:
    """Each broken clause with its number, once; nothing for a file fit for the archive."""
    with pikepdf.open(BytesIO(file)) as paper:
        found = [
            *_file(file, paper),
            *_objects(paper),
            *_fonts(paper),
            *_colours(paper),
            *_annotations(paper),
            *_structure(paper),
            *_attachments(paper),
            *_described(paper),
        ]
    return list(dict.fromkeys(found))


def _file(file: bytes, paper: pikepdf.Pdf) -> Iterator[str]:
    second = file.split(b"\n", 2)[1]
    if not (second.startswith(b"%") and sum(byte > 127 for byte in second[1:5]) == 4):
        yield "6.1.2 no line of binary signs after the header"
    if "/ID" not in paper.trailer or paper.is_encrypted:
        yield "6.1.3 no identity, or encrypted"
    if not file.rstrip(b"\r\n").endswith(b"%%EOF"):
        yield "6.1.3 something after the end"


def _objects(paper: pikepdf.Pdf) -> Iterator[str]:
    root = paper.Root
    if "/AA" in root or any("/AA" in page.obj for page in paper.pages):
        yield "6.5.2 an action by itself"
    if "/AlternatePresentations" in root.get("/Names", {}) or "/Requirements" in root:
        yield "6.10 other presentations or requirements"
    form = root.get("/AcroForm", {})
    if form.get("/NeedAppearances", False) or "/XFA" in form:
        yield "6.4 a form without its looks"
    for thing in paper.objects:
        if isinstance(thing, Stream):
            filters = thing.get("/Filter", Array())
            names = {str(filters)} if isinstance(filters, Name) else {str(one) for one in filters}
            if names & {"/LZWDecode", "/Crypt"} or "/F" in thing:
                yield "6.1.7 a filter or a file that is not allowed"
            if thing.get("/Subtype") == "/PS" or thing.get("/Subtype2") == "/PS" or "/OPI" in thing:
                yield "6.2.9 PostScript"
            if thing.get("/Interpolate", False) or "/Alternates" in thing:
                yield "6.2.8 an image that is not what it is"
        if isinstance(thing, Dictionary) and str(thing.get("/S", "")) in FORBIDDEN_ACTIONS:
            yield f"6.5.1 the action {thing.S}"


def _fonts(paper: pikepdf.Pdf) -> Iterator[str]:
    for thing in paper.objects:
        if not isinstance(thing, Dictionary) or thing.get("/Type") != "/Font":
            continue
        kind = str(thing.get("/Subtype"))
        if kind == "/Type0":
            if "/ToUnicode" not in thing:
                yield "6.2.11.7 letters that cannot be read back"
            for inner in thing.DescendantFonts:
                if inner.Subtype == "/CIDFontType2" and "/CIDToGIDMap" not in inner:
                    yield "6.2.11.3 no way from letters to shapes"
        elif kind == "/Type3":
            continue
        descriptor = thing.get("/FontDescriptor")
        if kind != "/Type0" and (
            descriptor is None or not {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor)
        ):
            yield "6.2.11.4 a font that is not embedded"


def _colours(paper: pikepdf.Pdf) -> Iterator[str]:
    outputs = [one for one in paper.Root.get("/OutputIntents", []) if one.S == "/GTS_PDFA1"]
    profiles = {one.DestOutputProfile.objgen for one in outputs if "/DestOutputProfile" in one}
    if len(profiles) != 1:
        yield "6.2.3 not exactly one profile of colours"
        return
    profile = outputs[0].DestOutputProfile
    space = {3: b"RGB ", 1: b"GRAY", 4: b"CMYK"}[int(profile.N)]
    if profile.read_bytes()[16:20] != space:
        yield "6.2.3 the profile is of another space"
    if space == b"RGB ":
        for page in paper.pages:
            for instruction in pikepdf.parse_content_stream(page):
                if str(instruction.operator) in {"k", "K"}:
                    yield "6.2.4.3 colours of another space"


def _annotations(paper: pikepdf.Pdf) -> Iterator[str]:
    for page in paper.pages:
        if page.obj.get("/Annots") is not None and page.obj.get("/Tabs", "/S") != "/S":
            yield "6.7 links are not in the order of the text"
        for note in page.obj.get("/Annots", []):
            kind, flags = str(note.Subtype), int(note.get("/F", 0))
            if kind in FORBIDDEN_ANNOTATIONS:
                yield f"6.3.1 a note of kind {kind}"
            if kind != "/Popup" and not flags & PRINTED:
                yield f"6.3.2 a note of kind {kind} is not printed"
            if flags & (INVISIBLE | HIDDEN | NO_VIEW | TOGGLED):
                yield f"6.3.2 a note of kind {kind} is hidden"
            left, bottom, right, top = (float(side) for side in note.Rect)
            bare = (left == right and bottom == top) or kind in {"/Link", "/Popup"}
            if not bare and "/N" not in note.get("/AP", {}):
                yield f"6.3.3 a note of kind {kind} without its looks"
            if kind == "/Widget" and ("/A" in note or "/AA" in note):
                yield "6.4.1 a field that acts"


def _structure(paper: pikepdf.Pdf) -> Iterator[str]:
    root = paper.Root
    if not root.get("/MarkInfo", {}).get("/Marked", False) or "/StructTreeRoot" not in root:
        yield "6.7.2 not tagged"
        return
    if not str(root.get("/Lang", "")):
        yield "6.7.4 no language"
    roles = {
        str(key)[1:]: str(to)[1:] for key, to in root.StructTreeRoot.get("/RoleMap", {}).items()
    }
    for thing in paper.objects:
        if isinstance(thing, Dictionary) and "/S" in thing and "/P" in thing and "/K" in thing:
            kind = str(thing.S)[1:]
            if roles.get(kind, kind) not in STANDARD_TYPES:
                yield f"6.7.3.4 the type {kind} is no standard type"
            if kind == "Figure" and not (str(thing.get("/Alt", "")) or "/ActualText" in thing):
                yield "6.7.5 a picture without words"


def _attachments(paper: pikepdf.Pdf) -> Iterator[str]:
    joined = {one.objgen for one in paper.Root.get("/AF", [])}
    for thing in paper.objects:
        if isinstance(thing, Dictionary) and "/EF" in thing:
            if not {"/F", "/UF", "/AFRelationship"} <= set(thing):
                yield "6.8 a file without name or relation"
            if thing.objgen not in joined:
                yield "6.8 a file that belongs to nothing"
            inner = thing.EF.F
            if "/Subtype" not in inner or "/ModDate" not in inner.get("/Params", {}):
                yield "6.8 a file without kind or date"


def _described(paper: pikepdf.Pdf) -> Iterator[str]:
    with paper.open_metadata(update_docinfo=False, set_pikepdf_as_editor=False) as said:
        if (said.get("pdfaid:part"), said.get("pdfaid:conformance")) != ("3", "A"):
            yield "6.6.4 does not say what it is"
        if "/Title" in paper.docinfo and str(paper.docinfo.Title) != said.get("dc:title"):
            yield "6.6.3 /Title is told in two ways"
        if "/Author" in paper.docinfo and said.get("dc:creator") != [str(paper.docinfo.Author)]:
            yield "6.6.3 /Author is told in two ways"
    if "/Filter" in paper.Root.Metadata:
        yield "6.6.2 what it says of itself is packed"
