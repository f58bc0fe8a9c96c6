"""Stepping out of a case, for a minute or for good."""
