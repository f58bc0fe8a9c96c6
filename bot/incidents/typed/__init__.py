"""How commands about incidents are typed."""
