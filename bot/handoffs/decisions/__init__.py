"""What is decided about handoffs and holds, from facts alone: pure."""
