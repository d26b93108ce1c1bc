"""Addresses of scoring: periods and their blocks, dossiers, verification, standings."""

from django.urls import path

from scoring.views import (
    blocks,
    criteria,
    dossiers,
    evidence,
    history,
    parts,
    periods,
    standings,
)
from scoring.views import self_assessment as own
from scoring.views import verification as desk

app_name = "scoring"

urlpatterns = [
    path("ky-danh-gia/", periods.period_list, name="periods"),
    path("ky-danh-gia/moi/", periods.period_new, name="period-new"),
    path("ky-danh-gia/cac-moc/", periods.period_dates, name="period-dates"),
    path("ky-danh-gia/<int:pk>/", periods.period_page, name="period"),
    path("ky-danh-gia/<int:pk>/sua/", periods.period_edit, name="period-edit"),
    path("ky-danh-gia/<int:pk>/mo/", periods.period_open, name="period-open"),
    path("ky-danh-gia/<int:pk>/tien-do/", periods.period_progress, name="period-progress"),
    path("ky-danh-gia/<int:pk>/chot/", periods.period_lock, name="period-lock"),
    path("ky-danh-gia/<int:pk>/mo-lai/", periods.period_unlock, name="period-unlock"),
    path("ky-danh-gia/<int:pk>/khoi-moi/", blocks.block_new, name="block-new"),
    path("ky-danh-gia/khoi/<int:pk>/", blocks.block_page, name="block"),
    path("ky-danh-gia/khoi/<int:pk>/sua/", blocks.block_edit, name="block-edit"),
    path("ky-danh-gia/khoi/<int:pk>/bo/", blocks.block_remove, name="block-remove"),
    path("ky-danh-gia/khoi/<int:pk>/bo-tieu-chi/", blocks.block_set, name="block-set"),
    path("ky-danh-gia/khoi/<int:pk>/don-vi/", blocks.block_units, name="block-units"),
    path(
        "ky-danh-gia/khoi/<int:pk>/don-vi/theo-loai/",
        blocks.block_units_by_kind,
        name="block-units-by-kind",
    ),
    path("ky-danh-gia/khoi/<int:pk>/don-vi/them/", blocks.block_units_add, name="block-units-add"),
    path(
        "ky-danh-gia/khoi/<int:pk>/don-vi/bot/",
        blocks.block_units_remove,
        name="block-units-remove",
    ),
    path("ky-danh-gia/cach-cham/", criteria.rule_fields, name="rule-fields"),
    path("ky-danh-gia/tieu-chi/<int:pk>/", criteria.criterion_edit, name="criterion-edit"),
    path("ky-danh-gia/tieu-chi/<int:pk>/them/", criteria.component_new, name="component-new"),
    path("ky-danh-gia/tieu-chi/<int:pk>/bo/", criteria.component_remove, name="component-remove"),
    path("ky-danh-gia/tieu-chi/<int:pk>/thu/", criteria.component_check, name="component-check"),
    path("ho-so/", dossiers.list_, name="dossiers"),
    path("ho-so/<int:pk>/", own.dossier, name="dossier"),
    path("ho-so/<int:pk>/kien-nghi/", own.save_words, name="dossier-words"),
    path("ho-so/<int:pk>/phan-cong/", parts.parts, name="dossier-parts"),
    path("ho-so/<int:pk>/trinh-nop/", dossiers.submit, name="dossier-submit"),
    path("ho-so/dong/<int:pk>/", own.score_row, name="score-row"),
    path("ho-so/dong/<int:pk>/luu/", own.save_score, name="score-save"),
    path("ho-so/dong/<int:pk>/lich-su/", history.score_history, name="score-history"),
    path("ho-so/dong/<int:pk>/minh-chung/", evidence.panel, name="evidence"),
    path("ho-so/dong/<int:pk>/minh-chung/gan/", evidence.attach, name="evidence-attach"),
    path("ho-so/minh-chung/<int:pk>/go/", evidence.detach, name="evidence-detach"),
    path("ho-so/minh-chung/<int:pk>/tep/", evidence.file, name="evidence-file"),
    path("tham-dinh/", desk.list_, name="verification"),
    path("tham-dinh/<int:pk>/", desk.desk, name="verification-desk"),
    path("tham-dinh/<int:pk>/tra-lai/", dossiers.send_back, name="dossier-return"),
    path("tham-dinh/<int:pk>/hoan-thanh/", dossiers.verify, name="dossier-verify"),
    path("tham-dinh/<int:pk>/khong-danh-gia/", dossiers.excuse, name="dossier-excuse"),
    path("tham-dinh/<int:pk>/tham-dinh-lai/", dossiers.reopen, name="dossier-reopen"),
    path("tham-dinh/<int:pk>/danh-gia-lai/", dossiers.recall, name="dossier-recall"),
    path("tham-dinh/dong/<int:pk>/ghi/", desk.save_verdict, name="verdict-save"),
    path("tham-dinh/dong/<int:pk>/nhan/", desk.accept, name="verdict-accept"),
    path("tham-dinh/dong/<int:pk>/lay-lai/", desk.take_back, name="verdict-take-back"),
    path("tham-dinh/dong/<int:pk>/thu/", desk.preview, name="verdict-preview"),
    path("xep-hang/", standings.period_list, name="standings-list"),
    path("xep-hang/<int:pk>/", standings.table, name="standings"),
    path("xep-hang/<int:pk>/excel/", standings.workbook, name="standings-workbook"),
]
