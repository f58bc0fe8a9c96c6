"""What customers are told: prepared, checked and bettered, posted, and said again to whoever asks when."""
