"""Draws some parts of a run of result sheets, or joins them, as a worker does, and tells what that
took: `bench_sheets.py` runs it."""

import json
import resource
import sys
import time

import django

if __name__ == "__main__":
    django.setup()

    from reports.models import PressRun
    from reports.tasks import join_parts, render_part

    # What is sent off is not: whoever measures says who does what.
    render_part.delay = join_parts.delay = lambda *keys: None
    what, run, *positions = sys.argv[1:]
    spent, begun = time.process_time(), time.perf_counter()
    if what == "parts":
        keys = PressRun.objects.get(pk=run).parts.filter(position__in=positions)
        for key in keys.values_list("pk", flat=True):
            render_part(key)
    else:
        join_parts(int(run))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    took = (time.process_time() - spent, time.perf_counter() - begun, peak)
    print(json.dumps(took))
