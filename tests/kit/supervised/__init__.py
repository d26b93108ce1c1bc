"""A portal under a supervisor of its own, with one slow errand, without the demo year."""
