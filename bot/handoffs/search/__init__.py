"""Who might take a case over, and asking them: the team as a handoff sees it, what it did so far, offers and calls."""
