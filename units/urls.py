"""Addresses of units and people."""

from django.urls import path

from units.views import people, tree, units

app_name = "units"

urlpatterns = [
    path("don-vi/", tree.tree, name="tree"),
    path("don-vi/tim-kiem/", tree.search, name="search"),
    path("don-vi/chon/", tree.offer, {"several": False}, name="offer-one"),
    path("don-vi/chon-nhieu/", tree.offer, {"several": True}, name="offer-several"),
    path("don-vi/<int:pk>/", units.unit, name="unit"),
    path("don-vi/<int:pk>/truc-thuoc/", tree.branch, name="branch"),
    path("don-vi/<int:pk>/thanh-lap/", units.found, name="found"),
    path("don-vi/<int:pk>/doi-ten/", units.rename, name="rename"),
    path("don-vi/<int:pk>/chuyen-cap-tren/", units.move, name="move"),
    path("don-vi/<int:pk>/chuc-nang/", units.change_function, name="change-function"),
    path("don-vi/<int:pk>/ket-thuc/", units.close, name="close"),
    path("don-vi/<int:pk>/sap-nhap/", units.merge, name="merge"),
    path("don-vi/<int:pk>/nhan-su/", people.at_unit, name="people"),
    path("don-vi/<int:pk>/nhan-su/phan-cong/", people.appoint, name="appoint"),
    path("don-vi/<int:pk>/nhan-su/tao-tai-khoan/", people.create_account, name="account"),
    path("nhan-su/", people.everyone, name="people-list"),
    path("nhan-su/vai-tro/<int:pk>/thoi-phan-cong/", people.dismiss, name="dismiss"),
]
