"""Times as people type them: words, lengths, times of day, days, and which moment is meant."""
