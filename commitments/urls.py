"""Addresses of commitments: one for each verb."""

from django.urls import path

from commitments.views import (
    annexes,
    ceremony,
    copying,
    heat,
    moves,
    paper,
    planning,
    plans,
    results,
    tasks,
    unit,
)

app_name = "commitments"

urlpatterns = [
    path("cam-ket/", paper.list_, name="list"),
    path("cam-ket/lap/", moves.draft, name="draft"),
    path("cam-ket/tinh-hinh/", heat.heat, name="heat"),
    path("don-vi/<int:pk>/cam-ket/", unit.years, name="unit"),
    path("cam-ket/ky-tai-hoi-nghi/", ceremony.ceremony, name="ceremony"),
    path("cam-ket/<int:pk>/", paper.detail, name="detail"),
    path("cam-ket/<int:pk>/sua/", moves.revise, name="revise"),
    path("cam-ket/<int:pk>/ky/", moves.sign, name="sign"),
    path("cam-ket/<int:pk>/ky-nhan/", moves.countersign, name="countersign"),
    path("cam-ket/<int:pk>/tra-lai/", moves.decline, name="decline"),
    path("cam-ket/<int:pk>/ket-thuc/", moves.close, name="close"),
    path("cam-ket/<int:pk>/nhiem-vu/them/", tasks.add, name="task-add"),
    path("cam-ket/nhiem-vu/<int:pk>/sua/", tasks.edit, name="task-edit"),
    path("cam-ket/nhiem-vu/<int:pk>/xoa/", tasks.remove, name="task-remove"),
    path("cam-ket/nhiem-vu/<int:pk>/chuyen/", tasks.shift, name="task-shift"),
    path("cam-ket/nhiem-vu/<int:pk>/", results.story, name="task"),
    path("cam-ket/nhiem-vu/<int:pk>/bao-cao/", results.report, name="task-report"),
    path("cam-ket/nhiem-vu/<int:pk>/nghiem-thu/", results.judge, name="task-judge"),
    path("cam-ket/minh-chung/<int:pk>/", results.file, name="proof"),
    path("cam-ket/<int:pk>/phu-luc/", annexes.draft, name="annex"),
    path(
        "cam-ket/<int:pk>/dieu-chinh/<int:task>/",
        annexes.touch,
        {"change": "alter"},
        name="annex-alter",
    ),
    path(
        "cam-ket/<int:pk>/thoi-thuc-hien/<int:task>/",
        annexes.touch,
        {"change": "cancel"},
        name="annex-cancel",
    ),
    path("cam-ket/<int:pk>/chep-nam-truoc/", copying.last_year, name="copy"),
    path("cam-ket/<int:pk>/chep-mau/", copying.template, name="template"),
    path("cam-ket/<int:pk>/ban-chup/", annexes.scan, name="scan"),
    path("ke-hoach/", plans.list_, name="plans"),
    path("ke-hoach/lap/", planning.draft, name="plan-draft"),
    path("ke-hoach/<int:pk>/", plans.detail, name="plan"),
    path("ke-hoach/<int:pk>/nhan-ve/", plans.coverage, name="plan-coverage"),
    path("ke-hoach/<int:pk>/sua/", planning.revise, name="plan-revise"),
    path("ke-hoach/<int:pk>/ban-hanh/", planning.issue, name="plan-issue"),
    path("ke-hoach/<int:pk>/dieu-chinh/", planning.reopen, name="plan-reopen"),
    path("ke-hoach/<int:pk>/nhan-nhiem-vu/", planning.take_over, name="plan-take"),
    path("ke-hoach/<int:pk>/nhiem-vu/them/", planning.add, name="planned-add"),
    path("ke-hoach/nhiem-vu/<int:pk>/sua/", planning.edit, name="planned-edit"),
    path("ke-hoach/nhiem-vu/<int:pk>/xoa/", planning.remove, name="planned-remove"),
    path("ke-hoach/nhiem-vu/<int:pk>/ket-qua/", planning.tell, name="planned-tell"),
]
