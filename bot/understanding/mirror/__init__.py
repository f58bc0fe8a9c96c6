"""A clause that was typed of a customer, said back to the customer. Pure."""
