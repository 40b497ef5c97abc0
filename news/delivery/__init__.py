"""Ready bytes and what they stand on: which writes change what the public sees, and the token that they replace."""
