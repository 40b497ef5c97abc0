"""Which writes change what the public sees, and the token that they replace: by it whoever keeps answers knows how old they are."""
