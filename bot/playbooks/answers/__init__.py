"""What is answered to words typed in a hurry: what fits, sentences to say, and the safety card before all."""
