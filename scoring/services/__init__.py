"""Every write of scoring, one module a noun; and the standings, which write nothing."""
