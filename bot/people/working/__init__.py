"""When somebody works: weekly hours, breaks, and being back."""
