"""A page about one dossier as somebody reads it, and a dossier that was sent back."""

from django.urls import reverse

from scoring.services import dossiers

REASON = "Đề nghị bổ sung tài liệu kiểm chứng."


def address(name: str, work) -> str:
    return reverse(f"scoring:{name}", args=[work.dossier.pk])


def shown(client, name: str, work, user, query: str = "") -> str:
    client.force_login(user)
    answer = client.get(address(name, work) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def returned(work, *codes: str):
    remarks = {work.score(code).pk: f"Bổ sung {code}." for code in codes}
    dossiers.send_back(work.dossier, by=work.verifier, comment=REASON, remarks=remarks)
    return work
