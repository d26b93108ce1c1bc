"""Every write of the ground floor: units, people, documents."""
