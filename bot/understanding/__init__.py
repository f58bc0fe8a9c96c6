"""What words mean: which situation they tell of, how heated they are, what an update says. Pure."""
