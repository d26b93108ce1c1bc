"""Pages of commitments: the list, one paper with its moves, its tasks."""
