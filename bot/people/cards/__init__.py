"""What people read about who is here, filed by who reads it."""
