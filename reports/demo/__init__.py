"""The demo year: made up by fixed seeds, built by the services on the days it tells of."""
