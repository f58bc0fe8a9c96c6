"""The page of a report: one plain file, with everything in it."""
