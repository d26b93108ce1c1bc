"""The guides for those who work in the portal: written in docs/guide, read in the portal."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt

FOLDER = Path(settings.BASE_DIR) / "docs" / "guide"
GUIDES = {
    "tu-danh-gia": "Hướng dẫn tự đánh giá",
    "tham-dinh": "Hướng dẫn thẩm định",
    "to-chuc": "Hướng dẫn tổ chức kỳ đánh giá",
    "so-lieu": "Hướng dẫn số liệu báo cáo, đợt cao điểm",
    "bao-cao-dinh-ky": "Hướng dẫn báo cáo định kỳ",
    "cong-bo": "Hướng dẫn công bố, ký, đính chính kết quả",
    "ky-so": "Hướng dẫn ký số trên cổng bằng thiết bị, tệp khóa",
    "cam-ket": "Hướng dẫn kế hoạch, cam kết",
    "doi-thoai": "Hướng dẫn tổ chức hội nghị, đối thoại",
    "phan-anh": "Hướng dẫn xử lý phản ánh, kiến nghị",
    "kiem-tra": "Hướng dẫn kiểm tra cải cách hành chính",
    "hai-long": "Hướng dẫn đo lường sự hài lòng",
    "lanh-dao": "Hướng dẫn dành cho lãnh đạo",
    "xem-cong-bo": "Hướng dẫn xem kết quả công bố, kiểm tra niêm phong",
}
"""Name of the file and of the address, and the title."""


@require_safe
def guides(request: HttpRequest) -> HttpResponse:
    """The list of guides."""
    return render(request, "reports/guides.html", {"guides": GUIDES.items()})


@require_safe
def guide(request: HttpRequest, name: str) -> HttpResponse:
    """One guide."""
    if name not in GUIDES:
        raise Http404
    return render(request, "reports/guide.html", {"title": GUIDES[name], "text": text_of(name)})


@require_safe
def picture(request: HttpRequest, guide: str, name: str) -> FileResponse:
    """A picture of the guides, beside the guide that shows it, as in the folder. The address takes
    letters, digits and hyphens only: there is no way to another folder."""
    path = FOLDER / "pictures" / f"{name}.png"
    if guide not in GUIDES or not path.is_file():
        raise Http404
    return FileResponse(path.open("rb"), content_type="image/png")


@cache
def text_of(name: str) -> SafeString:
    """A guide as HTML. It is ours, written in Markdown without HTML of its own."""
    written = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    return mark_safe(markdown.render(written))
