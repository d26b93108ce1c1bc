"""A fragment is an answer of its own."""

from django.test import RequestFactory

from cchc_portal.kit.htmx import fragment


def test_a_fragment_carries_its_status_and_is_not_stored():
    answer = fragment(
        RequestFactory().post("/"),
        "shared/_row_state.html",
        {"state": "refused", "detail": "Tử số lớn hơn mẫu số.", "version": 3},
        status=422,
    )

    assert answer.status_code == 422
    assert answer.headers["Cache-Control"] == "no-store"
    text = answer.content.decode()
    assert "Không nhận" in text
    assert "Tử số lớn hơn mẫu số." in text
    assert 'name="version" value="3"' in text
    assert "<html" not in text
