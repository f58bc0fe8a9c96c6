"""Which playbooks an organisation has: ours in its language, its server's folder, its own."""
