"""A case changes hands, and what becomes of it: taken, noted, promised a call, done, handed on, or left behind."""
