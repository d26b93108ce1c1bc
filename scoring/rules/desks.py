"""At which unit a row is verified."""


def desk_for(owner: int | None, *, unit: int, assessor: int) -> int:
    """Key of the unit that verifies a row of `unit`: the owner of its criterion, if there is one,
    else the assessor. Nobody verifies themselves: what the owner says of itself is the assessor's.
    """
    return assessor if owner is None or owner == unit else owner
