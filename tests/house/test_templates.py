"""What holds for every template and every file of the look, whoever wrote it."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from fontTools.ttLib import TTFont

ROOT = Path(settings.BASE_DIR)
TEMPLATES = ROOT / "templates"
STATIC = ROOT / "static"

ALL = sorted(TEMPLATES.rglob("*.html"))
# Papers are drawn by the server, mails are read elsewhere: the content policy sees neither.
PAGES = [path for path in ALL if not {"pdf", "emails"} & set(path.relative_to(TEMPLATES).parts)]
STYLES = sorted((STATIC / "portal").glob("*.css"))
SCRIPTS = sorted((STATIC / "portal").glob("*.js"))

# Where the names are given, and black on white paper.
WITHOUT_A_COOKIE = ("rating.html", "rating_start.html")
"""Forms for citizens: nothing is done in anybody's name, so there is nothing to forge (0085)."""

NAMING = ("tokens.css", "print.css", "decision.css")

VIETNAMESE = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def bare(path: Path) -> str:
    """The template without what is never sent to a browser."""
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"{%\s*comment.*?endcomment\s*%}", "", text, flags=re.DOTALL)
    return re.sub(r"{#.*?#}", "", text)


def tags(text: str, *names: str) -> list[str]:
    """Opening tags of these names, with their attributes, template tags inside included."""
    one = r"(?:{%.*?%}|{{.*?}}|[^>{]|{(?![%{]))*"
    return re.findall(rf"<(?:{'|'.join(names)})\b{one}>", text, flags=re.DOTALL)


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_a_page_carries_no_style_and_no_script_of_its_own(path):
    text = bare(path)

    assert not re.search(r"<style\b", text)
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text), "a handler written inside a page"
    for script in tags(text, "script"):
        assert " src=" in script or 'type="application/json"' in script


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_htmx_is_asked_only_for_what_the_content_policy_allows(path):
    text = bare(path)

    assert "hx-on" not in text
    assert "hx-vals='js:" not in text
    for trigger in re.findall(r"hx-trigger=\"([^\"]*)\"", text):
        assert not re.search(r"(^|,)\s*\w+\[", trigger), "a trigger filter needs eval"


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_what_breaks_into_pieces_stays_together_in_a_cell_that_folds(path):
    """A folded cell lays its pieces side by side, up to both edges: words with a number that holds
    together, or of several lines, are one piece only inside an element."""
    cells = re.findall(
        r"<td data-h=[^>]*>(?!\s*<(?:div|span))(.*?)</td>", bare(path), flags=re.DOTALL
    )
    assert not [cell for cell in cells if re.search(r"\|(unbroken|linebreaksbr)\b", cell)]


@pytest.mark.parametrize("path", ALL, ids=named)
def test_every_form_that_writes_carries_the_token(path):
    if path.name in WITHOUT_A_COOKIE:
        return
    text = bare(path)

    for opening in re.finditer(r"<form\b.*?method=\"post\"", text, flags=re.DOTALL):
        body = text[opening.start() : text.index("</form>", opening.start())]
        assert "{% csrf_token %}" in body or re.search(r"{% crispy ", body)


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_what_is_seen_also_has_words(path):
    text = bare(path)

    for image in tags(text, "img"):
        assert " alt=" in image
    for drawing in tags(text, "svg"):
        assert "aria-hidden=" in drawing or "aria-label" in drawing
    for progress in tags(text, "progress", "meter"):
        assert "aria-label" in progress or "aria-hidden=" in progress
    for heading in tags(text, "th"):
        assert "scope=" in heading


@pytest.mark.parametrize("path", ALL, ids=named)
def test_a_template_fits_on_three_screens(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 150


@pytest.mark.parametrize("path", [*STYLES, *SCRIPTS], ids=named)
def test_a_file_of_the_look_can_be_read_at_one_go(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) < 300


@pytest.mark.parametrize("path", [*ALL, *SCRIPTS], ids=named)
def test_vietnamese_is_official(path):
    text = path.read_text(encoding="utf-8").lower()

    new_place = re.findall(r"\b\w*(?:o[àáảãạ]|o[èéẻẽẹ]|(?<!q)u[ỳýỷỹỵ])\b", text)
    assert not new_place, "tone marks stand in the old place: hóa, khóa, khỏe, thủy"
    assert not re.search(r"\bbạn\b", text), "the reader is “đồng chí” or “đơn vị”"


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_width_classes_of_the_paper_are_not_used_on_the_screen(path):
    assert not re.search(r"\bd-(?:sm|md|lg)-\w+", bare(path)), "use phone-only and desk-only"


@pytest.mark.parametrize("path", ALL, ids=named)
def test_every_static_file_a_template_names_is_there(path):
    for name in re.findall(r"{%\s*static\s+[\"']([^\"']+)[\"']", path.read_text(encoding="utf-8")):
        assert (STATIC / name).is_file(), name


def test_every_icon_that_is_asked_for_is_in_the_sprite():
    sprite = (STATIC / "vendor/icons/icons.svg").read_text(encoding="utf-8")
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', sprite))

    asked = {
        name
        for path in ALL
        for name in re.findall(r"{%\s*icon\s+[\"']([\w-]+)", path.read_text(encoding="utf-8"))
    }
    looks = (ROOT / "units/templatetags/portal.py").read_text(encoding="utf-8")
    asked |= {name for _, name in re.findall(r'": \("(\w+)", "([\w-]+)"\)', looks)}

    assert asked <= drawn
    assert drawn == set(json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["icons"])


def test_vendored_files_are_the_pinned_versions():
    pins = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    listed = (STATIC / "vendor/README.md").read_text(encoding="utf-8")

    for package, version in pins.items():
        assert f"| {package} | {version} |" in listed
    assert f'version:"{pins["htmx.org"]}"' in (STATIC / "vendor/htmx/htmx.min.js").read_text(
        encoding="utf-8"
    )


def test_every_vietnamese_letter_and_every_figure_has_its_face():
    faces = re.findall(
        r'font-family: "([^"]+)"; font-weight: (\d+);.*?url\("\.\./([^"]+)"\).*?}',
        (STATIC / "portal/fonts.css").read_text(encoding="utf-8"),
        flags=re.DOTALL,
    )
    letters = {ord(sign) for sign in VIETNAMESE + VIETNAMESE.upper() + "0123456789,.−–…“”·%"}

    for weight in ("400", "500", "600"):
        covered = set()
        for family, its_weight, file in faces:
            if its_weight == weight and family == "Be Vietnam Pro":
                covered |= set(TTFont(STATIC / file).getBestCmap())
        assert letters <= covered
    assert {family for family, _, _ in faces} == {"Be Vietnam Pro", "Portal Figures"}


def channel(value: int) -> float:
    part = value / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def contrast(one: str, other: str) -> float:
    """Contrast of two colours by the WCAG 2.2 formula."""
    light, dark = sorted(
        (
            sum(
                share * channel(int(colour[at : at + 2], 16))
                for share, at in ((0.2126, 1), (0.7152, 3), (0.0722, 5))
            )
            for colour in (one, other)
        ),
        reverse=True,
    )
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("path", [path for path in STYLES if path.name not in NAMING], ids=named)
def test_colours_have_names(path):
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)

    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", text)


def test_every_name_that_a_style_uses_is_given():
    given, used = set(), set()
    for path in STYLES:
        text = path.read_text(encoding="utf-8")
        given |= set(re.findall(r"(--[\w-]+):", text))
        used |= set(re.findall(r"var\((--[\w-]+)", text))

    assert used <= given


@pytest.mark.parametrize(
    ("text", "ground", "least"),
    [
        ("ink-900", "ground", 7),
        ("ink-700", "ground-3", 4.5),
        ("ink-500", "ground", 4.5),
        ("ink-500", "ground-2", 4.5),
        ("ink-500", "ground-3", 4.5),
        ("ink-500", "green-50", 4.5),
        ("ground", "green-900", 7),
        ("ground", "green-700", 4.5),
        ("green-700", "green-50", 4.5),
        ("green-700", "green-100", 4.5),
        ("green-600", "ground", 4.5),
        ("red-700", "red-50", 4.5),
        ("gold-700", "gold-50", 4.5),
        ("blue-700", "blue-50", 4.5),
        ("plum-700", "plum-50", 4.5),
        ("ink-900", "heat-4", 4.5),
        ("ground", "heat-5", 4.5),
        ("line-strong", "ground", 3),
        ("focus", "ground", 3),
        ("focus-on-bar", "green-900", 3),
        ("gold-400", "green-900", 3),
        ("bar-soft", "green-900", 4.5),
        ("bar-soft", "green-800", 4.5),
    ],
)
def test_colours_can_be_told_apart(text, ground, least):
    tokens = (STATIC / "portal/tokens.css").read_text(encoding="utf-8")
    colours = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", tokens))

    assert contrast(colours[text], colours[ground]) >= least
