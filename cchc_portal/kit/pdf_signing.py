"""A paper of ours is signed: PAdES, in a further revision; its own bytes stay as they are.

The visible part is drawn in the font of the paper, so that the file stays one for the archive.
Why this library and what it costs: docs/decisions/0076-signed-files.md.
"""

from io import BytesIO
from typing import NamedTuple

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from pyhanko.pdf_utils.font.api import FontEngineFactory
from pyhanko.pdf_utils.font.opentype import GlyphAccumulator
from pyhanko.pdf_utils.generic import Reference
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.text import TextBoxStyle
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.stamp import TextStampStyle

from cchc_portal.kit.aside import aside
from cchc_portal.kit.pdf import FONTS, in_our_letters

POINTS_A_MM = 72 / 25.4
WIDTH, HEIGHT = 78 * POINTS_A_MM, 19 * POINTS_A_MM
FROM_THE_LEFT, FROM_THE_TOP = 5 * POINTS_A_MM, 3 * POINTS_A_MM
LETTERS = 10


class Place(NamedTuple):
    """Where a box lies: page from 0, and its corner, left and top, in points from below."""

    page: int
    left: float
    top: float


def signed(paper: bytes, *, by: Signer, lines: list[str], anchor: str) -> bytes:
    """The paper, and behind it a signature; `lines` are drawn at the anchor (the `id` of an empty
    box in the template), or nothing where the paper has none.

    The result begins with the bytes of the paper. Raises what the key or the file raises.
    """
    name = f"ChuKy{len(PdfFileReader(BytesIO(paper)).embedded_signatures) + 1}"
    place = _place_of(paper, anchor)
    field = SigFieldSpec(sig_field_name=name)
    if place:
        left, top = place.left + FROM_THE_LEFT, place.top - FROM_THE_TOP
        box = (round(left), round(top - HEIGHT), round(left + WIDTH), round(top))
        field = SigFieldSpec(sig_field_name=name, on_page=place.page, box=box)
    words, output = "\n".join(in_our_letters(line) for line in lines), BytesIO()
    signer = PdfSigner(
        PdfSignatureMetadata(
            field_name=name, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256"
        ),
        signer=by,
        stamp_style=_style(words),
        new_field_spec=field,
    )
    aside(
        signer.sign_pdf,
        IncrementalPdfFileWriter(BytesIO(paper)),
        output=output,
        appearance_text_params={"words": words},
    )
    return output.getvalue()


class OwnLetters(FontEngineFactory):
    """The letters of the words in the font of the paper, on a grid of a thousand units: the library
    writes widths as they are in the font, where a PDF reads thousandths."""

    def __init__(self, words: str) -> None:
        self.words = words

    def create_font_engine(self, writer, obj_stream=None) -> GlyphAccumulator:
        """What the library draws with."""
        subset, kept = Subsetter(Options(hinting=False)), BytesIO()
        with TTFont(FONTS / "Tinos-Regular.ttf") as face:
            subset.populate(text=self.words)
            subset.subset(face)
            scale_upem(face, 1000)
            face.save(kept)
        kept.seek(0)
        return GlyphAccumulator(
            writer=writer, font_handle=kept, font_size=LETTERS, obj_stream=obj_stream
        )


def _style(words: str) -> TextStampStyle:
    left = SimpleBoxLayoutRule(
        x_align=AxisAlignment.ALIGN_MIN,
        y_align=AxisAlignment.ALIGN_MID,
        margins=Margins(4, 4, 2, 2),
    )
    font = OwnLetters(words)
    return TextStampStyle(
        stamp_text="%(words)s",
        border_width=1,
        background=None,
        text_box_style=TextBoxStyle(font=font, font_size=LETTERS, leading=LETTERS + 2),
        inner_content_layout=left,
    )


def _place_of(paper: bytes, anchor: str) -> Place | None:
    """Where the template's empty box came to lie: WeasyPrint keeps its `id` as a destination."""
    reader = PdfFileReader(BytesIO(paper))
    if "/Names" not in reader.root or "/Dests" not in reader.root["/Names"]:
        return None
    listed = reader.root["/Names"]["/Dests"]["/Names"]
    for at in range(0, len(listed) - 1, 2):
        if str(listed[at]) == anchor:
            page, _, left, top, *_ = listed[at + 1]
            wanted = listed[at + 1].raw_get(0).reference
            return Place(_number_of(reader, wanted), float(left), float(top))
    return None


def _number_of(reader: PdfFileReader, wanted: Reference) -> int:
    pages = range(int(reader.root["/Pages"]["/Count"]))
    refs = [reader.find_page_for_modification(at)[0].reference for at in pages]
    return refs.index(wanted)
