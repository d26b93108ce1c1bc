"""Addresses of inspections: their plans, the inspections, what they found, what is mended."""

from django.urls import path

from commitments.views import (
    inspection_findings,
    inspection_moves,
    inspection_plans,
    inspections,
    mending,
)

app_name = "inspections"

ROOT = "kiem-tra-cchc"
PLAN = f"{ROOT}/ke-hoach/<int:pk>"
ONE = f"{ROOT}/<int:pk>"
POINT = f"{ROOT}/noi-dung/<int:pk>"
FINDING = f"{ROOT}/phat-hien/<int:pk>"
TASK = f"{ROOT}/yeu-cau/<int:pk>"

urlpatterns = [
    path(f"{ROOT}/", inspections.list_, name="list"),
    path(f"{ROOT}/theo-don-vi/", inspections.by_unit, name="by-unit"),
    path(f"{ROOT}/ke-hoach/", inspection_plans.list_, name="plans"),
    path(f"{ROOT}/ke-hoach/lap/", inspection_plans.draft, name="plan-draft"),
    path(f"{PLAN}/", inspection_plans.detail, name="plan"),
    path(f"{PLAN}/sua/", inspection_plans.revise, name="plan-revise"),
    path(f"{PLAN}/them/", inspection_plans.add, name="plan-add"),
    path(f"{PLAN}/ban-hanh/", inspection_plans.issue, name="plan-issue"),
    path(f"{PLAN}/mo-lai/", inspection_plans.reopen, name="plan-reopen"),
    path(f"{ROOT}/dot-xuat/", inspection_moves.sudden, name="sudden"),
    path(f"{ONE}/", inspections.detail, name="detail"),
    path(f"{ONE}/sua/", inspection_moves.revise, name="revise"),
    path(f"{ONE}/bo-khoi-ke-hoach/", inspection_plans.drop, name="drop"),
    path(f"{ONE}/kiem-tra-lai/", inspection_moves.again, name="again"),
    path(f"{ONE}/buoc/<slug:word>/", inspection_moves.move, name="move"),
    path(f"{ONE}/du-thao-ket-luan/", inspection_moves.write_conclusion, name="conclusion"),
    path(f"{ONE}/ky-ket-luan/", inspection_moves.conclude, name="conclude"),
    path(f"{ONE}/doan/", inspection_moves.seat, name="seat"),
    path(f"{ONE}/doan/<int:member>/bo/", inspection_moves.unseat, name="unseat"),
    path(f"{ONE}/noi-dung/", inspection_findings.add_points, name="points"),
    path(f"{ONE}/ghi-ket-qua/", inspection_findings.check, name="check"),
    path(f"{POINT}/bo/", inspection_findings.drop_point, name="point-drop"),
    path(f"{ONE}/phat-hien/", inspection_findings.find, name="find"),
    path(f"{FINDING}/sua/", inspection_findings.reword, name="finding-edit"),
    path(f"{FINDING}/bo/", inspection_findings.drop, name="finding-drop"),
    path(f"{FINDING}/tai-lieu/", inspection_findings.prove, name="finding-prove"),
    path(f"{FINDING}/tai-lieu/<int:paper>/", inspection_findings.paper, name="finding-paper"),
    path(
        f"{FINDING}/tai-lieu/<int:paper>/go/",
        inspection_findings.unprove,
        name="finding-unprove",
    ),
    path(f"{FINDING}/giai-trinh/", inspection_findings.explain, name="explain"),
    path(f"{ONE}/yeu-cau/", mending.demand, name="demand"),
    path(f"{TASK}/", mending.story, name="task"),
    path(f"{TASK}/sua/", mending.reword, name="task-edit"),
    path(f"{TASK}/bo/", mending.drop, name="task-drop"),
    path(f"{TASK}/buoc/<slug:word>/", mending.move, name="task-move"),
    path(f"{TASK}/dua-vao-cam-ket/", mending.promise, name="task-promise"),
    path(f"{TASK}/minh-chung/<int:paper>/", mending.proof, name="task-proof"),
]
