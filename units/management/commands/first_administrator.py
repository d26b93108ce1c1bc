"""The first administrator of a unit: the account, and the one appointment nobody could sign."""

from getpass import getpass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from cchc_portal.kit.errors import MoveRefused
from units.models import Unit, User
from units.services import people


class Command(BaseCommand):
    help = "Phân công quản trị hệ thống đầu tiên của một đơn vị (tạo tài khoản nếu chưa có)."

    def add_arguments(self, parser):
        parser.add_argument("username", help="tên đăng nhập")
        parser.add_argument("--unit", required=True, metavar="CODE", help="mã đơn vị")
        parser.add_argument("--full-name", default="", help="họ và tên, cho tài khoản mới")

    def handle(self, *, username, unit, full_name, **options):
        place = Unit.objects.in_force_on(timezone.localdate()).filter(code=unit).first()
        if place is None:
            raise CommandError(f"Hiện không có đơn vị mã {unit}.")
        try:
            with transaction.atomic():
                user = User.objects.filter(username=username).first()
                people.install_administrator(user or _new(username, full_name), unit=place)
        except MoveRefused as refusal:
            raise CommandError(refusal.sentence) from None
        self.stdout.write(f"{username} là quản trị hệ thống của {place}.")


def _new(username: str, full_name: str) -> User:
    if not full_name:
        raise CommandError("Chưa có tài khoản này; đề nghị nêu --full-name để tạo.")
    user = User(username=username, full_name=full_name)
    password = getpass("Mật khẩu: ")
    try:
        validate_password(password, user)
        user.full_clean(exclude=["password"])
    except ValidationError as fault:
        raise CommandError(" ".join(fault.messages)) from None
    user.set_password(password)
    user.save()
    return user
