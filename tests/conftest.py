"""What every test may ask for. The machinery is in tests/fixtures, one file for each noun."""

pytest_plugins = [
    "tests.fixtures.engines",
    "tests.fixtures.database",
    "tests.fixtures.queries",
    "tests.fixtures.templates",
    "tests.fixtures.worker",
    "tests.fixtures.store",
    "tests.fixtures.browser",
    "tests.fixtures.properties",
    "tests.fixtures.names",
]
