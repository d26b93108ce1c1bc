"""A draft that begins with last year's tasks, or with those usual for its kind of unit."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from commitments.models import Commitment
from commitments.services import copying
from commitments.views.paper import address, on_commitment


@require_POST
@on_commitment
def last_year(request: HttpRequest, commitment: Commitment) -> HttpResponse:
    """What was not finished comes marked as carried over."""
    count = copying.from_last_year(commitment, by=request.user)
    messages.success(
        request, f"Đã chép {count} nhiệm vụ năm trước, đề nghị sửa chỉ tiêu và thời hạn."
    )
    return redirect(address(commitment))


@require_POST
@on_commitment
def template(request: HttpRequest, commitment: Commitment) -> HttpResponse:
    """The usual tasks, to be mended."""
    count = copying.from_template(commitment, by=request.user)
    messages.success(request, f"Đã chép {count} nhiệm vụ mẫu. Đề nghị sửa chỉ tiêu, thời hạn.")
    return redirect(address(commitment))
