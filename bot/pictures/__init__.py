"""Pictures: what they show, as values, and how it is drawn."""
