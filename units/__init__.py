"""The ground floor: units, people, roles and their file cabinet."""
