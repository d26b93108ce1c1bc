"""Addresses of commitments: one for each verb."""

from django.urls import path

from commitments.views import moves, paper, tasks

app_name = "commitments"

urlpatterns = [
    path("cam-ket/", paper.list_, name="list"),
    path("cam-ket/lap/", moves.draft, name="draft"),
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
    path("cam-ket/nhiem-vu/<int:pk>/bao-cao/", tasks.report, name="task-report"),
]
