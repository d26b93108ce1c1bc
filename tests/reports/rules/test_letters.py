"""What a letter says, and when it is tried again."""

from datetime import UTC, date, datetime, timedelta

from reports.rules.desk import Duty, shelves
from reports.rules.letters import BACK_OFF, LONGEST_SUBJECT, digest_of, next_try, subject_of

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)


def test_a_letter_is_tried_later_each_time_and_then_no_more():
    waits = [next_try(failed, NOW) - NOW for failed in range(1, len(BACK_OFF) + 1)]

    assert waits == sorted(set(waits))
    assert next_try(len(BACK_OFF) + 1, NOW) is None


def test_a_digest_tells_what_where_and_until_when_and_nothing_that_was_written():
    today = date(2026, 3, 2)
    duty = Duty(
        icon="pen",
        title="Tự đánh giá",
        detail="Phòng 1 · bị trả lại: “thiếu số”",
        address="/ho-so/1/",
        action="Sửa",
        due=today - timedelta(days=1),
        place="Phòng 1",
    )

    told = digest_of(shelves([duty], today), today)

    ((title, (line,)),) = told.parts
    assert title == "Quá hạn"
    assert (line.what, line.where, line.due) == ("Tự đánh giá", "Phòng 1", "hạn 01/03/2026")
    assert "thiếu số" not in str(told)
    assert told.subject == "[Cổng CCHC] 1 việc chờ, 1 việc quá hạn – ngày 02/03/2026"


def test_a_subject_is_one_line_that_fits():
    assert "\n" not in subject_of("hai\ndòng")
    assert len(subject_of("dài " * 100)) <= LONGEST_SUBJECT
