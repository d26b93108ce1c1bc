"""The demo year: made up by fixed seeds, built through the services only, on the days it tells of."""
