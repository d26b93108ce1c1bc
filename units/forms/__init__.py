"""Shapes of input for units and people: they neither save nor decide."""
