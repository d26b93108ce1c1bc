"""Addresses of remarks of citizens: those who handle them, and everybody who brings one forward."""

from django.urls import path

from commitments.views import voice_moves, voice_public, voices

app_name = "voices"

ONE = "phan-anh/<int:pk>"

urlpatterns = [
    path("phan-anh/", voices.list_, name="list"),
    path("phan-anh/theo-don-vi/", voices.by_unit, name="by-unit"),
    path("phan-anh/so-theo-doi.xlsx", voices.register, name="register-file"),
    path("phan-anh/tiep-nhan/", voice_moves.receive, name="receive"),
    path("phan-anh/ghi-nhan-khieu-nai-to-cao/", voice_moves.register, name="register"),
    path(f"{ONE}/", voices.detail, name="detail"),
    path(f"{ONE}/nguoi-phan-anh/", voices.person, name="person"),
    path(f"{ONE}/nguoi-phan-anh/xoa/", voice_moves.forget, name="forget"),
    path(f"{ONE}/buoc/<slug:word>/", voice_moves.move, name="move"),
    path("gui-phan-anh/", voice_public.choose, name="choose"),
    path("gui-phan-anh/<int:pk>/", voice_public.send, name="send"),
    path("tra-cuu-phan-anh/", voice_public.follow, name="follow"),
]
