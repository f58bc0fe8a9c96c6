"""What is watched: the clock, metrics, logs."""
