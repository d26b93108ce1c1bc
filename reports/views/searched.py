"""Words that a reader typed to search for."""

LONGEST_SEARCH = 100


def tidied(typed: str) -> str:
    """What is searched for, single-spaced; PostgreSQL takes no NUL."""
    return " ".join(typed.replace("\0", " ")[:LONGEST_SEARCH].split())
