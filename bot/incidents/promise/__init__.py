"""The promise of the next update: made, watched, pressed or rested, and minded where nobody was reached."""
