"""Arithmetic, ranking, calendar, tables of states and moves. No database, no settings, no clock."""
