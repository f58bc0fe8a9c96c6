"""What is decided about incidents, from facts alone: pure."""
