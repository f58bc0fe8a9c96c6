"""What whoever runs the server looks at and mends: messages, handoffs, incidents, and the day to come."""
