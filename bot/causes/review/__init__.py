"""A review: a department is asked about a cause, reminded, and what came of its change is shown."""
