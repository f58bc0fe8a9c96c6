"""Zanshin's core: playbooks, handoffs and incidents. It knows no platform."""
