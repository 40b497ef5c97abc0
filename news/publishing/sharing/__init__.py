"""Secret links to drafts: making, withdrawing, remarks, mail."""
