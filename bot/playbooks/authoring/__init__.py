"""Playbooks, sentences and rules of a team's own: written, read by a second one, published, kept as files."""
