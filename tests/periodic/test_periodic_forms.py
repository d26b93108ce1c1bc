"""What is wrong with a form is said in the portal's own sentences, never in the framework's."""

import pytest
from django.utils import timezone

from commitments.forms.filters import YearForm
from reports.forms.periodic import OutlineForm, RoundForm
from reports.rules.outline import MOST_SECTIONS

OF_THE_FRAMEWORK = ("giá trị này", "Nhập một số", "Hãy chọn", "Please", "Trường này")


@pytest.mark.django_db
@pytest.mark.parametrize("year", ["1999", "2101", "năm nay", "20,5"])
def test_a_year_or_span_that_is_none_is_refused_in_the_words_of_the_portal(year):
    opening = RoundForm((), {"year": year, "span": "lạ", "kinds": ["lạ"]})
    told = [error for errors in opening.errors.values() for error in errors]
    latest = timezone.localdate().year + 1
    assert f"Đề nghị ghi một năm từ 2000 đến {latest}." in told
    assert "Đề nghị chọn một kỳ báo cáo trong danh sách." in told
    told += YearForm({"year": year, "words": "x" * 101}).errors["year"]
    assert not [one for one in told if any(words in one for words in OF_THE_FRAMEWORK)]


def test_too_many_sections_are_refused_in_the_words_of_the_portal():
    number = MOST_SECTIONS + 1
    rows = {f"muc-{at}-{name}": f"Mục {at}" for at in range(number) for name in ("part", "title")}
    counts = {"muc-TOTAL_FORMS": number, "muc-INITIAL_FORMS": 0}
    outline = OutlineForm(rows | counts, prefix="muc")

    assert outline.non_form_errors() == [f"Đề cương có tối đa {MOST_SECTIONS} mục, đề nghị bỏ bớt."]
