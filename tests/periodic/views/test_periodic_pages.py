"""Pages of periodic reports: opened, written, taken over, sent, received; the desk; flat; files."""

from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from commitments.services import commitments
from reports.models import PeriodicReport, ReportRound, SectionText
from reports.rules.periodic import ReportState
from tests.commitments import situations
from tests.commitments.plans import an_issued_plan
from tests.factories import PASSWORD
from tests.periodic.situations import asked, seen_of, sent
from tests.reports.reading import text
from tests.scoring.reported import open_reports
from tests.worlds import a_province

pytestmark = pytest.mark.django_db
SCRIPT = {"headers": {"HX-Request": "true"}}


def at(name: str, *args) -> str:
    return reverse(f"periodic:{name}", args=args)


def words(answer) -> str:
    return answer.content.decode()


def test_a_round_is_opened_with_the_usual_outline_as_it_was_changed(client):
    who = asked()
    client.force_login(who.organiser)
    page = client.get(at("open"))
    form = page.context["outline"]
    fields = {
        f"muc-{name}": form.management_form[name].value()
        for name in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    for one in form:
        fields |= {field.html_name: field.value() or "" for field in one}
    fields |= {"owner": who.province.police.pk, "year": 2026, "span": "year", "muc-1-title": ""}
    fields |= {"muc-12-part": "Khác", "muc-12-title": "Chuyển đổi số", "muc-12-codes": "hs-04; cc"}

    wrong = client.post(at("open"), fields | {"muc-12-part": "", "year": ""})
    assert wrong.status_code == 422
    assert "Đề nghị ghi tên phần" in words(wrong)
    assert "Chuyển đổi số" in words(wrong)
    twice = client.post(at("open"), fields | {"span": "half"})
    assert twice.status_code == 409
    done = client.post(at("open"), fields)
    opened = ReportRound.objects.get(span="year")
    assert done.url == at("round", opened.pk)
    assert opened.title == "Báo cáo công tác cải cách hành chính năm 2026"
    sections = list(opened.sections.values_list("key", "codes"))
    assert len(sections) == 12
    assert "institutions" not in [key for key, _ in sections]
    assert sections[-1] == ("chuyen-doi-so", ["HS-04", "CC"])


def test_a_section_saves_itself_and_a_slower_hand_is_shown_both_texts(client):
    who = asked()
    text_ = who.text("direction")
    client.force_login(who.editor)
    save = at("save", text_.pk)

    saved = client.post(save, {"words": "Ban hành kế hoạch.", "version": 1}, **SCRIPT)
    assert saved.status_code == 200
    assert "Đã lưu" in words(saved)
    slower = client.post(save, {"words": "Bản khác.", "version": 1}, **SCRIPT)
    assert slower.status_code == 409
    assert "Giữ bản của tôi" in words(slower)
    plain = client.post(save, {"words": "Bản khác.", "version": 1})
    assert plain.status_code == 409
    assert "Bản khác.</textarea>" in words(plain)
    both = {"words": "Bản khác.", "version": 1, "their_version": 2, "choose": "both"}
    client.post(save, both, **SCRIPT)
    assert who.text("direction").words == "Ban hành kế hoạch.\nBản khác."
    theirs = both | {"words": "Bỏ đi", "choose": "theirs"}
    assert "Bỏ đi" not in words(client.post(save, theirs, **SCRIPT))
    long = client.post(save, {"words": "a" * 30_001, "version": 3}, **SCRIPT)
    assert long.status_code == 422
    assert "30.000" in words(long)

    who.send()
    locked = client.post(save, {"words": "Muộn.", "version": 3}, **SCRIPT)
    assert locked.status_code == 409
    assert "đã gửi" in words(locked)


def test_the_period_before_stands_beside_and_received_texts_below_with_what_was_taken(client):
    province = a_province()
    work = open_reports(province)
    work.put("HS-02", "20")
    before = asked(province, year=2025)
    sent(before, procedures="Kỳ trước rà soát 3 thủ tục.")
    who = asked(province)
    sent(who, procedures="Rà soát 5 thủ tục.", next="Số hóa hồ sơ.")
    who.accept()
    client.force_login(who.editor)
    section = who.text("procedures").section_id

    page = words(client.get(at("section", who.report().pk, section)))
    assert "Kỳ trước rà soát 3 thủ tục." in page
    assert "HS-02 Hồ sơ đã giải quyết" in page
    assert "Rà soát 5 thủ tục." in page

    summary = who.summary()
    client.force_login(who.organiser)
    own = at("section", summary.pk, section)
    page = words(client.get(own))
    assert "đã tiếp nhận 1/2 báo cáo" in page
    assert "Đưa vào báo cáo" in page
    row = summary.texts.get(section=section)
    taken = {"words": "Phòng Nghiệp vụ 1: Rà soát 5 thủ tục.", "version": 1}
    client.post(at("save", row.pk), taken, **SCRIPT)
    assert "đã có trong báo cáo" in words(client.get(own))


def test_a_report_goes_up_comes_back_and_is_received_by_whoever_may(client):
    who = asked()
    client.force_login(who.organiser)
    assert client.get(at("report", who.report().pk)).status_code == 404
    who.write("direction", "Ban hành kế hoạch.")
    report = who.report()
    client.force_login(who.head)
    form = client.get(at("send", report.pk))
    assert "11 mục chưa có nội dung" in words(form)
    said = {"seen": seen_of(report), "number": "07/BC", "issued_on": "2026-06-18"}
    assert client.post(at("send", report.pk), said | {"password": "sai"}).status_code == 422
    stale = client.post(at("send", report.pk), said | {"seen": 1, "password": PASSWORD})
    assert stale.status_code == 409
    gone = client.post(at("send", report.pk), said | {"password": PASSWORD})
    assert gone.url == at("report", report.pk)
    assert client.get(at("send", report.pk)).status_code == 409
    shown = words(client.get(at("report", report.pk)))
    assert "Nội dung đúng như khi gửi" in shown

    client.force_login(who.organiser)
    desk = words(client.get("/"))
    assert "Tiếp nhận 1 báo cáo của đơn vị trực thuộc" in desk
    report = who.report()
    back = {"seen": report.version, "comment": "Thiếu số liệu."}
    assert client.post(at("return", report.pk), back | {"comment": ""}).status_code == 422
    client.post(at("return", report.pk), back)
    who.write("direction", "Đang sửa, cấp trên chưa đọc.")
    seen = words(client.get(at("report", report.pk)))
    assert "Ban hành kế hoạch." in seen
    assert "Đang sửa" not in seen
    client.force_login(who.editor)
    mine = words(client.get(at("report", report.pk)))
    assert "Thiếu số liệu." in mine
    assert "Đang sửa" in mine
    assert "Sửa, gửi lại" in words(client.get("/"))

    who.send(number="08/BC")
    client.force_login(who.organiser)
    assert client.post(at("accept", report.pk), {"seen": 1}).status_code == 409
    accepted = client.post(at("accept", report.pk), {"seen": who.report().version})
    assert accepted.url == at("round", who.round.pk)
    assert who.report().state == ReportState.ACCEPTED
    paper = client.get(at("sent-paper", report.pk, 1))
    assert "Ban hành kế hoạch." in text(paper.content)
    assert client.get(at("sent-paper", report.pk, 3)).status_code == 404


def test_an_earlier_text_is_shown_and_comes_back_by_one_press(client):
    who = asked()
    who.write("direction", "Bản đầu tiên khá dài.")
    changed = who.write("direction", "Viết lại.", by=who.head)
    client.force_login(who.editor)

    page = words(client.get(at("versions", changed.pk)))
    assert "tiên" in page
    kept = changed.kept.get()
    assert client.post(at("restore", kept.pk), {"seen": 1}).status_code == 409
    assert client.post(at("restore", kept.pk), {}).status_code == 422
    client.post(at("restore", kept.pk), {"seen": changed.version})
    assert who.text("direction").words == "Bản đầu tiên khá dài."


def test_the_paper_has_the_parts_of_decree_30_with_annexes_and_the_workbook_its_sheets(client):
    province = a_province()
    work = open_reports(province)
    work.put("HS-02", "20")
    work.put("HS-02", "7", place=1)
    who = asked(province)
    sent(who, procedures="=1+1 thủ tục.\nDòng hai.")
    summary = who.summary()
    client.force_login(who.organiser)

    paper = text(client.get(at("paper", who.report().pk)).content)
    for part in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Số: 07/BC-PV01",
        "BÁO CÁO",
        "Kính gửi: Công an tỉnh Thử Nghiệm",
        "3. Cải cách thủ tục hành chính",
        "Dòng hai.",
        "SỐ LIỆU CỦA KỲ BÁO CÁO",
        "Nơi nhận:",
    ):
        assert part in paper
    assert "DỰ THẢO" not in paper
    draft = text(client.get(at("paper", summary.pk)).content)
    assert "DỰ THẢO" in draft
    assert "SỐ LIỆU CỦA CÁC ĐƠN VỊ TRỰC THUỘC" in draft

    book = load_workbook(BytesIO(client.get(at("excel", who.report().pk)).content))
    assert book.sheetnames == ["Nội dung", "Số liệu"]
    cells = {cell.value: cell.data_type for row in book["Nội dung"].iter_rows() for cell in row}
    assert cells["=1+1 thủ tục.\nDòng hai."] == "s"
    whole = load_workbook(BytesIO(client.get(at("excel", summary.pk)).content))
    rows = [[cell.value for cell in row] for row in whole["Đơn vị trực thuộc"].iter_rows()]
    assert [row[:2] for row in rows[3:7]] == [
        ["Đơn vị", "HS-02 Hồ sơ đã giải quyết (hồ sơ)"],
        ["Phòng Nghiệp vụ 1", 20],
        ["Phòng Nghiệp vụ 2", 7],
        ["Tổng cộng", 27],
    ]


def test_rounds_reports_and_sections_are_read_with_as_many_queries_for_300_units(
    client, assert_flat_queries
):
    small, large = (
        asked(a_province(code, departments=number)) for code, number in (("TN", 3), ("TM", 300))
    )
    now = timezone.now()

    def received(who):
        reports = PeriodicReport.objects.filter(round=who.round)
        reports.update(state="accepted", first_sent_on=now.date(), moved_at=now)
        SectionText.objects.filter(report__in=reports).update(
            words="Đã làm.", updated_at=now, updated_by=who.organiser
        )
        return who.summary()

    of = {who.round.pk: received(who) for who in (small, large)}
    open_reports(small.province, organiser=small.organiser)
    open_reports(large.province, organiser=large.organiser)
    here = [small]

    def look(name):
        summary = of[here[0].round.pk]
        section = here[0].round.sections.last()
        args = {"list": (), "round": (here[0].round.pk,), "section": (summary.pk, section.pk)}
        assert client.get(at(name, *args.get(name, (summary.pk,)))).status_code == 200

    def turn_to(who):
        here[0] = who
        client.force_login(who.organiser)

    for name in ("list", "round", "report", "section", "excel"):
        turn_to(small)
        assert_flat_queries(lambda name=name: look(name), grow=lambda: turn_to(large))


def test_tasks_of_the_area_stand_beside_with_their_results_once_and_no_draft_among_them(client):
    who = situations.parties()
    commitment = situations.a_signed_one(who, year=2026)
    report = asked(who.province).report()
    client.force_login(who.editor)
    place = at("section", report.pk, report.texts.get(section__key="procedures").section_id)
    assert not client.get(place).context["tasks"]

    commitments.countersign(commitment, seen=commitment.digest, by=who.receiving_head)
    situations.report_all(who, commitment)
    plan = an_issued_plan(who, year=2026)
    shown = client.get(place).context["tasks"]
    told = {(task.title, task.result) for task, _ in shown}
    assert ("Nhiệm vụ thử 1", "Đã làm một phần.") in told
    planned = plan.tasks.filter(area="procedures")
    assert len(shown) == commitment.tasks.count() + planned.count()
    assert "Đưa kết quả vào báo cáo" in words(client.get(place))
    other = report.texts.get(section__key="next").section_id
    assert not client.get(at("section", report.pk, other)).context["tasks"]
