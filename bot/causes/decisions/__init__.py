"""What is decided and computed about causes, from facts alone: pure."""
