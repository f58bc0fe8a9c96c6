"""What is decided after an incident or a heated case, without rows."""
