"""Pages of reported figures: the unit's form, the table above, settings, an answer taken from
figures."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from scoring.models import Score
from scoring.rules.reading_table import Column
from scoring.services import collections, drawn_figures, indicators, reading_tables
from tests.scoring.reported import COUNT, RATIO, a_drawn_period, a_file, open_reports
from tests.worlds import a_draft_dossier, a_province

pytestmark = pytest.mark.django_db
SCRIPT = {"headers": {"HX-Request": "true"}}


def test_a_unit_fills_its_figures_and_reads_what_is_odd_missing_and_by_when(client):
    work = open_reports()
    unit = work.province.departments[0]
    page = reverse("scoring:readings", args=[work.collection.pk, unit.pk])
    work.put("HS-02", "20", by=work.editor)
    client.force_login(work.editor)
    one = work.reading("HS-03")
    save = reverse("scoring:reading-save", args=[one.pk])

    saved = client.post(save, {"amount": "25", "version": 1}, **SCRIPT)
    assert saved.status_code == 200
    assert "lớn hơn" in saved.content.decode()
    refused = client.post(save, {"amount": "2,5", "version": 2}, **SCRIPT)
    assert refused.status_code == 422
    assert "số nguyên" in refused.content.decode()
    slower = client.post(save, {"amount": "7", "version": 1}, **SCRIPT)
    assert slower.status_code == 409
    assert "Giữ bản của tôi" in slower.content.decode()
    told = client.post(save, {"amount": "7", "version": 1})
    assert told.status_code == 409
    assert 'value="7"' in told.content.decode()

    shown = client.get(page).content.decode()
    assert "125,00" in shown
    assert "20/06/2026" in shown
    assert "2/3" in shown
    assert "trong các đợt" not in client.get(reverse("reports:desk")).content.decode()
    assert (
        "Nhập 1 số liệu báo cáo còn thiếu" in client.get(reverse("reports:desk")).content.decode()
    )
    history = client.get(reverse("scoring:reading", args=[one.pk])).content.decode()
    assert "Cả năm 2026 đến nay" in history


def test_the_level_above_reads_sums_completeness_and_brings_files(client):
    work = open_reports()
    client.force_login(work.organiser)
    page = reverse("scoring:collection", args=[work.collection.pk])
    code = work.province.departments[1].code
    brought = client.post(
        reverse("scoring:readings-upload", args=[work.collection.pk]),
        {"file": a_file(f"{code},HS-02,12", f"{code},XX,1")},
    )
    assert brought.status_code == 302
    preview = client.get(brought.url).content.decode()
    assert "không có chỉ tiêu “XX”" in preview
    one = work.reading("HS-02", 1)
    sent = {f"dong-{one.pk}": "1", f"phien-ban-{one.pk}": "1"}
    assert client.post(brought.url, sent).status_code == 302
    shown = client.get(page).content.decode()
    assert "1/2" in shown
    assert "0/2" in shown
    late = client.get(f"{page}?con-thieu=1").content.decode()
    assert work.province.departments[0].name in late
    csv = client.get(reverse("scoring:collection-file", args=[work.collection.pk, "csv"]))
    assert f"{code},Phòng Nghiệp vụ 2,HS-02,Hồ sơ đã giải quyết,hồ sơ,12" in csv.content.decode()
    bad = client.post(reverse("scoring:readings-upload", args=[work.collection.pk]))
    assert bad.status_code == 422
    opened = {"owner": work.province.police.pk, "year": 2026, "span": "q1"}
    assert client.post(reverse("scoring:collection-open"), opened).status_code == 302
    assert client.post(reverse("scoring:collection-open"), opened).status_code == 409
    assert client.post(reverse("scoring:collection-open"), {"span": "own"}).status_code == 422


def test_a_file_of_no_kind_or_of_no_unit_is_not_there(client):
    work = open_reports()
    client.force_login(work.organiser)
    csv, other = (
        reverse("scoring:collection-file", args=[work.collection.pk, kind])
        for kind in ("csv", "xml")
    )

    assert client.get(f"{csv}?don-vi={work.province.departments[0].pk}").status_code == 200
    asked = [f"{csv}?don-vi={'9' * 30}", f"{csv}?don-vi=x", f"{csv}?don-vi=0", other]
    assert [client.get(address).status_code for address in asked] == [404] * 4


def test_a_sheet_of_the_file_that_is_not_read_is_named(client):
    work = open_reports()
    client.force_login(work.editor)
    book = load_workbook(BytesIO(reading_tables.as_workbook(work.collection)))
    (amount,) = (
        cell
        for row in book.active.iter_rows()
        for cell in row
        if cell.value == "HS-02" and work.province.departments[0].code in [c.value for c in row]
        for cell in [row[list(Column).index(Column.AMOUNT)]]
    )
    amount.value = 12
    book.create_sheet("Cấp xã")["A1"] = "Mã đơn vị"
    brought = BytesIO()
    book.save(brought)

    file = SimpleUploadedFile("so-lieu.xlsx", brought.getvalue())
    address = reverse("scoring:readings-upload", args=[work.collection.pk])
    page = client.post(address, {"file": file}, follow=True).content.decode()

    assert "Trang “Cấp xã” không được đọc." in page
    assert "HS-02" in page


def test_settings_say_what_is_wrong_and_keep_what_was_typed(client):
    work = open_reports()
    client.force_login(work.organiser)
    one = work.reading("TH-02").indicator
    edit = reverse("scoring:indicator-edit", args=[one.pk])
    said = {
        "seen": indicators.mark(one),
        "code": "TH-02",
        "name": "Kinh phí",
        "measure": "triệu đồng",
        "decimals": 2,
        "roll": "ratio",
        "over_time": "sum",
    }

    refused = client.post(edit, said)
    assert refused.status_code == 422
    assert "Tỷ lệ cần mã chỉ tiêu này" in refused.content.decode()
    unknown = client.post(edit, said | {"roll": "sum", "part_of": "KHONG-CO"})
    assert unknown.status_code == 409
    assert "KHONG-CO" in unknown.content.decode()
    assert client.post(edit, said | {"roll": "sum", "measure": "đồng"}).status_code == 302
    shown = client.get(reverse("scoring:indicators")).content.decode()
    assert "(lần sửa 2)" in shown


def test_reported_figures_fill_a_ratio_and_a_count_and_another_figure_asks_for_a_reason(client):
    province = a_province()
    year = a_drawn_period(province)
    work = a_draft_dossier(year)
    reports = open_reports(province, year=year.period.year, organiser=year.organiser)
    client.force_login(work.editor)
    address = reverse("scoring:drawn-figure", args=[work.score(RATIO).pk])
    reports.put("HS-02", "40")
    reports.put("HS-03", "30")
    assert "chưa có đủ số liệu đã chốt" in client.get(address).content.decode()
    collections.close(reports.collection.pk, by=reports.organiser)

    row = client.get(reverse("scoring:dossier", args=[work.dossier.pk])).content.decode()
    assert "Lấy từ số liệu báo cáo" in row
    for code in (RATIO, COUNT):
        score = work.score(code)
        drawn = reverse("scoring:drawn-figure", args=[score.pk])
        assert client.post(drawn, {"version": score.version}).status_code == 302
    ratio = Score.objects.get(pk=work.score(RATIO).pk)
    assert ratio.self_answer == {"numerator": "30", "denominator": "40"}
    assert ratio.self_note.startswith("Theo số liệu báo cáo năm")
    assert work.score(COUNT).self_answer == {"items": "30"}
    reports.put("HS-03", "35", reason="Cộng sót")
    assert "đề nghị nêu lý do" in client.get(address).content.decode()
    assert drawn_figures.offered_to(work.score(RATIO)).answer_words == "35/40"
    reports.put("HS-03", "41", reason="Ghi nhầm")
    assert "lớn hơn" in client.get(address).content.decode()
    account = client.get(reverse("scoring:account", args=[work.dossier.pk]) + "?side=self")
    assert "Theo số liệu báo cáo năm" in account.content.decode()


def test_a_file_is_shown_by_the_names_of_the_portal_and_another_name_is_told(client):
    work = open_reports()
    client.force_login(work.organiser)
    one, two = work.province.departments[:2]
    lines = "\n".join(
        (
            "Mã đơn vị,Đơn vị,Mã chỉ tiêu,Số liệu",
            f"{one.code},{one.name.upper()},HS-02,12",
            f"{two.code},Phòng nào đó,HS-02,9",
        )
    )
    upload = SimpleUploadedFile("so-lieu.csv", lines.encode())
    brought = client.post(
        reverse("scoring:readings-upload", args=[work.collection.pk]), {"file": upload}
    )
    preview = client.get(brought.url).content.decode()

    assert f"HS-02, {one.name}" in preview
    assert f"HS-02, {two.name}" in preview
    assert preview.count("tên trong tệp khác") == 1
    assert "tên trong tệp khác: Phòng nào đó" in preview


def test_what_the_rows_come_to_is_told_with_each_save_and_a_ratio_says_what_is_odd(client):
    work = open_reports()
    unit = work.province.departments[0]
    work.put("HS-02", "10", by=work.editor)
    client.force_login(work.editor)
    one = work.reading("HS-03")

    saved = client.post(
        reverse("scoring:reading-save", args=[one.pk]), {"amount": "12", "version": 1}, **SCRIPT
    ).content.decode()
    page = client.get(reverse("scoring:readings", args=[work.collection.pk, unit.pk]))

    assert 'id="dem-so-lieu" hx-swap-oob="true"' in saved
    assert "2/3" in saved
    for shown in (saved, page.content.decode()):
        ratio = shown[shown.index('id="ty-le-cong"') :]
        assert "120,00" in ratio
        assert "lớn hơn" in ratio[: ratio.index("</section>")]


def test_a_save_of_the_whole_renews_what_is_odd_in_the_row_of_its_part(client):
    work = open_reports()
    work.put("HS-02", "10", by=work.editor)
    work.put("HS-03", "12", by=work.editor)
    client.force_login(work.editor)
    whole, part = work.reading("HS-02"), work.reading("HS-03")
    row = f'id="xem-lai-{part.pk}" hx-swap-oob="true"'

    def beside(amount: str) -> str:
        typed = {"amount": amount, "version": work.reading("HS-02").version}
        page = client.post(reverse("scoring:reading-save", args=[whole.pk]), typed, **SCRIPT)
        said = page.content.decode()
        return said[said.index(row) :].partition("</div>")[0]

    assert "lớn hơn" not in beside("20")
    assert "lớn hơn" in beside("5")


def test_a_level_that_is_not_in_the_list_is_refused_in_a_whole_sentence(client):
    work = open_reports()
    client.force_login(work.organiser)
    said = {"owner": "0", "year": 2026, "span": "q1"}
    for name in ("scoring:collection-open", "periodic:open"):
        page = client.post(reverse(name), said).content.decode()
        assert "Đề nghị chọn một đơn vị trong danh sách." in page


@pytest.fixture
def offered(client):
    """A dossier whose ratio is reported as 30/40, closed, and its editor at the row."""
    province = a_province()
    year = a_drawn_period(province)
    work = a_draft_dossier(year)
    work.reports = open_reports(province, year=year.period.year, organiser=year.organiser)
    work.reports.put("HS-02", "40")
    work.reports.put("HS-03", "30")
    collections.close(work.reports.collection.pk, by=year.organiser)
    client.force_login(work.editor)
    return work


def save(client, score, **typed):
    told = {"version": score.version, "note": score.self_note} | typed
    return client.post(reverse("scoring:score-save", args=[score.pk]), told, **SCRIPT)


def test_a_saved_row_says_at_once_that_it_differs_from_what_was_reported(client, offered):
    place = f'id="so-lieu-{offered.score(RATIO).pk}" hx-swap-oob="true"'
    taken = drawn_figures.take(
        offered.score(RATIO), by=offered.editor, seen_version=1, note=""
    ).self_note

    other = save(client, offered.score(RATIO), numerator="20", denominator="40", note=taken)
    why = save(
        client, offered.score(RATIO), numerator="20", denominator="40", note=f"{taken}\nRút."
    )
    again = save(client, offered.score(RATIO), numerator="20", denominator="40", note="Rút đơn.")
    equal = save(client, offered.score(RATIO), numerator="30", denominator="40")
    plain = save(client, offered.score("1.1.1"), yes="true")

    told = other.content.decode()
    assert place in told
    assert "đúng như đã ghi" not in told
    assert "chưa nêu thì chưa trình nộp được" in told, "the source that was taken is no reason"
    assert "Lấy 30/40" in told
    assert "lý do đã nêu" in why.content.decode()
    assert "so-lieu-" not in again.content.decode(), "nothing changed that the hint says"
    assert "đúng như đã ghi" in equal.content.decode()
    assert "so-lieu-" not in plain.content.decode()


def test_a_row_without_reported_figures_is_saved_by_as_many_queries_as_before(client, offered):
    asked = {}
    for code, said in (("1.1.1", {"yes": "true"}), (RATIO, {"numerator": "1", "denominator": "2"})):
        save(client, offered.score(code), **said, note="Sổ.")
        for note in ("Sổ 1.", "Sổ 2."):
            score = offered.score(code)
            with CaptureQueriesContext(connection) as queries:
                assert save(client, score, **said, note=note).status_code == 200
            asked.setdefault(code, []).append(len(queries))
    score = offered.score(RATIO)
    with CaptureQueriesContext(connection) as queries:
        save(client, score, numerator="2", denominator="2")

    assert asked["1.1.1"] == asked[RATIO], "a note alone asks nothing of the reports"
    assert len(queries) == asked[RATIO][1] + 1


def test_pages_of_a_collection_ask_as_often_for_thirty_units_as_for_three(client):
    asked = []
    for code, departments in (("TN", 3), ("TL", 30)):
        work = open_reports(a_province(code, departments=departments))
        for place in range(2):
            work.put("HS-02", "10", place=place)
        client.force_login(work.organiser)
        pages = [
            reverse("scoring:collections"),
            reverse("scoring:collection", args=[work.collection.pk]),
            reverse("scoring:readings", args=[work.collection.pk, work.reading("HS-02").unit_id]),
        ]
        counts = []
        for page in pages:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(page).status_code == 200
            counts.append(len(queries))
        asked.append(counts)

    assert asked[0] == asked[1]
