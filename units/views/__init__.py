"""Pages of units and people: find in scope, form, service, render."""
