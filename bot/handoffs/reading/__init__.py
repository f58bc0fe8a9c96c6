"""Words behind /recuse: what they ask for, of whom, for which case and why."""
