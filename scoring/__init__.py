"""The first floor: periods, criteria, dossiers, scores and standings."""
