"""What the log is not to say."""

import logging


def test_a_line_of_the_log_names_the_refused_page_but_never_the_code_of_a_slip():
    console = next(one for one in logging.getLogger().handlers if one.name == "console")
    said = []
    for path in ("/danh-gia/SY77-JBES-CGEZ/", "/danh-gia/cam-on/", "/phan-anh/12/"):
        args = ("Unprocessable Entity", path)
        record = logging.makeLogRecord({"msg": "%s: %s", "args": args, "name": "django.request"})
        kept = console.filter(record)
        assert kept
        said.append(console.format(record))

    assert "CGEZ" not in "".join(said)
    for line, path in zip(
        said, ("/danh-gia/…/", "/danh-gia/cam-on/", "/phan-anh/12/"), strict=True
    ):
        assert line.endswith(f"Unprocessable Entity: {path}")
