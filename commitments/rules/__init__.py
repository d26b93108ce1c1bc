"""What may happen to a commitment, what its words say, how far a task has come. Pure."""
