"""What people read of playbooks, filed by what they are doing."""
