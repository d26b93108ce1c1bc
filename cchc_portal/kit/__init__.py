"""The foundation: what has no idea in which house it is used."""
