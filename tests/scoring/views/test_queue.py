"""Which lines of a long queue are drawn."""

import pytest

from scoring.views.queue import DRAWN, Line, Queue


@pytest.mark.parametrize("number", [0, 1, DRAWN - 1, DRAWN, DRAWN + 1, 300])
def test_every_line_is_drawn_when_it_is_open_and_its_neighbours_lead_on(number):
    queue = Queue([Line(None, None, None) for _ in range(number)])

    for line in queue.lines or [None]:
        drawn = queue.around(line)
        assert drawn.before + len(drawn.lines) + drawn.behind == number
        assert line is None or line in drawn.lines
        assert len(drawn.lines) == min(number, DRAWN)
        assert drawn.one_before is (queue.lines[drawn.before - 1] if drawn.before else None)
        last = number - drawn.behind
        assert drawn.one_behind is (queue.lines[last] if drawn.behind else None)
