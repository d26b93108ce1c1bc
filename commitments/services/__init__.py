"""Every write of commitments: the paper itself, and the tasks in it."""
