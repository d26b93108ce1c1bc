"""Addresses of reports: the desk, publishing, and what the public may read."""

from django.urls import path

from reports.views import (
    checking,
    commitment_papers,
    desk,
    dialogues,
    earlier_tables,
    edition_files,
    edition_papers,
    fed_figures,
    guide,
    losses,
    press,
    public,
    publishing,
    self_assessment,
    task_proofs,
    unit_results,
)

app_name = "reports"

urlpatterns = [
    path("", desk.desk, name="desk"),
    path("huong-dan/", guide.guides, name="guides"),
    path("huong-dan/<slug:name>/", guide.guide, name="guide"),
    path("huong-dan/<slug:guide>/pictures/<slug:name>.png", guide.picture, name="guide-picture"),
    path("cong-bo/", public.published, name="public"),
    path("cong-bo/<int:pk>/", public.edition, name="edition"),
    path("cong-bo/<int:pk>/tien-do/", public.edition_press, name="edition-press"),
    path("cong-bo/<int:pk>/quyet-dinh.pdf", public.edition_paper, name="edition-paper"),
    path("cong-bo/<int:pk>/phieu/<int:result>.pdf", public.sheet, name="sheet"),
    path("cong-bo/<int:pk>/don-vi/<int:result>/", unit_results.page, name="unit-result"),
    path("cong-bo/<int:pk>/don-vi/<int:result>/phieu.pdf", unit_results.sheet, name="unit-sheet"),
    path(
        "cong-bo/<int:pk>/don-vi/<int:result>/chi-tiet.json",
        unit_results.details,
        name="unit-details",
    ),
    path("cong-bo/<int:pk>/ket-qua.json", edition_files.edition_json, name="edition-json"),
    path("cong-bo/<int:pk>/ket-qua.csv", edition_files.edition_csv, name="edition-csv"),
    path("cong-bo/<int:pk>/ket-qua.xlsx", edition_files.edition_excel, name="edition-excel"),
    path("cong-bo/<int:pk>/bao-cao-tong-hop.pdf", edition_papers.summary, name="summary-paper"),
    path("cong-bo/<int:pk>/nhiem-vu-phat-sinh.pdf", edition_papers.arising, name="arising-paper"),
    path(
        "cong-bo/<int:pk>/khoi/<int:block>/bang-diem.pdf",
        edition_papers.matrix,
        name="matrix-paper",
    ),
    path("cong-bo/<int:pk>/phieu/tien-do/", press.sheets_press, name="sheets-press"),
    path("cong-bo/<int:pk>/phieu/ket-xuat/", press.ask_for_sheets, name="sheets-ask"),
    path("cong-bo/<int:pk>/phieu.zip", press.sheets_bundle, name="sheets-bundle"),
    path("cong-bo/<int:pk>/dung-ket-xuat/<slug:errand>/", press.stop, name="press-stop"),
    path("cong-bo/<int:pk>/dinh-chinh/", publishing.correct, name="correct"),
    path("cong-bo/<int:pk>/ket-xuat-lai/", publishing.print_again, name="print-again"),
    path("cong-bo/tai-lieu/<int:pk>/", earlier_tables.table, name="earlier-table"),
    path("cong-bo/ky/<int:pk>/", publishing.publish, name="publish"),
    path("cong-bo/doi-thoai/", dialogues.published, name="dialogues"),
    path("cong-bo/doi-thoai/<int:pk>/", dialogues.dialogue, name="dialogue"),
    path(
        "cong-bo/doi-thoai/<int:pk>/bang-y-kien.pdf", dialogues.public_table, name="dialogue-paper"
    ),
    path("hoi-nghi/<int:pk>/bien-ban.pdf", dialogues.minutes, name="minutes"),
    path("hoi-nghi/<int:pk>/bang-y-kien.pdf", dialogues.table, name="dialogue-table"),
    path("hoi-nghi/<int:pk>/bang-y-kien.xlsx", dialogues.excel, name="dialogue-excel"),
    path("kiem-tra/", checking.checking, name="checking"),
    path("kiem-tra/check_edition.py", checking.script, name="check-script"),
    path("kiem-tra/<str:code>/", checking.check, name="check"),
    path(
        "ho-so/<int:pk>/bao-cao-tu-danh-gia.pdf",
        self_assessment.self_assessment,
        name="self-assessment",
    ),
    path("ho-so/<int:pk>/diem-mat/", losses.page, name="losses"),
    path("ho-so/<int:pk>/diem-mat/thanh-nhiem-vu/", losses.become_task, name="losses-to-task"),
    path("cam-ket/nhiem-vu/<int:pk>/diem-mat/", losses.of_task, name="lost-of-task"),
    path("ho-so/dong/<int:pk>/minh-chung-cam-ket/", task_proofs.page, name="task-proofs"),
    path("ho-so/dong/<int:pk>/tu-cam-ket/", fed_figures.figure, name="fed-figure"),
    path(
        "ky-danh-gia/khoi/<int:pk>/diem-ngoai/<int:component>/cam-ket/",
        fed_figures.block,
        name="fed-block",
    ),
    path("ke-hoach/<int:pk>/ke-hoach.pdf", commitment_papers.plan, name="plan-paper"),
    path("cam-ket/<int:pk>/ban-cam-ket.pdf", commitment_papers.sheet, name="commitment-sheet"),
    path(
        "don-vi/<int:pk>/cam-ket/<int:year>/ban-cam-ket.pdf",
        commitment_papers.sheets,
        name="commitment-sheets",
    ),
    path(
        "don-vi/<int:pk>/cam-ket/<int:year>/tong-hop.pdf",
        commitment_papers.register,
        name="commitment-register",
    ),
]
