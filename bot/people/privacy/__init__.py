"""What is kept about somebody: shown to them alone, and erased where they ask for it."""
