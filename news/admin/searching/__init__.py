"""What visitors miss, and what editors recommend instead."""
