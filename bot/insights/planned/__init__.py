"""Reports that come by themselves: where, how often, and when next."""
