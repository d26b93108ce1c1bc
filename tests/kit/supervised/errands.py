"""An errand that takes its time: it says when it begins and when it is done."""

import time
from pathlib import Path

from celery import shared_task


@shared_task
def take_time(folder: str, seconds: float) -> None:
    Path(folder, "begun").touch()
    time.sleep(seconds)
    Path(folder, "done").touch()
