"""What charts show, on pages and on paper: out of figures that were read before."""
