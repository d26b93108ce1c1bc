"""Shapes of input of reports."""
