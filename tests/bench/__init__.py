"""What must stay fast, measured on real engines. `make bench`; a figure past its limit fails."""
