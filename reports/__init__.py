"""The second floor: what is shown, published and printed."""
