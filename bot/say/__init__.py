"""What we say, independent of any platform."""
