"""Shapes of input: the heading, a task, a report, a signature. They neither save nor decide."""
