"""Addresses of conferences and dialogues; moves of a workflow by the word of their verb."""

from django.urls import path

from commitments.views import (
    collecting,
    conclusions,
    conference_moves,
    conferences,
    dialogue,
    escalations,
    quick,
    releases,
)

app_name = "conferences"

ONE, ITEM = "hoi-nghi/<int:pk>", "hoi-nghi/y-kien/<int:pk>"
UP, TASK = "hoi-nghi/chuyen-len/<int:pk>", "hoi-nghi/nhiem-vu/<int:pk>"

urlpatterns = [
    path("hoi-nghi/", conferences.list_, name="list"),
    path("hoi-nghi/lap/", conference_moves.plan, name="plan"),
    path(f"{ONE}/", conferences.detail, name="detail"),
    path(f"{ONE}/sua/", conference_moves.revise, name="revise"),
    path(f"{ONE}/ky-bien-ban/", conference_moves.sign_minutes, name="sign-minutes"),
    path(f"{ONE}/tai-lieu/", conference_moves.attach, name="attach"),
    path(f"{ONE}/tai-lieu/<int:paper>/", conferences.file, name="paper"),
    path(f"{ONE}/tai-lieu/<int:paper>/go/", conference_moves.detach, name="detach"),
    path(f"{ONE}/buoc/<slug:word>/", conference_moves.move, name="move"),
    path(f"{ONE}/nhap-nhanh/", quick.quick, name="quick"),
    path(f"{ONE}/nhap-nhanh/vua-ghi/", quick.last, name="quick-last"),
    path(f"{ONE}/nhap-nhanh/<uuid:key>/", quick.enter, name="enter"),
    path(f"{ITEM}/", dialogue.story, name="item"),
    path(f"{ITEM}/sua/", dialogue.edit, name="item-edit"),
    path(f"{ITEM}/tach/", dialogue.split, name="item-split"),
    path(f"{ITEM}/thanh-cam-ket/", dialogue.promise, name="item-promise"),
    path(f"{ITEM}/buoc/<slug:word>/", dialogue.move, name="item-move"),
    path("hoi-nghi/chuyen-len/", escalations.list_, name="escalations"),
    path(f"{UP}/", escalations.detail, name="escalation"),
    path(f"{UP}/buoc/<slug:word>/", escalations.move, name="escalation-move"),
    path(f"{ONE}/ket-luan/", conclusions.add, name="task-add"),
    path(f"{TASK}/", conclusions.story, name="task"),
    path(f"{TASK}/sua/", conclusions.edit, name="task-edit"),
    path(f"{TASK}/thanh-cam-ket/", conclusions.promise, name="task-promise"),
    path(f"{TASK}/minh-chung/<int:paper>/", conclusions.proof, name="task-proof"),
    path(f"{TASK}/buoc/<slug:word>/", conclusions.move, name="task-move"),
    path(f"{ONE}/gui-truoc/", collecting.collect, name="collect"),
    path(f"{ONE}/gui-truoc/ngung/", collecting.stop, name="stop-collecting"),
    path("gop-y/<slug:key>/", collecting.send, name="send"),
    path("gop-y/<slug:key>/da-gui/", collecting.sent, name="sent"),
    path(f"{ONE}/cong-khai/", releases.release, name="release"),
    path(f"{ONE}/cong-khai/go/", releases.take_down, name="take-down"),
]
