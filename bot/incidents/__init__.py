"""Keeping the promise of the next update."""
