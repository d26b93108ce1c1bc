"""Marks of State secrecy are found, and words that only sound like them raise no alarm."""

import unicodedata

import pytest

from units.rules.secrecy import mark_in, mark_in_name


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("MẬT", "MẬT"),
        ("  MẬT  \nBÁO CÁO", "MẬT"),
        ("BỘ CÔNG AN\nTỐI MẬT\nSố: 12/BC", "TỐI MẬT"),
        ("TUYỆT  MẬT", "TUYỆT MẬT"),
        ("Số: 12/BC-CAT   MẬT", "MẬT"),
        ("M Ậ T", "MẬT"),
        ("T Ố I  M Ậ T".replace("T Ố I", "TỐI"), "TỐI MẬT"),
        ("Độ mật: Tối mật", "TỐI MẬT"),
        ("TÀI LIỆU MẬT, KHÔNG PHỔ BIẾN", "MẬT"),
        ("QUY CHẾ BẢO\nMẬT", "MẬT"),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_mark_is_found_however_its_letters_are_composed(text, mark, form):
    assert mark_in(unicodedata.normalize(form, text)) == mark


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Bảo mật thông tin, mật khẩu, bí mật nhà nước",
        "QUY CHẾ BẢO MẬT THÔNG TIN",
        "QUY ĐỊNH VỀ BẢO\nMẬT THÔNG TIN",
        "BẢO VỆ BÍ MẬT NHÀ NƯỚC",
        "MẬT KHẨU, MẬT MÃ, MẬT ĐỘ DÂN SỐ",
        "ĐỘ MẬT: không",
        "NGUYỄN VĂN MẬT",
        "mật ong rừng, người thân mật",
        "MẶT TRẬN TỔ QUỐC, MẤT, MẮT, MAT",
        "FORMAT, TỐI ƯU",
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_words_that_only_sound_like_a_mark_raise_no_alarm(text, form):
    assert mark_in(unicodedata.normalize(form, text)) == ""


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("BC_MẬT.pdf", "MẬT"),
        ("[MẬT] kế hoạch.docx", "MẬT"),
        ("kế hoạch tối mật.docx", "TỐI MẬT"),
        ("Tuyệt-mật-2026.pdf", "TUYỆT MẬT"),
        ("KH TUYET MAT.pdf", "TUYỆT MẬT"),
        ("TOI_MAT.pdf", "TỐI MẬT"),
        ("mật khẩu wifi.docx", ""),
        ("QUY_CHE_BẢO_MẬT.pdf", ""),
        ("toi mat giay to.pdf", ""),
        ("báo cáo mật độ.xlsx", ""),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_mark_in_a_name_is_found_and_nothing_else(name, mark, form):
    assert mark_in_name(unicodedata.normalize(form, name)) == mark
