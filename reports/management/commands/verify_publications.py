"""`manage.py verify_publications`: every edition again, from its frozen points to its digest."""

from django.core.management.base import BaseCommand, CommandError

from reports import seal
from reports.models import Edition


class Command(BaseCommand):
    help = (
        "Tính lại hạng, xếp loại, tỷ lệ từ điểm đã đóng băng, kiểm tra mã niêm phong, mắt xích và "
        "chi tiết từng tiêu chí của mọi bản công bố; mỗi bản một dòng, nêu điều đầu tiên sai."
    )

    def handle(self, **options) -> None:
        broken = 0
        for edition in Edition.objects.for_proof().iterator():
            fault = seal.fault_of(edition, edition.results.all()) or seal.fault_of_details(edition)
            broken += bool(fault)
            self.stdout.write(f"{_named(edition)}: {fault and f'SAI: {fault}' or 'đúng'}")
        if broken:
            raise CommandError(f"Có {broken} bản công bố không khớp.")


def _named(edition: Edition) -> str:
    return (
        f"{seal.short_code(edition)} · {edition.issuer_name} · {edition.title} · "
        f"bản công bố số {edition.number}"
    )
