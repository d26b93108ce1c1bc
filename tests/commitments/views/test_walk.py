"""A year through the pages: drafted, signed, declined, signed again, reported, closed."""

from django.urls import reverse

from commitments.models import Commitment
from commitments.rules.workflow import CommitmentState, TaskOutcome
from tests.commitments.situations import fresh
from tests.factories import PASSWORD

TASK = {
    "area": "apparatus",
    "title": "Gộp các cuộc kiểm tra",
    "product": "Kế hoạch kiểm tra chung",
    "measure": "số ngày kiểm tra giảm so với năm trước",
    "measure_unit": "ngày",
    "baseline": "",
    "target": "25",
    "due_on": "2026-12-15",
    "due_text": "",
    "lead": "Đội 2",
    "partners": "Đội 3",
}


def page_of(client, commitment):
    return client.get(reverse("commitments:detail", args=[commitment.pk]))


def send(client, name, pk, data):
    """Posts what the page itself would post, and follows to the page it leads to."""
    answer = client.post(reverse(f"commitments:{name}", args=[pk]), data, follow=True)
    assert answer.status_code == 200, answer.context["form"].errors
    return answer


def seen_on(client, name, pk):
    """The hidden version that the form of this page carries."""
    return client.get(reverse(f"commitments:{name}", args=[pk])).context["form"]["seen"].value()


def test_a_commitment_walks_from_the_first_line_to_the_end_of_the_year(client, who):
    # the editor opens it and writes two tasks
    client.force_login(who.editor)
    opened = client.post(
        reverse("commitments:draft"),
        {"unit": who.unit.pk, "year": 2026, "title": "Bản cam kết năm 2026", "place": "Vinh"},
    )
    commitment = Commitment.objects.get()
    assert opened.url == reverse("commitments:detail", args=[commitment.pk])
    send(client, "task-add", commitment.pk, TASK)
    send(client, "task-add", commitment.pk, TASK | {"title": "Tập huấn", "target": ""})
    first, second = commitment.tasks.all()

    # puts them in order, mends one, and cannot sign
    send(client, "task-shift", second.pk, {"seen": 2, "to": 1})
    edited = TASK | {"target": "25,5", "seen": seen_on(client, "task-edit", first.pk)}
    page = send(client, "task-edit", first.pk, edited)
    assert "25,5 ngày" in page.content.decode()
    assert reverse("commitments:sign", args=[commitment.pk]) not in page.content.decode()

    # the head reads it and signs
    client.force_login(who.head)
    signature = {"seen": seen_on(client, "sign", commitment.pk), "password": PASSWORD}
    page = send(client, "sign", commitment.pk, signature)
    assert "Nội dung đúng như khi ký" in page.content.decode()

    # the receiving head returns it with a reason that the unit can read
    client.force_login(who.receiving_head)
    send(client, "decline", commitment.pk, {"comment": "Chưa rõ sản phẩm tập huấn."})
    client.force_login(who.head)
    assert "Chưa rõ sản phẩm tập huấn." in page_of(client, commitment).content.decode()

    # one task is taken out, the rest is signed by both
    send(client, "task-remove", second.pk, {"seen": seen_on(client, "task-remove", second.pk)})
    signature["seen"] = seen_on(client, "sign", commitment.pk)
    send(client, "sign", commitment.pk, signature)
    client.force_login(who.receiving_head)
    counter = {"seen": seen_on(client, "countersign", commitment.pk), "password": PASSWORD}
    send(client, "countersign", commitment.pk, counter)
    assert fresh(commitment).state == CommitmentState.IN_FORCE

    # the editor reports, the receiving head ends the year
    client.force_login(who.editor)
    report = {
        "seen": seen_on(client, "task-report", first.pk),
        "outcome": TaskOutcome.DONE,
        "reached": "28",
        "done_on": "2024-06-01",
        "result": "Đã giảm 28 ngày.",
    }
    page = send(client, "task-report", first.pk, report)
    assert "28 ngày" in page.content.decode()
    client.force_login(who.receiving_head)
    page = send(client, "close", commitment.pk, {"comment": "Hoàn thành tốt."})

    assert "Đã kết thúc" in page.content.decode()
    assert "Nội dung đúng như khi ký" in page.content.decode()
    assert page.context["moves"] == []
