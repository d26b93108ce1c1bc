"""The first floor: pledges, tasks, dialogues and inspections."""
