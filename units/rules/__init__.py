"""How the life of a unit is cut into stretches, and what a file of units must satisfy. Pure."""
