"""What must be false nowhere: run by `make test`."""
