"""What any chat does when somebody types, presses, submits."""
