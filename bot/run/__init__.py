"""The running server: settings, health, doctor."""
