"""The playbooks that come with Zanshin."""
