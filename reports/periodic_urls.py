"""Addresses of periodic reports: rounds, one report, its sections, its papers."""

from django.urls import path

from reports.views import periodic, periodic_papers, round_changes, rounds, section_texts

app_name = "periodic"

urlpatterns = [
    path("bao-cao/", rounds.list_, name="list"),
    path("bao-cao/dot/mo/", rounds.open_, name="open"),
    path("bao-cao/dot/<int:pk>/", rounds.page, name="round"),
    path("bao-cao/dot/<int:pk>/tong-hop/", rounds.sum_up, name="sum-up"),
    path("bao-cao/dot/<int:pk>/han-gui/", round_changes.move_due, name="due"),
    path("bao-cao/dot/<int:pk>/huy/", round_changes.cancel, name="cancel"),
    path("bao-cao/<int:pk>/", periodic.page, name="report"),
    path("bao-cao/<int:pk>/muc/<int:section>/", section_texts.section, name="section"),
    path("bao-cao/<int:pk>/gui/", periodic.send, name="send"),
    path("bao-cao/<int:pk>/tiep-nhan/", periodic.accept, name="accept"),
    path("bao-cao/<int:pk>/tra-lai/", periodic.give_back, name="return"),
    path("bao-cao/<int:pk>/bao-cao.pdf", periodic_papers.paper, name="paper"),
    path("bao-cao/<int:pk>/bao-cao.xlsx", periodic_papers.excel, name="excel"),
    path("bao-cao/<int:pk>/lan/<int:number>/bao-cao.pdf", periodic_papers.sent, name="sent-paper"),
    path("bao-cao/noi-dung/<int:pk>/luu/", section_texts.save, name="save"),
    path("bao-cao/noi-dung/<int:pk>/ban-truoc/", section_texts.versions, name="versions"),
    path("bao-cao/ban-truoc/<int:pk>/lay-lai/", section_texts.restore, name="restore"),
]
